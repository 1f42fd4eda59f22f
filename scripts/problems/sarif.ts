/** Problems as SARIF 2.1.0. */
import { PROBLEM_RULES } from '../../contract/lint/problem-rules.ts';
import type { Problem, Severity } from '../../contract/problem.ts';
import { type SarifLevel, type SarifRule, sarifLog } from '../../contract-tests/sarif-log.ts';
import { problemRecord } from './problem-record.ts';

const LEVELS: Readonly<Record<Severity, SarifLevel>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  note: 'note',
};

/** One log with one run; only the rules that were broken are described in it. */
export function sarifProblems(problems: readonly Problem[]): string {
  const names = [...new Set(problems.map(({ rule }) => rule))].toSorted();
  return sarifLog(
    names.map(describeRule),
    problems.map(problem => {
      const { rule, severity, message, fix, ...place } = problemRecord(problem);
      return { ...place, rule, level: LEVELS[severity], message: `${message} ${fix}` };
    }),
  );
}

function describeRule(name: string): SarifRule {
  const rule = PROBLEM_RULES.find(candidate => candidate.name === name);
  if (rule === undefined) return { id: name };
  const { title, fix, severity, see } = rule;
  return {
    id: name,
    title,
    help: fix,
    ...(see === undefined ? {} : { helpUri: see }),
    level: LEVELS[severity],
  };
}
