/** A problem as plain data, with its place looked up: what the machine formats share. */
import type { Problem, Severity } from '../../contract/problem.ts';

export interface ProblemRecord {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string;
  /** As people call it: the path as given, `<stdin>` or a URL. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The first column after it, where it ends on the same line. */
  readonly endColumn?: number;
  /** JSON pointer into the document. */
  readonly pointer: string;
}

export function problemRecord({ rule, severity, message, source, fix }: Problem): ProblemRecord {
  const { line, column, endColumn } = source.document.locate(source.pointer);
  const place = {
    file: source.document.name,
    line,
    column,
    ...(endColumn === undefined ? {} : { endColumn }),
  };
  return { rule, severity, message, fix, ...place, pointer: source.pointer };
}
