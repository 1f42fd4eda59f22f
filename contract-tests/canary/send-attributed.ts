/**
 * Sends a handful of cases at once and says of each answer which side gave it. Answers are handed on in the order in
 * which they were sent: in the order in which they came, slow ones would be late on one side and not on the other.
 */
import type { Case } from '../../contract/plan/cases/case.ts';
import type { CaseOutcome } from '../events.ts';
import { pause } from '../pace.ts';
import { type CaseSender, sendCase } from '../send-case.ts';
import type { KnownSide, Side } from './answer.ts';
import { type AttributionOptions, requestIdOf, sideOfAnswer } from './attribution.ts';
import type { PlannedCase } from './case-rounds.ts';

export interface SentOutcome {
  readonly asked: PlannedCase;
  readonly sent: Case;
  readonly outcome: CaseOutcome;
}

export interface AttributedOutcome extends SentOutcome {
  readonly side: Side;
  readonly requestId: string | undefined;
}

/** Which side answered the requests with these ids, as far as an access log knows by now. */
export type SidesOf = (requestIds: readonly string[]) => Promise<ReadonlyMap<string, KnownSide>>;

export interface AttributedSender {
  readonly send: (asked: readonly PlannedCase[]) => Promise<readonly AttributedOutcome[]>;
  /** The same, but waits for the log as long as that may take. */
  readonly sendAndWait: (asked: readonly PlannedCase[]) => Promise<readonly AttributedOutcome[]>;
  /** What was sent otherwise, once the log has told all that it will. */
  readonly attribute: (outcomes: readonly SentOutcome[]) => Promise<readonly AttributedOutcome[]>;
  /** Answers of before whose side has become known; `last` gives back all that are left, known or not. */
  readonly settled: (last?: boolean) => Promise<readonly AttributedOutcome[]>;
  /** The ids of all requests that were answered, so that they are not taken for others'. */
  readonly isOurs: (requestId: string) => boolean;
}

export interface AttributedSenderOptions {
  readonly sender: CaseSender;
  readonly concurrency: number;
  readonly attribution: AttributionOptions;
  readonly sidesOf?: SidesOf;
  readonly signal?: AbortSignal;
}

/** Waits for a log, one after the other: CloudWatch has lines after some seconds. */
const WAITS_MS: readonly number[] = [0, 500, 1000, 2000, 4000, 8000];

export function newAttributedSender(options: AttributedSenderOptions): AttributedSender {
  const { sender, concurrency, attribution, sidesOf, signal } = options;
  const ours = new Set<string>();
  let waiting: readonly AttributedOutcome[] = [];
  /** How many of the waits are taken, and the longest that has told anything. */
  let patience = WAITS_MS.length;
  let helped = 0;
  const sendOne = async (asked: PlannedCase): Promise<AttributedOutcome> => {
    const { sent, outcome } = await sendCase(asked.planned, asked.baseUrl, sender);
    return byHeaders({ asked, sent, outcome });
  };
  const byHeaders = (one: SentOutcome): AttributedOutcome => {
    const { outcome } = one;
    const response = outcome.kind === 'unanswered' ? undefined : outcome.exchange.response;
    const side = response === undefined ? 'unknown' : sideOfAnswer(response, attribution);
    const requestId = response === undefined ? undefined : requestIdOf(response);
    if (requestId !== undefined) ours.add(requestId);
    return { ...one, side, requestId };
  };
  const lookUp = async (outcomes: readonly AttributedOutcome[]): Promise<readonly AttributedOutcome[]> => {
    const ids = outcomes.flatMap(({ side, requestId }) =>
      side === 'unknown' && requestId !== undefined ? [requestId] : [],
    );
    if (sidesOf === undefined || ids.length === 0) return outcomes;
    const sides = await sidesOf(ids);
    return outcomes.map(one => ({ ...one, side: sides.get(one.requestId ?? '') ?? one.side }));
  };
  const sendAll = async (asked: readonly PlannedCase[]): Promise<readonly AttributedOutcome[]> => {
    const outcomes: AttributedOutcome[] = [];
    let taken = 0;
    const work = async (): Promise<void> => {
      for (let at = taken++; at < asked.length; at = taken++) {
        const one = asked[at];
        if (one !== undefined) outcomes[at] = await sendOne(one);
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, asked.length) }, work));
    return outcomes;
  };
  // A log may be behind: what it does not know yet is asked for again.
  const isLate = ({ side, requestId }: AttributedOutcome): boolean =>
    sidesOf !== undefined && side === 'unknown' && requestId !== undefined;
  const patiently = async (outcomes: readonly AttributedOutcome[]): Promise<readonly AttributedOutcome[]> => {
    let known = outcomes;
    for (const [index, wait] of WAITS_MS.entries()) {
      if (index > patience) break;
      if (wait > 0) await pause(wait, signal);
      const late = known.filter(isLate).length;
      known = await lookUp(known);
      const left = known.filter(isLate).length;
      if (left < late) helped = Math.max(helped, index);
      if (signal?.aborted === true || left === 0) return known;
    }
    // Some requests no log ever tells of: what has not helped once is not waited for again.
    patience = helped + 1;
    return known;
  };
  return {
    send: async asked => {
      const known = await lookUp(await sendAll(asked));
      waiting = [...waiting, ...known.filter(isLate)];
      return known.filter(one => !isLate(one));
    },
    sendAndWait: async asked => await patiently(await sendAll(asked)),
    attribute: async outcomes => await patiently(outcomes.map(byHeaders)),
    settled: async (last = false) => {
      const known = await lookUp(waiting);
      waiting = last ? [] : known.filter(({ side }) => side === 'unknown');
      return last ? known : known.filter(({ side }) => side !== 'unknown');
    },
    isOurs: requestId => ours.has(requestId),
  };
}
