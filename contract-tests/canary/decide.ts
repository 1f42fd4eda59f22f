/**
 * From evidence to a decision: what rolls back, what must hold before a promotion, and what is said when neither comes.
 * Only attributed answers are in the evidence, so nothing that is unknown can decide. Pure.
 */
import type { Trial } from './breaks.ts';
import type { Decision, Inconclusive, InconclusiveReason, Outlook, RollBack } from './decision.ts';
import type { Evidence } from './evidence.ts';
import { answersUntilAlike } from './outlook.ts';
import { sendsNeeded } from './sends-needed.ts';
import { mainSuspect } from './suspects.ts';
import type { Rate } from './two-rates.ts';

/** Undefined as long as there is not enough for any. */
export function decide(evidence: Evidence): Decision | undefined {
  return (
    brokenEachTime(evidence) ??
    otherShare(evidence) ??
    failsMore(evidence) ??
    slower(evidence) ??
    promoted(evidence)
  );
}

function brokenEachTime({ breaks }: Evidence): RollBack | undefined {
  const trial = breaks.trials().find(({ state }) => state === 'break');
  if (trial === undefined) return undefined;
  const { clause, failed, clean, suspects } = trial;
  const main = suspects === undefined ? undefined : mainSuspect(suspects);
  if (main !== undefined) {
    return {
      kind: 'rollback',
      because: 'break',
      reason: `${main.operation} is to blame: the sequence ${clause.case} breaks ${clause.check} at ${clause.operation} in ${failed.canary} of ${failed.canary} runs where the canary answered it, and in none of ${clean.baseline} where only the baseline did.`,
      operations: [main.operation],
      trial,
    };
  }
  return {
    kind: 'rollback',
    because: 'break',
    reason: `${clause.operation} breaks ${clause.check} on the canary: once, and again in ${failed.canary} of ${failed.canary} repeats, while ${clean.baseline} of ${clean.baseline} on the baseline are clean.`,
    operations: [clause.operation],
    trial,
  };
}

/** With another share than the stage is set to, the other rules would bet at wrong odds. */
function otherShare(evidence: Evidence): Inconclusive | undefined {
  const { settings, bySide, share } = evidence;
  if (evidence.logOtherShare() < -Math.log(settings.alpha.share)) return undefined;
  const all = bySide.baseline + bySide.canary;
  return {
    kind: 'inconclusive',
    because: 'share',
    reason: `The canary gave ${bySide.canary} of ${all} answers, which does not fit the ${percent(share)} of the traffic that it is to get.${bySide.unknown > 0 ? ` ${bySide.unknown} more answers do not say which side gave them.` : ''}`,
  };
}

function failsMore(evidence: Evidence): RollBack | undefined {
  const { settings, rates, operations } = evidence;
  const { alpha } = settings;
  const log = rates.logWorse();
  if (log - doubt(evidence) < -Math.log(alpha.rates) || !seenWorse(evidence)) return undefined;
  const blamed = rates.blamed(alpha.rates);
  const worst = operations.toSorted((a, b) => rates.logWorseAt(b) - rates.logWorseAt(a))[0];
  const where =
    blamed.length > 0
      ? ` Worse by themselves: ${blamed.join(', ')}.`
      : worst === undefined
        ? ''
        : ` No operation shows it alone; most of it comes from ${worst}.`;
  return {
    kind: 'rollback',
    because: 'failure-rate',
    reason: `The canary fails in ${share(rates.total('canary'))}, the baseline in ${share(rates.total('baseline'))}; E = ${eValue(log)}, and ${eValue(-Math.log(alpha.rates))} is enough.${where}`,
    operations: blamed,
  };
}

/**
 * A canary that gets less than it should makes the baseline's clean answers look like evidence too. What a wrong share
 * would explain is taken off, which can only keep a rule from deciding.
 */
function doubt(evidence: Evidence): number {
  return Math.max(0, evidence.logOtherShare());
}

/** Nobody is told that the canary fails more often who cannot see it in the counts, overall or at one operation. */
function seenWorse({ rates, operations }: Evidence): boolean {
  return (
    isHigher(rates.total('canary'), rates.total('baseline')) ||
    operations.some(one => isHigher(rates.at(one, 'canary'), rates.at(one, 'baseline')))
  );
}

function isHigher(one: Rate, other: Rate): boolean {
  return one.failed * other.answers > other.failed * one.answers;
}

function slower(evidence: Evidence): RollBack | undefined {
  const { settings, latency, budget } = evidence;
  const { alpha, latency: options } = settings;
  if (latency === undefined || options === undefined) return undefined;
  const needed = -Math.log(budget === undefined ? alpha.latency : alpha.latency / 2);
  const log = latency.logSlower();
  if (log - doubt(evidence) >= needed) {
    return {
      kind: 'rollback',
      because: 'latency',
      reason: `The canary takes ${latency.ratio()?.toFixed(2) ?? '?'} times as long as the baseline in the median over cases, and ${percent(options.tolerance)} more is tolerated; E = ${eValue(log)}, and ${eValue(needed)} is enough.`,
      operations: [],
    };
  }
  if (budget === undefined || options.budget === undefined || budget.logExceeded('canary') < needed)
    return undefined;
  if (budget.logExceeded('baseline') >= needed) return undefined;
  return {
    kind: 'rollback',
    because: 'latency-budget',
    reason: `${share(budget.over('canary'))} of the canary took longer than ${options.budget.limitMs} ms, and ${percent(options.budget.share)} may; of the baseline ${share(budget.over('baseline'))} did.`,
    operations: [],
  };
}

function promoted(evidence: Evidence): Decision | undefined {
  const { settings, rates } = evidence;
  // Asked after each answer, so the question that says no for longest comes before those that cost more.
  if (rates.logAlike() < -Math.log(settings.alpha.promote) || lacksOf(evidence).length > 0) return undefined;
  const bound = rates.upperBound(settings.alpha.promote);
  return {
    kind: 'promote',
    reason: `The canary fails at most ${percent(bound)} more often than the baseline (${percent(settings.margin)} is allowed), and every operation has its answers from both sides.`,
  };
}

/** A sentence for each thing that a promotion still waits for. */
export function lacksOf(evidence: Evidence): readonly string[] {
  const { settings, rates, breaks, bySide } = evidence;
  const lacks: string[] = [];
  if (rates.logAlike() < -Math.log(settings.alpha.promote))
    lacks.push(
      `The canary may still fail ${percent(rates.upperBound(settings.alpha.promote))} more often than the baseline; ${percent(settings.margin)} is allowed.`,
    );
  lacks.push(...lacksAnswers(evidence));
  if (evidence.sequences.sent < evidence.sequences.wanted)
    lacks.push(`Sequences were sent ${evidence.sequences.sent} times, of ${evidence.sequences.wanted}.`);
  lacks.push(...suspicionsOf(evidence));
  const unsettled = breaks.trials().filter(isUnsettled);
  const [one] = unsettled;
  if (one !== undefined)
    lacks.push(
      `${one.clause.operation} breaks ${one.clause.check}, and it is not clear yet on which side.${unsettled.length > 1 ? ` So do ${unsettled.length - 1} more.` : ''}`,
    );
  const open = breaks.trials().filter(({ state }) => state === 'open').length;
  if (open > 0) lacks.push(`${open} ${open === 1 ? 'break is' : 'breaks are'} still being repeated.`);
  if (isUnattributed(evidence))
    lacks.push(
      `${bySide.unknown} of ${bySide.baseline + bySide.canary + bySide.unknown} answers do not say which side gave them; ${percent(settings.unknownLimit)} may.`,
    );
  return lacks;
}

/** What was repeated and speaks against the canary, but not enough. */
function isUnsettled({ state, logEvidence }: Trial): boolean {
  return state === 'unsettled' && logEvidence > 0;
}

/** Evidence against the canary beyond which nobody promotes: one in ten, were it looked for at one operation once. */
const SUSPICIOUS = Math.log(10);

function suspicionsOf({ operations, rates, settings }: Evidence): readonly string[] {
  const suspicious = operations.filter(one => rates.logWorseAt(one) >= SUSPICIOUS);
  const overall = rates.logWorse() >= -Math.log(settings.alpha.rates) / 2 ? ['all operations together'] : [];
  return [...overall, ...suspicious].map(
    one => `${one}: there is too much evidence that the canary fails more often, and too little to be sure.`,
  );
}

function isUnattributed({ bySide, settings }: Evidence): boolean {
  return bySide.unknown > settings.unknownLimit * (bySide.baseline + bySide.canary + bySide.unknown);
}

function lacksAnswers(evidence: Evidence): readonly string[] {
  const { settings, operations, coverage, latency } = evidence;
  const lacks: string[] = [];
  const few = operations.filter(one => shortOf(evidence, one) > 0);
  const [first] = few;
  if (first !== undefined) {
    const others =
      few.length > 1
        ? ` ${few.length - 1} more ${few.length > 2 ? 'operations lack' : 'operation lacks'} some too.`
        : '';
    lacks.push(
      `${first} needs ${settings.minimumAnswers} judged answers of each side, and has ${coverage.judged(first, 'canary')} of the canary and ${coverage.judged(first, 'baseline')} of the baseline.${others}`,
    );
  }
  const unseen = settings.everyCase
    ? operations.reduce((sum, one) => sum + coverage.missing(one, 'canary').length, 0)
    : 0;
  if (unseen > 0)
    lacks.push(`${unseen} ${unseen === 1 ? 'case has' : 'cases have'} not been answered by the canary yet.`);
  const least = settings.latency?.minimumAnswers ?? 0;
  const compared = latency?.compared('canary') ?? least;
  if (compared < least) lacks.push(`${compared} answers of the canary were compared in time, of ${least}.`);
  return lacks;
}

/** Judged answers of either side that an operation lacks. */
function shortOf({ settings, coverage }: Evidence, operation: string): number {
  const least = Math.min(coverage.judged(operation, 'canary'), coverage.judged(operation, 'baseline'));
  return Math.max(0, settings.minimumAnswers - least);
}

/** More of the same would help against these only. */
const WOULD_HELP: ReadonlySet<InconclusiveReason> = new Set([
  'time',
  'requests',
  'interrupted',
  'unreachable',
]);

const STOPPED: Readonly<Record<InconclusiveReason, string>> = {
  time: 'The time was over before there was enough evidence.',
  requests: 'All requests that may be sent were sent before there was enough evidence.',
  'no-canary': 'The stage sends no traffic to a canary.',
  'no-baseline': 'The stage sends all of its traffic to the canary, so there is nothing to compare it with.',
  share: 'The sides do not get what the stage is set to.',
  attribution:
    'Too few answers say which side gave them: deploy with attribution, or give the stage an access log.',
  unreachable: 'The stage no longer answers.',
  credentials: 'The stage refuses credentials that it took before.',
  'stage-changed': 'Somebody changed the stage meanwhile.',
  interrupted: 'Interrupted before there was enough evidence.',
  'nothing-to-send': 'There is no case to send.',
};

/** What is said when nothing more will come and nothing was decided. */
export function finalDecision(
  evidence: Evidence,
  stopped: InconclusiveReason,
  requestsPerMinute?: number,
): Inconclusive {
  const because =
    (stopped === 'time' || stopped === 'requests') && isUnattributed(evidence) ? 'attribution' : stopped;
  const reason = STOPPED[because];
  if (!WOULD_HELP.has(because)) return { kind: 'inconclusive', because, reason };
  return { kind: 'inconclusive', because, reason, takes: outlookOf(evidence, requestsPerMinute) };
}

export function outlookOf(evidence: Evidence, requestsPerMinute?: number): Outlook {
  const { settings, rates, share: toCanary, operations, coverage, latency } = evidence;
  const lacks = lacksOf(evidence);
  const until = answersUntilAlike(rates.strata(), {
    share: toCanary,
    margin: settings.margin,
    alpha: settings.alpha.promote,
  });
  if (until === undefined) return { lacks, canaryAnswers: undefined, requests: undefined };
  const each = operations.map(one => shortOf(evidence, one));
  const short = each.reduce((sum, one) => sum + one, 0);
  const unseen = settings.everyCase
    ? operations.reduce((sum, one) => sum + coverage.missing(one, 'canary').length, 0)
    : 0;
  const times = Math.max(0, (settings.latency?.minimumAnswers ?? 0) - (latency?.compared('canary') ?? 0));
  const canaryAnswers = Math.max(until, short, unseen, times);
  const requests = canaryAnswers === 0 ? 0 : sendsNeeded(toCanary, canaryAnswers, { miss: 0.5 });
  const minutes =
    requestsPerMinute === undefined || requestsPerMinute <= 0
      ? {}
      : { minutes: requests / requestsPerMinute };
  return { lacks, canaryAnswers, requests, ...minutes };
}

function share({ answers, failed }: { readonly answers: number; readonly failed: number }): string {
  return `${failed} of ${answers} answers`;
}

/** `1 %`, `0.35 %`. */
export function percent(part: number): string {
  return `${Number((part * 100).toFixed(2))} %`;
}

/** An e-value as people read it: `28.6`, `1.2e+9`. */
export function eValue(log: number): string {
  const value = Math.exp(Math.min(log, 700));
  return value < 10_000 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}
