/** An operation that says nothing about its answers: nothing can be mocked or checked. */
import { isObject, own } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';

export const responsesMissing: LintRule = {
  name: 'responses-missing',
  severity: 'error',
  title:
    'An operation has no responses. Only a warning from 3.1 on, which allows that, and where API Gateway serves the operation, which accepts it.',
  fix: 'Describe at least one response.',
  see: 'https://spec.openapis.org/oas/v3.0.4#responses-object',
  failing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get: { responses: {} }
`,
  passing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get: { responses: { '200': { description: All pets } } }
`,
  check: ({ contract, operations, rawAt }, report) => {
    const modern = contract.dialect === '3.1' || contract.dialect === '3.2';
    for (const { operation } of operations) {
      if (operation.responses.length > 0) continue;
      // Responses that are there and cannot be read have problems of their own.
      const written = own(rawAt(operation.source), 'responses');
      if (isObject(written) && Object.keys(written).some(key => !key.startsWith('x-'))) continue;
      const optional =
        modern || operation.method === 'ANY' || operation.extensions.has('x-amazon-apigateway-integration');
      report(operation.source, `${operation.key} has no responses.`, optional ? { severity: 'warning' } : {});
    }
  },
};
