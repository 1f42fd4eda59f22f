/** An operation that can only fail. */
import type { LintRule } from '../rule.ts';

export const responseSuccessMissing: LintRule = {
  name: 'response-success-missing',
  severity: 'warning',
  title: 'An operation has only responses of errors (4XX, 5XX).',
  fix: 'Describe what it answers when it succeeds.',
  see: 'https://spec.openapis.org/oas/v3.1.1#responses-object',
  failing: `paths:
  /pets:
    get: { responses: { '404': { description: No pets } } }
`,
  passing: `paths:
  /pets:
    get: { responses: { '200': { description: All pets }, '404': { description: No pets } } }
`,
  check: ({ operations }, report) => {
    for (const { operation, kind } of operations) {
      const { responses } = operation;
      if (kind !== 'path' || responses.length === 0 || !responses.every(({ status }) => /^[45]/.test(status)))
        continue;
      report(operation.source, `${operation.key} has only responses of errors.`);
    }
  },
};
