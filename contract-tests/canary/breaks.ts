/**
 * Rule A: a break that comes each time on the canary and never on the baseline. A failing answer of the canary opens a
 * trial: the same case is sent again until enough answers of both sides have come, in whatever order chance gives. One
 * answer that does not fit refutes it: then the break is on both sides, or comes only sometimes and is a rate. Pure.
 *
 * A trial is a bet of everything on "the side is the canary exactly when the answer fails", so a clause that fails at
 * random on both sides survives the i-th trial with probability `alpha / (i (i + 1))` at the most, and all trials
 * together with probability `alpha`, whatever the clause's own rate.
 */
import type { KnownSide } from './answer.ts';
import { afterRun, logOfAll, mainSuspect, type RunStep, type Suspect, suspectsOf } from './suspects.ts';

/**
 * - `break`: each time on the canary, never on the baseline
 * - `both`: on both sides
 * - `sometimes`: not each time on the canary
 * - `unsettled`: the requests that it may take were spent before enough of them reached the canary
 */
export type TrialState = 'open' | 'break' | 'both' | 'sometimes' | 'unsettled';

/** A clause is an operation's: the check that asks for it and the place in the document. */
export interface Clause {
  readonly operation: string;
  readonly check: string;
  /** `specs/pets.yaml#/paths/~1pets/get/responses/200`. */
  readonly place: string;
  /** The id of the case that showed it, or of the sequence. */
  readonly case: string;
}

export interface Trial {
  readonly clause: Clause;
  readonly state: TrialState;
  /** Of the answers to the case sent again; the one that opened the trial is not among them. */
  readonly failed: Readonly<Record<KnownSide, number>>;
  readonly clean: Readonly<Record<KnownSide, number>>;
  /** `ln E`, and what it must reach. */
  readonly logEvidence: number;
  readonly logNeeded: number;
  /** Of a sequence: whom it is blamed on, as far as runs have shown. */
  readonly suspects?: readonly Suspect[];
}

export interface Breaks {
  /**
   * Opens the trial of a clause; undefined when it had one, or when there were too many already.
   *
   * @param run - of a sequence: the run that failed
   */
  readonly open: (clause: Clause, run?: readonly RunStep[]) => Trial | undefined;
  /** What another run of the sequence says. */
  readonly noteRun: (clause: Clause, run: readonly RunStep[], fails: boolean, share: number) => Trial;
  /** What one answer to the case sent again says; the trial as it stands then. */
  readonly note: (clause: Clause, side: KnownSide, fails: boolean, share: number) => Trial;
  /** No more requests are spent on it. */
  readonly giveUp: (clause: Clause) => Trial;
  /** The trial of a clause that has one. */
  readonly of: (clause: Clause) => Trial;
  /** True for a clause that is broken on both sides, which is nobody's news. */
  readonly isKnown: (clause: Clause) => boolean;
  readonly trials: () => readonly Trial[];
}

export interface BreakOptions {
  readonly alpha: number;
  /** How often the break must come again on the canary. */
  readonly repeats: number;
  /** Trials in all; what fails after that is a rate. */
  readonly most: number;
}

export function newBreaks({ alpha, repeats, most }: BreakOptions): Breaks {
  const trials = new Map<string, Trial>();
  const put = (trial: Trial): Trial => {
    trials.set(keyOf(trial.clause), trial);
    return trial;
  };
  const of = (clause: Clause): Trial => {
    const trial = trials.get(keyOf(clause));
    if (trial === undefined) throw new Error(`no trial of ${keyOf(clause)}`);
    return trial;
  };
  return {
    open: (clause, run) => {
      if (trials.has(keyOf(clause)) || trials.size >= most) return undefined;
      const turn = trials.size + 1;
      const none = { baseline: 0, canary: 0 };
      const logNeeded = Math.log((turn * (turn + 1)) / alpha);
      const suspects = run === undefined ? {} : { suspects: suspectsOf(run) };
      return put({
        clause,
        state: 'open',
        failed: none,
        clean: none,
        logEvidence: 0,
        logNeeded,
        ...suspects,
      });
    },
    note: (clause, side, fails, share) => put(noted(of(clause), side, fails, share, repeats)),
    noteRun: (clause, run, fails, share) => put(ranAgain(of(clause), run, fails, share, repeats)),
    giveUp: clause => {
      const trial = of(clause);
      return put(trial.state === 'open' ? { ...trial, state: 'unsettled' } : trial);
    },
    of,
    isKnown: clause => trials.get(keyOf(clause))?.state === 'both',
    trials: () => [...trials.values()],
  };
}

function noted(trial: Trial, side: KnownSide, fails: boolean, share: number, repeats: number): Trial {
  const which = fails ? 'failed' : 'clean';
  const counts = { ...trial, [which]: { ...trial[which], [side]: trial[which][side] + 1 } };
  const fits = fails === (side === 'canary');
  const won = fits ? -Math.log(side === 'canary' ? share : 1 - share) : Number.NEGATIVE_INFINITY;
  const next = { ...counts, logEvidence: trial.logEvidence + won };
  return { ...next, state: stateOf(next, repeats) };
}

function ranAgain(
  trial: Trial,
  run: readonly RunStep[],
  fails: boolean,
  share: number,
  repeats: number,
): Trial {
  const suspects = afterRun(trial.suspects ?? [], run, fails, share);
  const main = mainSuspect(suspects);
  if (main === undefined) return trial;
  const { failed, clean } = main;
  const logEvidence = logOfAll(suspects);
  const next: Trial = { ...trial, suspects, failed, clean, logEvidence };
  // Nobody is left to blame: then it fails whoever answers, or for other reasons.
  if (logEvidence === Number.NEGATIVE_INFINITY) {
    const held = suspects.some(one => one.clean.baseline + one.clean.canary > 0);
    return { ...next, state: held ? 'sometimes' : 'both' };
  }
  const enough = failed.canary >= repeats && clean.baseline > 0 && logEvidence >= trial.logNeeded;
  return enough ? { ...next, state: 'break' } : next;
}

function stateOf(trial: Trial, repeats: number): TrialState {
  const { failed, clean, logEvidence, logNeeded, state } = trial;
  if (clean.canary > 0 || (failed.baseline > 0 && clean.baseline > 0)) return 'sometimes';
  if (failed.baseline > 0) return 'both';
  if (state !== 'open') return state;
  const enough = failed.canary >= repeats && clean.baseline > 0 && logEvidence >= logNeeded;
  return enough ? 'break' : 'open';
}

function keyOf({ operation, check, place, case: id }: Clause): string {
  return [operation, check, place, id].join('\n');
}
