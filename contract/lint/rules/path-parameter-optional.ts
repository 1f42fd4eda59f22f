/** A path parameter without `required: true`: the specification demands the word, whatever it would mean. */
import { own } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';

export const pathParameterOptional: LintRule = {
  name: 'path-parameter-optional',
  severity: 'error',
  title: 'An `in: path` parameter does not say `required: true`. It is required all the same.',
  fix: 'Write "required: true" into the parameter.',
  see: 'https://spec.openapis.org/oas/v3.1.1#fixed-fields-for-use-with-schema-0',
  failing: `paths:
  /pets/{petId}:
    get:
      parameters: [{ name: petId, in: path, schema: { type: string } }]
      responses: { '200': { description: One pet } }
`,
  passing: `paths:
  /pets/{petId}:
    get:
      parameters: [{ name: petId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One pet } }
`,
  check: ({ parameters, rawAt }, report) => {
    for (const { in: location, name, source } of parameters) {
      if (location === 'path' && own(rawAt(source), 'required') !== true) {
        report(source, `The path parameter "${name}" does not say "required: true".`);
      }
    }
  },
};
