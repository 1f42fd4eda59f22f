/**
 * The three rules together: takes attributed answers one by one and says at any moment what they come to. It sends
 * nothing, has no clock, and may be asked after each answer, since every rule stays valid however often one looks. Pure.
 */
import { splitAlpha } from './alpha-split.ts';
import type { Answer, AnswerCounts, KnownSide, Side } from './answer.ts';
import { type Breaks, type Clause, newBreaks, type Trial } from './breaks.ts';
import { newCaseCoverage } from './case-coverage.ts';
import { decide, finalDecision } from './decide.ts';
import type { Decision, InconclusiveReason } from './decision.ts';
import type { Evidence, JudgeOptions, JudgeSettings } from './evidence.ts';
import { newFailureRates } from './failure-rates.ts';
import { newLatency } from './latency.ts';
import { newBudgetRule } from './latency-budget.ts';
import { logEvidenceOfOtherShare } from './one-rate.ts';
import type { RunStep } from './suspects.ts';

export interface CanaryJudge {
  /** @param broken - the clauses that the answer breaks */
  readonly observe: (answer: Answer, broken?: readonly Clause[]) => void;
  readonly observeCounts: (counts: AnswerCounts) => void;
  /** Breaks of the canary that want to be repeated. */
  readonly openTrials: () => readonly Trial[];
  /** One answer to a case that was sent again for a trial. It counts for the trial and for no rate. */
  readonly repeat: (clause: Clause, side: Side, fails: boolean) => Trial;
  /** A run of a sequence that broke a clause: its trial begins. The answers are observed by themselves. */
  readonly suspect: (clause: Clause, run: readonly RunStep[]) => void;
  /** Trials of a sequence that another run may still settle. */
  readonly unsettledSequences: (id: string) => readonly Trial[];
  /** What another run of that sequence says. */
  readonly repeatRun: (clause: Clause, run: readonly RunStep[], fails: boolean) => Trial;
  readonly giveUp: (clause: Clause) => Trial;
  /** Another round of sequences is through. */
  readonly sequencesSent: () => void;
  /** From here on the canary gets another share. */
  readonly shareIs: (share: number) => void;
  /** Undefined as long as there is no decision. */
  readonly decision: () => Decision | undefined;
  /** What it comes to when nothing more will come. */
  readonly end: (stopped: InconclusiveReason, requestsPerMinute?: number) => Decision;
  readonly evidence: () => Evidence;
}

const MOST_TRIALS = 40;
/** Of the canary to each step of a sequence, on the average, before a promotion. */
const STEP_ANSWERS = 3;

/**
 * A judge of one canary.
 *
 * @example
 * ```ts
 * import { newCanaryJudge } from './contract-tests/canary/canary-judge.ts';
 *
 * const judge = newCanaryJudge({ cases: new Map([['GET /pets', ['all']]]), share: 0.1 });
 * judge.observe({ source: 'cases', side: 'canary', operation: 'GET /pets', case: 'all', failed: false, judged: true, ms: 12 });
 * console.log(judge.decision()?.kind ?? 'go on');
 * ```
 */
export function newCanaryJudge(options: JudgeOptions): CanaryJudge {
  const settings = settingsOf(options);
  const { alpha, latency: latencySettings } = settings;
  const operations = [...options.cases.keys()];
  const rates = newFailureRates(operations, settings.margin);
  const breaks = newBreaks({ alpha: alpha.breaks, repeats: settings.repeats, most: MOST_TRIALS });
  const latency = latencySettings === undefined ? undefined : newLatency(latencySettings);
  const budget = latencySettings?.budget === undefined ? undefined : newBudgetRule(latencySettings.budget);
  const coverage = newCaseCoverage(options.cases);
  const bySide = { baseline: 0, canary: 0, unknown: 0 };
  const counted: { share: number; baseline: number; canary: number }[] = [];
  let share = options.share;
  let sequencesSent = 0;
  const count = (side: KnownSide, answers: number): void => {
    bySide[side] += answers;
    const last = counted.at(-1);
    if (last?.share === share) last[side] += answers;
    else counted.push({ share, baseline: 0, canary: 0, [side]: answers });
  };
  const evidence = (): Evidence => ({
    settings,
    share,
    operations,
    rates,
    latency,
    budget,
    breaks,
    coverage,
    bySide: { ...bySide },
    sequences: {
      sent: sequencesSent,
      wanted: options.sequences === true ? Math.ceil(STEP_ANSWERS / share) : 0,
    },
    logOtherShare: () =>
      // Of one share after the other, the one that fits least.
      Math.max(
        ...counted.map(one => logEvidenceOfOtherShare(one.canary, one.baseline + one.canary, one.share)),
        0,
      ),
  });
  return {
    observe: (answer, broken = []) => {
      const { side } = answer;
      if (side === 'unknown') {
        bySide.unknown += 1;
        return;
      }
      count(side, 1);
      noteAfterwards(breaks, answer, side, broken, share);
      // A break on both sides is the document's trouble or the stage's, and would hide what is the canary's.
      const news = broken.filter(clause => !breaks.isKnown(clause));
      const excused = broken.length > 0 && news.length === 0;
      const told: Answer = excused ? { ...answer, failed: false } : answer;
      if (side === 'canary') for (const clause of news) breaks.open(clause);
      rates.observe(told, share);
      latency?.observe(told, share);
      budget?.observe(told);
      coverage.observe(told);
    },
    observeCounts: counts => {
      count(counts.side, counts.answers);
      rates.observeCounts(counts, share);
    },
    openTrials: () => breaks.trials().filter(({ state }) => state === 'open'),
    repeat: (clause, side, fails) => {
      if (side === 'unknown') bySide.unknown += 1;
      else {
        count(side, 1);
        return breaks.note(clause, side, fails, share);
      }
      return breaks.of(clause);
    },
    suspect: (clause, run) => void breaks.open(clause, run),
    unsettledSequences: id =>
      breaks
        .trials()
        .filter(
          ({ clause, state, suspects }) =>
            suspects !== undefined && clause.case === id && state === 'unsettled',
        ),
    repeatRun: (clause, run, fails) => breaks.noteRun(clause, run, fails, share),
    giveUp: breaks.giveUp,
    sequencesSent: () => {
      sequencesSent += 1;
    },
    shareIs: next => {
      share = next;
    },
    decision: () => decide(evidence()),
    end: (stopped, requestsPerMinute) =>
      decide(evidence()) ?? finalDecision(evidence(), stopped, requestsPerMinute),
    evidence,
  };
}

/** What was settled as broken on both sides may come to hold after all; then it counts again. */
function noteAfterwards(
  breaks: Breaks,
  answer: Answer,
  side: KnownSide,
  broken: readonly Clause[],
  share: number,
): void {
  for (const { clause, state } of breaks.trials()) {
    if (state !== 'both' || clause.case !== answer.case || clause.operation !== answer.operation) continue;
    const fails = broken.some(({ check, place }) => check === clause.check && place === clause.place);
    breaks.note(clause, side, fails, share);
  }
}

function settingsOf(options: JudgeOptions): JudgeSettings {
  const { alpha = 0.05, promoteAlpha = alpha, latency = {} } = options;
  return {
    alpha: splitAlpha(alpha, promoteAlpha),
    margin: options.margin ?? 0.01,
    repeats: options.repeats ?? 3,
    minimumAnswers: options.minimumAnswers ?? 5,
    everyCase: options.everyCase ?? true,
    unknownLimit: options.unknownLimit ?? 0.05,
    latency:
      latency === false
        ? undefined
        : {
            tolerance: latency.tolerance ?? 0.1,
            warmUp: latency.warmUp ?? 1,
            minimumAnswers: latency.minimumAnswers ?? 100,
            ...(latency.budget === undefined ? {} : { budget: latency.budget }),
          },
  };
}
