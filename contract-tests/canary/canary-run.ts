/**
 * One check of a canary while it goes on: rounds of cases, repeats of what the canary breaks, traffic of others, until
 * there is a decision or a reason to stop. Every answer is handed to the judge by itself, and the judge is asked after it.
 */
import type { CasePlanOptions } from '../../contract/plan/cases/options.ts';
import type { CleanUpSummary } from '../events.ts';
import { pause } from '../pace.ts';
import { newSequencePlans } from '../run.ts';
import type { CaseSender } from '../send-case.ts';
import { leftBehindLines } from '../summary-text.ts';
import type { KnownSide } from './answer.ts';
import type { Clause, Trial } from './breaks.ts';
import type { CanaryCheck, CanaryEvent } from './canary-events.ts';
import { newCanaryFindings } from './canary-findings.ts';
import { newCanaryJudge } from './canary-judge.ts';
import { answerOf } from './case-answer.ts';
import { newCaseRounds, type PlannedCase } from './case-rounds.ts';
import type { CheckCanaryOptions } from './check-options.ts';
import { outlookOf } from './decide.ts';
import type { Decision, InconclusiveReason } from './decision.ts';
import { neededOf, newCurve } from './evidence-curve.ts';
import { otherwise } from './otherwise.ts';
import { plannedCases } from './planned-cases.ts';
import { type AttributedOutcome, newAttributedSender } from './send-attributed.ts';
import { repeatsNeeded, sendsNeeded } from './sends-needed.ts';
import { newSequenceRounds, type SequenceSent } from './sequence-rounds.ts';
import type { RunStep } from './suspects.ts';
import { trafficAnswer } from './traffic.ts';

export interface CanaryRun {
  /** @returns why it stopped without a decision; undefined when there is one */
  readonly untilDecided: () => Promise<InconclusiveReason | undefined>;
  readonly cleaned: (summary: CleanUpSummary | undefined) => void;
  readonly finished: (stopped: InconclusiveReason | undefined) => CanaryCheck;
}

const MOST_REQUESTS = 50_000;
const LONGEST_MS = 600_000;
/** Between two looks at the stage and, where no case is sent, at the traffic. */
const LOOK_EVERY_MS = 5000;
/** Rounds' answers without any in a row, for each request under way, after which there is no stage. */
const SILENT = 3;
/** Refusals of credentials in a row, for each request under way, after which they have expired. */
const REFUSED = 3;

/** Answers without a side, for each request under way, after which there will never be one. */
const UNATTRIBUTED = 10;

export function newCanaryRun(
  options: CheckCanaryOptions,
  plan: CasePlanOptions,
  sender: CaseSender,
  concurrency: number,
): CanaryRun {
  const { percentTraffic, signal, baseUrl, listeners = [], unchanged, traffic } = options;
  const { maxRequests = MOST_REQUESTS, maxMs = LONGEST_MS } = options;
  const share = percentTraffic / 100;
  const started = performance.now();
  const planned = plannedCases(options, plan);
  const byId = new Map(planned.cases.map(one => [idOf(one.operation, one.planned.id), one]));
  const asksSequences = options.sequences !== undefined && options.withoutCases !== true;
  const plans = asksSequences ? newSequencePlans(options, plan) : [];
  const withSequences = plans.some(({ operations }) => operations.size > 0);
  const judge = newCanaryJudge({
    ...options.judge,
    cases: planned.byOperation,
    share,
    sequences: withSequences,
  });
  const findings = newCanaryFindings();
  const { coverage, settings } = judge.evidence();
  const { minimumAnswers } = settings;
  const rounds = newCaseRounds(
    planned.cases,
    ({ operation, planned: { id } }) =>
      SIDES.some(
        side =>
          coverage.missing(operation, side).includes(id) || coverage.judged(operation, side) < minimumAnswers,
      ),
    {
      seed: plan.seed ?? 0,
      tries:
        share > 0 && share < 1
          ? sendsNeeded(Math.min(share, 1 - share), Math.max(1, minimumAnswers), {
              things: planned.cases.length,
            })
          : 1,
    },
  );
  const attributed = newAttributedSender({
    sender,
    concurrency,
    attribution: options,
    ...(options.sidesOf === undefined ? {} : { sidesOf: options.sidesOf }),
    ...(signal === undefined ? {} : { signal }),
  });
  const sequences = newSequenceRounds({
    plans,
    options: options.sequences ?? {},
    sender,
    baseUrl,
    concurrency,
    ended: () => decision !== undefined || isOver(),
  });
  const curve = newCurve();
  const leftOut: string[] = [...planned.leftOut];
  let decision: Decision | undefined;
  let requests = 0;
  let sinceSequences = 0;
  let repeats = 0;
  let unanswered = 0;
  let silent = 0;
  let refused = 0;
  let fromOthers = 0;
  let credentials = false;
  let looked = Number.NEGATIVE_INFINITY;

  const tell = (event: CanaryEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const take = (one: AttributedOutcome): void => {
    note(one);
    const broken = findings.note(one);
    // What came after the decision was under way already: reports show the evidence that it was made of.
    if (decision !== undefined) return;
    judge.observe(answerOf(one), broken);
    decision = judge.decision();
  };
  const note = ({ outcome }: AttributedOutcome): void => {
    if (outcome.kind === 'unanswered') {
      unanswered += 1;
      silent += 1;
      if (outcome.trouble.kind === 'credentials') credentials = true;
      return;
    }
    silent = 0;
    refused = outcome.kind === 'not-judged' && outcome.reason === 'credentials-refused' ? refused + 1 : 0;
  };
  const progress = (): void => {
    const point = curve.add(judge.evidence());
    tell({ kind: 'canary-progress', point, ms: performance.now() - started });
  };

  /** Sends the case of a break again until it is clear what it is. */
  const settleCase = async (trial: Trial): Promise<Trial> => {
    const asked = byId.get(idOf(trial.clause.operation, trial.clause.case));
    let now = trial;
    let left =
      asked === undefined ? 0 : repeatsNeeded(trial.logNeeded, share, judge.evidence().settings.repeats);
    while (now.state === 'open' && left > 0 && asked !== undefined && !isOver()) {
      const handful = Math.min(left, concurrency, maxRequests - requests);
      left -= handful;
      requests += handful;
      repeats += handful;
      for (const one of await attributed.sendAndWait(Array.from({ length: handful }, () => asked))) {
        note(one);
        const broken = findings.note(one);
        if (one.outcome.kind === 'unanswered') judge.observe(answerOf(one));
        else
          now = judge.repeat(
            trial.clause,
            one.side,
            broken.some(clause => isSame(clause, trial.clause)),
          );
      }
    }
    return now;
  };
  const settle = async (trial: Trial): Promise<void> => {
    const now = await (trial.suspects === undefined ? settleCase(trial) : settleSequence(trial));
    const ended = isOver() ? now : judge.giveUp(trial.clause);
    decision ??= judge.decision();
    tell({ kind: 'trial-settled', trial: ended });
  };
  const settleAll = async (): Promise<void> => {
    for (const trial of judge.openTrials()) {
      if (decision !== undefined || isOver()) return;
      await settle(trial);
    }
  };

  const readTraffic = async (): Promise<void> => {
    if (traffic === undefined) return;
    const { lines = [], counts = [] } = await traffic();
    for (const line of lines) {
      if (attributed.isOurs(line.requestId)) continue;
      const answer = trafficAnswer(line, planned.byRoute);
      if (answer === undefined) continue;
      fromOthers += 1;
      judge.observe(answer);
      decision ??= judge.decision();
    }
    for (const one of counts) {
      if (planned.cases.length > 0) continue;
      fromOthers += one.answers;
      judge.observeCounts(one);
      decision ??= judge.decision();
    }
    if (counts.length > 0 && planned.cases.length > 0) onceOnly(leftOut, COUNTS_LEFT_OUT);
  };

  /** Runs of sequences: their answers, and the clauses that they break. All at once, since a log may have to be waited for. */
  const takeRuns = async (sent: readonly SequenceSent[]): Promise<readonly SequenceTaken[]> => {
    const all = await attributed.attribute(
      sent
        .flatMap(({ steps }) => steps)
        .map(({ operation, sent: tested, outcome }) => ({
          asked: { planned: tested, baseUrl, operation: planned.called.get(operation) ?? operation.key },
          sent: tested,
          outcome,
        })),
    );
    requests += all.length;
    let taken = 0;
    return sent.map(({ id, steps }) => {
      const outcomes = all.slice(taken, (taken += steps.length));
      const broken: Clause[] = [];
      for (const one of outcomes) {
        note(one);
        broken.push(...findings.note(one));
        judge.observe({ ...answerOf(one), source: 'sequences' });
        decision ??= judge.decision();
      }
      return { id, broken, run: outcomes.map(({ asked, side }) => ({ operation: asked.operation, side })) };
    });
  };
  /** Sequences take their turn each time as many single cases were sent as there are. */
  const sendSequences = async (): Promise<void> => {
    if (!withSequences || sinceSequences < planned.cases.length || decision !== undefined || isOver()) return;
    sinceSequences = 0;
    for (const { id, broken, run } of await takeRuns(await sequences.next())) {
      for (const { clause } of judge.unsettledSequences(id))
        judge.repeatRun(
          clause,
          run,
          broken.some(one => isSame(one, clause)),
        );
      // What else such a run breaks mostly follows from the first.
      const [first] = broken;
      if (first !== undefined) judge.suspect({ ...first, case: id }, run);
    }
    judge.sequencesSent();
    decision ??= judge.decision();
    await settleAll();
  };
  const settleSequence = async (trial: Trial): Promise<Trial> => {
    let now = trial;
    let left = 2 * repeatsNeeded(trial.logNeeded, share, judge.evidence().settings.repeats);
    while (now.state === 'open' && left > 0 && !isOver()) {
      left -= 1;
      const sent = await sequences.again(trial.clause.case);
      if (sent === undefined) break;
      repeats += sent.steps.length;
      const [taken] = await takeRuns([sent]);
      if (taken === undefined) break;
      const { broken, run } = taken;
      const fails = broken.some(one => isSame(one, trial.clause));
      now = judge.repeatRun(trial.clause, run, fails);
    }
    return now;
  };

  /** Why nothing more is to be sent, as far as that is known without asking anybody. */
  const over = (): InconclusiveReason | undefined => {
    if (signal?.aborted === true) return 'interrupted';
    if (credentials || refused >= REFUSED * concurrency) return 'credentials';
    if (silent >= SILENT * concurrency) return 'unreachable';
    if (isUnattributed()) return 'attribution';
    if (performance.now() - started >= maxMs) return 'time';
    return requests >= maxRequests ? 'requests' : undefined;
  };
  const isOver = (): boolean => over() !== undefined;
  /** Nobody has told the side of a single answer, and nobody will. */
  const isUnattributed = (): boolean => {
    const { baseline, canary, unknown } = judge.evidence().bySide;
    return options.sidesOf === undefined && baseline + canary === 0 && unknown >= UNATTRIBUTED * concurrency;
  };
  const hasChanged = async (): Promise<boolean> => {
    if (unchanged === undefined || performance.now() - looked < LOOK_EVERY_MS) return false;
    looked = performance.now();
    return !(await unchanged());
  };
  const oneRound = async (): Promise<void> => {
    const asked: readonly PlannedCase[] = rounds.next(Math.min(2 * concurrency, maxRequests - requests));
    requests += asked.length;
    sinceSequences += asked.length;
    for (const one of await attributed.send(asked)) take(one);
    for (const one of await attributed.settled()) take(one);
    await settleAll();
    await sendSequences();
    await readTraffic();
    progress();
    if (asked.length === 0 && decision === undefined) await pause(LOOK_EVERY_MS, signal);
  };

  return {
    untilDecided: async () => {
      tell({
        kind: 'canary-started',
        baseUrl,
        documents: options.contracts.map(({ name }) => name),
        operations: planned.byOperation.size,
        cases: planned.cases.length,
        share,
        needed: neededOf(judge.evidence()),
        ...(options.deployments === undefined ? {} : { deployments: options.deployments }),
      });
      if (share <= 0) return 'no-canary';
      if (share >= 1) return 'no-baseline';
      if (planned.cases.length === 0 && traffic === undefined) return 'nothing-to-send';
      for (;;) {
        const stopped = over() ?? ((await hasChanged()) ? 'stage-changed' : undefined);
        if (stopped !== undefined) {
          for (const one of await attributed.settled(true)) take(one);
          return decision === undefined ? stopped : undefined;
        }
        await oneRound();
        if (decision !== undefined) return undefined;
      }
    },
    cleaned: summary => {
      if (summary !== undefined) leftOut.push(...leftBehindLines({ cleanUp: summary }, MOST_NAMED));
    },
    finished: stopped => {
      const ms = performance.now() - started;
      const evidence = judge.evidence();
      const requestsPerMinute = requests === 0 || ms <= 0 ? undefined : (requests * 60_000) / ms;
      const ended = decision ?? judge.end(stopped ?? 'interrupted', requestsPerMinute);
      const check: CanaryCheck = {
        decision: ended,
        baseUrl,
        documents: options.contracts.map(({ name }) => name),
        deployments: options.deployments,
        evidence,
        needed: neededOf(evidence),
        curve: curve.points(),
        findings: findings.all(),
        requests,
        repeats,
        unanswered,
        traffic: fromOthers,
        leftOut: [...leftOut, ...sequences.leftOut()],
        outlook: outlookOf(evidence, requestsPerMinute),
        otherwise: otherwise(ended, evidence),
        requestsPerMinute,
        ms,
      };
      tell({ kind: 'canary-finished', check });
      return check;
    },
  };
}

/** Named of each reason why something stays. */
const MOST_NAMED = 20;

const COUNTS_LEFT_OUT =
  'Counts of traffic: they hold our own requests too, so they count only where no case is sent.';

const SIDES: readonly KnownSide[] = ['canary', 'baseline'];

function onceOnly(list: string[], line: string): void {
  if (!list.includes(line)) list.push(line);
}

interface SequenceTaken {
  readonly id: string;
  readonly broken: readonly Clause[];
  readonly run: readonly RunStep[];
}

/** The same check at the same place. */
function isSame(one: Clause, other: Clause): boolean {
  return one.check === other.check && one.place === other.place && one.operation === other.operation;
}

function idOf(operation: string, id: string): string {
  return `${operation}\n${id}`;
}
