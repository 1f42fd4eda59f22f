/** Content under a status that never carries any. */
import type { LintRule } from '../rule.ts';

export const responseBodyForbidden: LintRule = {
  name: 'response-body-forbidden',
  severity: 'warning',
  title: 'A response with status 1xx, 204, 205 or 304 has content, which HTTP cannot send.',
  fix: 'Remove the content, or use another status such as 200.',
  see: 'https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1',
  failing: `paths:
  /pets:
    delete:
      responses: { '204': { description: Gone, content: { application/json: { schema: { type: object } } } } }
`,
  passing: `paths:
  /pets:
    delete: { responses: { '204': { description: Gone } } }
`,
  check: ({ responses }, report) => {
    for (const { status, content, source } of responses) {
      if (content.length > 0 && /^(1..|204|205|304)$/.test(status)) {
        report(source, `A response with status ${status} has no body, so its content is never sent.`);
      }
    }
  },
};
