/**
 * What the access log of a stage says about a canary: which side answered our requests, where no header tells it, and how
 * requests of others were answered. Both come of one reading, and it is not read more often than the service likes.
 */

import {
  type AccessLine,
  readAccessLines,
  sidesByRequest,
} from '../../contract-tests/canary/access-lines.ts';
import type { KnownSide } from '../../contract-tests/canary/answer.ts';
import type { CheckCanaryOptions } from '../../contract-tests/canary/check-options.ts';
import type { AccessLogReader } from '../../gateway/stages/stage.ts';

export interface StageLog extends Required<Pick<CheckCanaryOptions, 'sidesOf' | 'traffic'>> {
  /** Says that a request is ours, so that its line is not taken for somebody else's. */
  readonly ours: (requestId: string) => void;
  /** What of the log could not be used, a sentence each. */
  readonly notes: () => readonly string[];
}

/** Requests whose sides are kept in mind; older ones were asked for long ago. */
const KEPT = 100_000;

/**
 * @param everyMs - the time between two readings
 * @param clock - milliseconds that only go forward
 */
export function newStageLog(
  read: AccessLogReader,
  deployments: Readonly<Record<KnownSide, string>>,
  everyMs: number,
  clock: () => number = () => performance.now(),
): StageLog {
  const sides = new Map<string, KnownSide>();
  const ours = new Set<string>();
  let unread: AccessLine[] = [];
  let unreadable = 0;
  let lost = 0;
  let last = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  const readOnce = async (): Promise<void> => {
    const found = await read();
    last = clock();
    if (found.lost) lost += 1;
    const fresh = readAccessLines(found.lines, deployments);
    unreadable += fresh.unreadable;
    for (const [id, side] of sidesByRequest(fresh.lines)) sides.set(id, side);
    for (const id of sides.keys()) {
      if (sides.size <= KEPT) break;
      sides.delete(id);
    }
    unread.push(...fresh.lines);
  };
  const refresh = async (): Promise<void> => {
    if (clock() - last < everyMs) return;
    reading ??= readOnce().finally(() => {
      reading = undefined;
    });
    await reading;
  };
  return {
    sidesOf: async ids => {
      if (ids.some(id => !sides.has(id))) await refresh();
      return new Map(
        ids.flatMap(id => {
          const side = sides.get(id);
          return side === undefined ? [] : [[id, side] as const];
        }),
      );
    },
    traffic: async () => {
      await refresh();
      const lines = unread.filter(({ requestId }) => !ours.delete(requestId));
      unread = [];
      return { lines };
    },
    ours: id => void ours.add(id),
    notes: () => [
      ...(unreadable > 0
        ? [
            `${unreadable} ${unreadable === 1 ? 'line' : 'lines'} of the access log are no JSON with a requestId.`,
          ]
        : []),
      ...(lost > 0
        ? ['The access log went on faster than it could be read, so some lines were not seen.']
        : []),
    ],
  };
}
