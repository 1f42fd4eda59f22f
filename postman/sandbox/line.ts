/** What a run says of one case: a test that passed, failed with what was received, or was skipped with the reason. */
import type { Failure } from '../../contract/checks/check.ts';
import type { Pm } from './pm.ts';

/** Kept in a variable while nobody knows yet what will be said, so it is plain data. */
export interface Line {
  readonly id: string;
  readonly kind: 'passed' | 'failed' | 'skipped';
  /** What was received, or why nothing was judged. */
  readonly text: string;
  readonly warnings: readonly string[];
}

/** @param outcome - what the checks say, or that nobody can */
export function lineOf(
  id: string,
  outcome:
    | { readonly kind: 'passed' }
    | { readonly kind: 'not-judged'; readonly reason: string }
    | { readonly kind: 'failed'; readonly failures: readonly Failure[] },
): Line {
  switch (outcome.kind) {
    case 'passed':
      return { id, kind: 'passed', text: '', warnings: [] };
    case 'not-judged':
      return { id, kind: 'skipped', text: outcome.reason, warnings: [] };
    case 'failed': {
      const of = (wanted: Failure['severity']): readonly string[] =>
        outcome.failures.filter(({ severity }) => severity === wanted).map(inWords);
      const errors = of('error');
      const kind = errors.length === 0 ? 'passed' : 'failed';
      return { id, kind, text: errors.join('\n'), warnings: of('warning') };
    }
    default:
      return outcome satisfies never;
  }
}

/** Warnings are told, and fail nothing. */
export function tell({ id, kind, text, warnings }: Line, { test }: Pm): void {
  for (const warning of warnings) console.warn(`warning: ${id}: ${warning}`);
  switch (kind) {
    case 'passed':
      test(id, () => {});
      return;
    case 'skipped':
      test.skip(`${id}: not judged, ${wordsOf(text)}`, () => {});
      return;
    case 'failed':
      test(id, () => {
        throw new Error(text);
      });
      return;
    default:
      kind satisfies never;
  }
}

/** Reasons that do not say enough by their name. */
const WORDS: Readonly<Record<string, string>> = {
  stateless: 'stateless: nothing shows that the server keeps what it is told',
  'step-failed': 'step-failed: a step before it was refused or not answered',
  asynchronous: 'asynchronous: the server only promised to do what a step before asked for',
  'value-missing': 'value-missing: no answer before holds the value to ask with',
};

function wordsOf(reason: string): string {
  return WORDS[reason] ?? reason;
}

function inWords({ check, received, documented, source, instance }: Failure): string {
  const where = instance === undefined ? '' : ` at ${instance}`;
  return `${check}: received ${received}${where}, documented ${documented} (${source.document.name}#${source.pointer})`;
}
