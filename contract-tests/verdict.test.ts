import { expect, test } from 'vitest';
import type { NotJudged, RunSummary } from './events.ts';
import { type Counts, exitCodeOf, verdictOf } from './verdict.ts';

const GOOD: Counts = {
  operations: 1,
  cases: 10,
  passed: 10,
  failed: 0,
  notJudged: new Map(),
  unanswered: 0,
  leftOut: 0,
  unreadable: 0,
  accepted: 2,
  positive: 2,
  failures: 0,
  warnings: 0,
  flaky: 0,
  known: 0,
  skipped: [],
  cleanUp: undefined,
  stopped: undefined,
  ms: 1,
};
const refused = (count: number): ReadonlyMap<NotJudged, number> => new Map([['credentials-refused', count]]);

test.each<[string, Partial<Counts>, string, number]>([
  ['all is well', {}, 'kept', 0],
  ['warnings change nothing', { warnings: 3 }, 'kept', 0],
  ['some were not judged, others were', { notJudged: refused(4) }, 'kept', 0],
  ['no positive case exists', { accepted: 0, positive: 0 }, 'kept', 0],
  ['a failure', { failures: 1 }, 'broken', 1],
  ['a failure, and the server went away', { failures: 1, stopped: 'unreachable' }, 'broken', 1],
  ['nothing was sent', { cases: 0, accepted: 0, positive: 0 }, 'inconclusive', 3],
  ['something was not answered', { unanswered: 1 }, 'inconclusive', 3],
  ['a part of the document cannot be read', { unreadable: 1 }, 'inconclusive', 3],
  ['no valid request succeeded', { accepted: 0 }, 'inconclusive', 3],
  ['nothing was judged', { notJudged: refused(10) }, 'inconclusive', 3],
  ['the server went away', { stopped: 'unreachable' }, 'inconclusive', 3],
  ['interrupted', { stopped: 'interrupted' }, 'inconclusive', 130],
  ['interrupted after a failure', { stopped: 'interrupted', failures: 1 }, 'broken', 130],
])('%s', (_name, counts, verdict, exitCode) => {
  const all = { ...GOOD, ...counts };
  const judged = verdictOf(all);
  expect(judged.verdict).toBe(verdict);
  expect(judged.reason === undefined).toBe(verdict !== 'inconclusive');
  const summary: RunSummary = { ...all, ...judged };
  expect(exitCodeOf(summary)).toBe(exitCode);
});
