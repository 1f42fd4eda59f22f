/** Problems as annotations of GitHub Actions. */
import type { Problem, Severity } from '../../contract/problem.ts';
import { type Annotation, workflowCommand } from '../../contract-tests/workflow-commands.ts';
import { problemRecord } from './problem-record.ts';

const LEVELS: Readonly<Record<Severity, Annotation['level']>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/** One command a line. */
export function githubProblems(problems: readonly Problem[]): string {
  return problems
    .map(problem => {
      const { rule, severity, message, fix, ...place } = problemRecord(problem);
      return workflowCommand({
        ...place,
        level: LEVELS[severity],
        title: rule,
        message: `${message} ${fix}`,
      });
    })
    .join('');
}
