/** Problems as text for people and as the forms machines take. Pure: problems in, text out. */
import type { Problem } from '../../contract/problem.ts';
import { githubProblems } from './github.ts';
import { jsonProblems } from './json.ts';
import { sarifProblems } from './sarif.ts';
import { documentsOf, type TextOptions, textProblems } from './text.ts';

/** The choices of `--format`. */
export const FORMATS = ['text', 'json', 'github', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

/** Colour and the most problems are the text's alone. */
export interface PrintOptions extends TextOptions {
  readonly format: Format;
}

/**
 * Prints problems in one of the formats, with a line end after the last line.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { printProblems } from './scripts/problems/print-problems.ts';
 *
 * const { problems } = contractFromText('openapi: 4.0.0\n', { name: 'api.yaml' });
 * process.stderr.write(printProblems(problems, { format: 'text' }));
 * ```
 */
export function printProblems(problems: readonly Problem[], options: PrintOptions): string {
  switch (options.format) {
    case 'text':
      return textProblems(problems, options);
    case 'json':
      return jsonProblems(problems, options.documents ?? documentsOf(problems));
    case 'github':
      return githubProblems(problems);
    case 'sarif':
      return sarifProblems(problems);
    default:
      return options.format satisfies never;
  }
}
