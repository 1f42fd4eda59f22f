/** What logs and counters say of requests that others sent, as answers for the judge. Held against 5xx only. */
import type { AccessLine } from './access-lines.ts';
import type { Answer, AnswerCounts } from './answer.ts';

export interface Traffic {
  /** Lines that were not given before, in their order. */
  readonly lines?: readonly AccessLine[];
  /** Counts that were not given before. They cannot tell our requests from others', so they count only where none is sent. */
  readonly counts?: readonly AnswerCounts[];
}

/** @param operations - by method and path as the document writes them: `GET /pets/{id}` */
export function trafficAnswer(line: AccessLine, operations: ReadonlyMap<string, string>): Answer | undefined {
  const { side, method, resourcePath, status, ms } = line;
  if (status === undefined) return undefined;
  return {
    source: 'traffic',
    side,
    operation: operations.get(`${method ?? ''} ${resourcePath ?? ''}`),
    failed: status >= 500,
    judged: true,
    ms,
  };
}
