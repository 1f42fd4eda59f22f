/** Problems as text for people and as the forms machines take. Pure: problems in, text out. */
import type { Problem } from '../../contract/problem.ts';
import { githubProblems } from './github.ts';
import { jsonProblems } from './json.ts';
import { sarifProblems } from './sarif.ts';
import { textProblems } from './text.ts';

/** The choices of `--format`. */
export const FORMATS = ['text', 'json', 'github', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export interface PrintOptions {
  readonly format: Format;
  /** Text only: with escape sequences for a terminal. */
  readonly colour?: boolean;
  /** Text only: the rest is counted; 0 shows all. Default: 100. */
  readonly maxProblems?: number;
  /** What people call the documents that were looked at, those without problems too. Default: those the problems stand in. */
  readonly documents?: readonly string[];
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
  const documents = options.documents ?? [...new Set(problems.map(({ source }) => source.document.name))];
  switch (options.format) {
    case 'text':
      return textProblems(problems, documents, options.maxProblems ?? 100, options.colour === true);
    case 'json':
      return jsonProblems(problems, documents);
    case 'github':
      return githubProblems(problems);
    case 'sarif':
      return sarifProblems(problems);
    default:
      return options.format satisfies never;
  }
}
