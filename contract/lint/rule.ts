/** What a rule is: everything about one thing that can be wrong with a document, its documentation and its samples too. */
import type { Severity } from '../problem.ts';
import type { Source } from '../source.ts';
import type { Survey } from './survey.ts';

export interface LintRule {
  /** Kebab-case; the problem's `rule`. A retired name is never used again. */
  readonly name: string;
  readonly severity: Severity;
  /** Runs only when it is asked for by name: matters of taste. */
  readonly optional?: true;
  /** What is wrong, one sentence for the reference page. */
  readonly title: string;
  /** How to mend it, one sentence; a report may bring a better one. */
  readonly fix: string;
  /** The section of the specification that says so. */
  readonly see?: string;
  /** A document that breaks the rule. Without `openapi` or `swagger` at its top, it continues {@link SAMPLE_HEAD}. */
  readonly failing: string;
  /** The same, mended. */
  readonly passing: string;
  readonly check: (survey: Survey, report: Report) => void;
}

export type Report = (
  source: Source,
  message: string,
  other?: { readonly fix?: string; readonly severity?: Severity },
) => void;

/** What stands before a sample that does not begin with a version of its own. */
export const SAMPLE_HEAD = 'openapi: 3.1.1\ninfo: { title: Pets, version: 1.0.0 }\n';

/** A sample as the whole document it stands for. */
export function sampleDocument(sample: string): string {
  return /^(openapi|swagger):/.test(sample) ? sample : SAMPLE_HEAD + sample;
}
