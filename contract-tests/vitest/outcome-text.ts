/** What a test says about a case, in texts that vitest prints as they stand. */
import { CHECKS } from '../../contract/checks/index.ts';
import type { Case } from '../../contract/plan/cases/case.ts';
import { baseUrlOf } from '../base-url.ts';
import type { CaseOutcome, FailedOutcome, ToldFailure } from '../events.ts';
import { failureLines, knownText, printable } from '../exchange-text.ts';
import type { Mask } from '../mask.ts';
import { failureRecord } from '../records.ts';
import { curlLine } from '../reporters/curl.ts';
import { NOT_JUDGED_BECAUSE } from '../summary-text.ts';

export interface Word {
  /** What breaks nothing, one line each. */
  readonly warnings: readonly string[];
  /** What the test fails with. */
  readonly error?: Error;
  /** Why the test is skipped. */
  readonly skip?: string;
}

/** What came of a case. */
export function wordOf(sent: Case, outcome: CaseOutcome, baseUrl: string, mask: Mask): Word {
  switch (outcome.kind) {
    case 'passed':
      return { warnings: [] };
    case 'not-judged':
      return { warnings: [], skip: `not judged: ${NOT_JUDGED_BECAUSE[outcome.reason]}` };
    case 'unanswered': {
      const text = `could not judge: ${mask.text(outcome.trouble.message)}\n${again(sent, baseUrl, mask)}`;
      return { warnings: [], error: told('NotJudged', printable(text)) };
    }
    case 'failed':
      return failedWord(sent, outcome, baseUrl, mask);
    default:
      return outcome satisfies never;
  }
}

/** An error without a stack: whoever reads it looks for a fault of the server, and not in this file. */
export function told(name: string, text: string): Error {
  const error = new Error(text);
  error.name = name;
  error.stack = `${name}: ${text}`;
  return error;
}

function failedWord(sent: Case, { failures, flaky }: FailedOutcome, baseUrl: string, mask: Mask): Word {
  const errors = failures.filter(({ severity }) => severity === 'error');
  const warnings = failures
    .filter(({ severity }) => severity === 'warning')
    .map(failure => warningText(failure, flaky === true, mask));
  if (errors.length === 0) return { warnings };
  const text = [...errors.map(failure => errorText(failure, mask)), again(sent, baseUrl, mask)].join('\n');
  return { warnings, error: told('ContractBroken', printable(text)) };
}

function errorText(failure: ToldFailure, mask: Mask): string {
  const title = CHECKS.find(({ name }) => name === failure.check)?.title ?? '';
  const record = failureRecord(failure, mask);
  const known = knownText(record);
  return [
    `${failure.check}: ${title}`,
    ...failureLines(record),
    ...(known === undefined ? [] : [`Known       ${known}`]),
    '',
  ].join('\n');
}

function warningText(failure: ToldFailure, flaky: boolean, mask: Mask): string {
  const record = failureRecord(failure, mask);
  const why = flaky ? 'flaky' : (knownText(record) ?? 'warning');
  return printable(`${why}: ${failure.check}: received ${record.received}, documented ${record.documented}`);
}

/** How to ask once more, and which case it is. */
function again(sent: Case, baseUrl: string, mask: Mask): string {
  const curl = curlLine(baseUrlOf(sent.operation, baseUrl), sent.request, mask);
  return `Repeat      ${curl}\nCase        ${sent.id}`;
}
