/** Problems are values about a document: collected, never thrown, all shown at once. */
import type { Source } from './source.ts';

/**
 * - `fatal`: the document cannot be read as a contract (exit code 2)
 * - `error`: it contradicts its specification or itself (exit code 1)
 * - `warning`: legal, but it will surprise somebody
 * - `note`: worth knowing
 */
export type Severity = 'fatal' | 'error' | 'warning' | 'note';

export interface Problem {
  /** The rule that was broken, kebab-case; each has a row in `docs/reference/problems.md`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, one sentence. */
  readonly message: string;
  readonly source: Source;
  /** How to mend it, one sentence. */
  readonly fix: string;
}
