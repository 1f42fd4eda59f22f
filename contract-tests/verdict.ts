/** What a run comes to. A run that found nothing wrong because it could not look is inconclusive, never kept. */
import type { RunSummary, Verdict } from './events.ts';

export type Counts = Omit<RunSummary, 'verdict' | 'reason'>;

/**
 * The verdict of a run's counts, and why it is inconclusive when it is.
 *
 * Broken: a failure was found, whatever else happened. Inconclusive: nothing was judged, something went unanswered,
 * a part of the document cannot be read, the run was stopped, or not one valid request succeeded, which is how a wrong address looks.
 *
 * @param lacking - a base path of the documents' that the address does not have
 */
export function verdictOf(
  counts: Counts,
  lacking?: string,
): {
  readonly verdict: Verdict;
  readonly reason: string | undefined;
} {
  if (counts.failures > 0) return { verdict: 'broken', reason: undefined };
  const reason = doubt(counts, lacking);
  return { verdict: reason === undefined ? 'kept' : 'inconclusive', reason };
}

function doubt(counts: Counts, lacking: string | undefined): string | undefined {
  const { cases, unanswered, unreadable, accepted, positive, stopped, notJudged } = counts;
  if (stopped === 'interrupted') return 'The run was interrupted.';
  if (stopped === 'hook-failed') return 'The run ended because a hook failed.';
  if (stopped === 'time') return 'The run was ended when its time was up, before its cases were.';
  if (stopped === 'credentials')
    return 'The server came to refuse what it had answered before: credentials expired, or it no longer lets this machine in.';
  if (stopped === 'unreachable')
    return cases === 0 ? 'The server does not answer.' : 'The server stopped answering before the run ended.';
  if (cases === 0) return 'There was no case to send.';
  if (unanswered > 0)
    return `${unanswered === 1 ? 'A request was' : `${unanswered} requests were`} not answered.`;
  if (unreadable > 0)
    return `${unreadable === 1 ? 'A part' : `${unreadable} parts`} of the document cannot be read; rehearsal lint says which.`;
  if (accepted > 0 || positive === 0) {
    const judged = cases - [...notJudged.values()].reduce((sum, count) => sum + count, 0);
    return judged > 0 ? undefined : 'No answer could be judged.';
  }
  if ((notJudged.get('credentials-refused') ?? 0) > 0)
    return 'Not one valid request succeeded: the server refused the credentials.';
  const hint = lacking === undefined ? '' : ` The document's first server has the base path ${lacking}.`;
  return `Not one valid request succeeded: is the address right?${hint}`;
}

/** The exit code of a verdict. */
export function exitCodeOf(summary: RunSummary): number {
  if (summary.stopped === 'interrupted') return 130;
  switch (summary.verdict) {
    case 'kept':
      return 0;
    case 'broken':
      return 1;
    case 'inconclusive':
      return 3;
  }
}
