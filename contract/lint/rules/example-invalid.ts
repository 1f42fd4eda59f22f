/**
 * Every example against its schema: of parameters, headers, media types and schemas. An example is what people copy
 * and what a mock answers, so a wrong one is a wrong document.
 */

import { exampleUses } from '../example-uses.ts';
import type { LintRule, Report } from '../rule.ts';
import type { Survey } from '../survey.ts';
import { leastViolations } from '../violations.ts';

export const exampleInvalid: LintRule = {
  name: 'example-invalid',
  severity: 'error',
  title:
    'An example is not valid against the schema it illustrates. Examples in requests may leave out what is `readOnly`, those in responses what is `writeOnly`; an example beside a schema may do either.',
  fix: 'Correct the example, or the schema if the example is what is meant.',
  see: 'https://spec.openapis.org/oas/v3.1.1#example-object',
  failing: `paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets
          content:
            application/json:
              schema: { type: array, items: { type: object, required: [id] } }
              example: [{ id: 1 }, { name: Rex }]
`,
  passing: `paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets
          content:
            application/json:
              schema: { type: array, items: { type: object, required: [id] } }
              example: [{ id: 1 }, { id: 2, name: Rex }]
`,
  check: checkExamples,
};

function checkExamples(survey: Survey, report: Report): void {
  for (const { schema, value, way, source, called } of exampleUses(survey)) {
    for (const { instance, message } of leastViolations(schema, value, way)) {
      const place = { ...source, pointer: source.pointer + instance };
      report(place, `${called} does not fit its schema: ${instance === '' ? 'it' : instance} ${message}.`);
    }
  }
}
