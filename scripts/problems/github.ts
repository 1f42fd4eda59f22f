/**
 * Problems as GitHub Actions workflow commands, which become annotations on the lines of a pull request.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */
import type { Problem, Severity } from '../../contract/problem.ts';
import { problemRecord } from './problem-record.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/** One command a line. */
export function githubProblems(problems: readonly Problem[]): string {
  return problems
    .map(problem => {
      const { rule, severity, message, fix, file, line, column, endColumn } = problemRecord(problem);
      const properties = {
        file,
        line: String(line),
        col: String(column),
        ...(endColumn === undefined ? {} : { endLine: String(line), endColumn: String(endColumn) }),
        title: rule,
      };
      const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
      return `::${COMMANDS[severity]} ${list.join(',')}::${data(`${message} ${fix}`)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
