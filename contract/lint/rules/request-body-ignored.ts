/** A body on a method whose bodies have no meaning: clients, proxies and API Gateway may drop it. */
import type { LintRule } from '../rule.ts';

const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'TRACE']);

export const requestBodyIgnored: LintRule = {
  name: 'request-body-ignored',
  severity: 'warning',
  title: 'A GET, HEAD, DELETE or TRACE operation has a request body, which HTTP gives no meaning.',
  fix: 'Use POST, PUT or PATCH, or move the values into the query.',
  see: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3',
  failing: `paths:
  /pets:
    get:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '200': { description: All pets } }
`,
  passing: `paths:
  /pets/search:
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '200': { description: Pets that were found } }
`,
  check: ({ operations }, report) => {
    for (const { operation, kind } of operations) {
      if (kind !== 'path' || operation.requestBody === undefined || !BODILESS.has(operation.method)) continue;
      report(
        operation.requestBody.source,
        `${operation.key} has a request body; many clients and proxies drop it.`,
      );
    }
  },
};
