/**
 * Problems as SARIF 2.1.0, which code scanning services read.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
import { PROBLEM_RULES } from '../../contract/lint/problem-rules.ts';
import type { Problem, Severity } from '../../contract/problem.ts';
import { problemRecord } from './problem-record.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  note: 'note',
};

/** One log with one run; only the rules that were broken are described in it. */
export function sarifProblems(problems: readonly Problem[]): string {
  const names = [...new Set(problems.map(({ rule }) => rule))].toSorted();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'rehearsal', rules: names.map(describeRule) } },
        columnKind: 'utf16CodeUnits',
        results: problems.map(problem => result(problem, names)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describeRule(name: string): object {
  const rule = PROBLEM_RULES.find(candidate => candidate.name === name);
  if (rule === undefined) return { id: name };
  const { title, fix, severity, see } = rule;
  return {
    id: name,
    shortDescription: { text: title },
    help: { text: fix },
    ...(see === undefined ? {} : { helpUri: see }),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function result(problem: Problem, names: readonly string[]): object {
  const { rule, severity, message, fix, file, line, column, endColumn, pointer } = problemRecord(problem);
  return {
    ruleId: rule,
    ruleIndex: names.indexOf(rule),
    level: LEVELS[severity],
    message: { text: `${message} ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column, ...(endColumn === undefined ? {} : { endColumn }) },
        },
        logicalLocations: [{ fullyQualifiedName: pointer === '' ? '/' : pointer }],
      },
    ],
  };
}

/** A path as a relative URI reference; a URL stays one. */
function uriOf(file: string): string {
  if (/^https?:/.test(file)) return file;
  const path = encodeURI(file.replaceAll('\\', '/')).replace(/[?#]/g, encodeURIComponent);
  return path.startsWith('/') ? `file://${path}` : path.replace(/^\.\//, '');
}
