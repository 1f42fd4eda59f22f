/** A default that its own schema refuses. */
import { joinPointer } from '../../json/pointer.ts';
import type { LintRule } from '../rule.ts';
import { leastViolations } from '../violations.ts';

export const defaultInvalid: LintRule = {
  name: 'default-invalid',
  severity: 'error',
  title: 'The `default` of a schema is not valid against that schema.',
  fix: 'Correct the default, or the schema.',
  see: 'https://spec.openapis.org/oas/v3.0.4#schema-object',
  failing: `paths: {}
components:
  schemas:
    Limit: { type: integer, maximum: 100, default: 500 }
`,
  passing: `paths: {}
components:
  schemas:
    Limit: { type: integer, maximum: 100, default: 50 }
`,
  check: ({ schemas }, report) => {
    for (const schema of schemas) {
      if (schema.default === undefined) continue;
      const pointer = joinPointer(schema.source.pointer, 'default');
      for (const violation of leastViolations(schema, schema.default.value, undefined)) {
        report(
          { ...schema.source, pointer: pointer + violation.instance },
          `The default does not fit its schema: ${violation.instance === '' ? 'it' : violation.instance} ${violation.message}.`,
        );
      }
    }
  },
};
