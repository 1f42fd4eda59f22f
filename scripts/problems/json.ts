/** Problems as JSON: one object, the problems in it flat, the counts beside them. */
import type { Problem } from '../../contract/problem.ts';
import { problemRecord } from './problem-record.ts';

/** `{ "documents": ["…"], "problems": [{ rule, severity, message, fix, file, line, column, endColumn?, pointer }], "counts": { … } }` */
export function jsonProblems(problems: readonly Problem[], documents: readonly string[]): string {
  const counts = { fatal: 0, error: 0, warning: 0, note: 0 };
  for (const { severity } of problems) counts[severity] += 1;
  return `${JSON.stringify({ documents, problems: problems.map(problemRecord), counts }, null, 2)}\n`;
}
