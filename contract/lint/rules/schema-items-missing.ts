/** An array that does not say what is in it: 2.0 and 3.0 insist on `items`. */
import { own } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';

export const schemaItemsMissing: LintRule = {
  name: 'schema-items-missing',
  severity: 'error',
  title: 'A schema of type array has no `items`, which 2.0 and 3.0 require.',
  fix: 'Write "items", with the schema of one item; "items: {}" allows anything.',
  see: 'https://spec.openapis.org/oas/v3.0.4#schema-object',
  failing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths: {}
components:
  schemas:
    Names: { type: array }
`,
  passing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths: {}
components:
  schemas:
    Names: { type: array, items: { type: string } }
`,
  check: ({ contract, schemas, rawAt }, report) => {
    if (contract.dialect !== '2.0' && contract.dialect !== '3.0') return;
    for (const { types, items, source } of schemas) {
      if (
        types?.includes('array') === true &&
        items === undefined &&
        own(rawAt(source), 'items') === undefined
      ) {
        report(source, 'This is an array without "items".');
      }
    }
  },
};
