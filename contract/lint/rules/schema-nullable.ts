/** `nullable` where it does nothing: without a type beside it in 3.0, and anywhere from 3.1 on. */
import { joinPointer } from '../../json/pointer.ts';
import { own } from '../../json/value.ts';
import { isValid } from '../../schema/validate.ts';
import type { LintRule } from '../rule.ts';

export const schemaNullable: LintRule = {
  name: 'schema-nullable',
  severity: 'warning',
  title:
    '`nullable: true` has no effect, and null is not valid: in 3.0 it needs a `type` in the same schema, and from 3.1 on it is gone.',
  fix: 'In 3.0, write "type" beside it; from 3.1 on, write type: [string, "null"].',
  see: 'https://spec.openapis.org/oas/v3.0.4#schema-object',
  failing: `paths: {}
components:
  schemas:
    Nickname: { type: string, nullable: true }
`,
  passing: `paths: {}
components:
  schemas:
    Nickname: { type: [string, 'null'] }
`,
  check: ({ contract, schemas, rawAt }, report) => {
    if (contract.dialect === '2.0') return;
    for (const schema of schemas) {
      const { source } = schema;
      const raw = rawAt(source);
      // Where null is valid anyway, the author has what was meant.
      if (own(raw, 'nullable') !== true || isValid(schema, null)) continue;
      const place = { ...source, pointer: joinPointer(source.pointer, 'nullable') };
      if (contract.dialect !== '3.0') {
        report(place, `OpenAPI ${contract.dialect} has no "nullable", so null is not allowed here.`, {
          fix: 'Write null into the type: type: [string, "null"].',
        });
      } else if (own(raw, 'type') === undefined) {
        report(place, '"nullable" without "type" in the same schema has no effect in OpenAPI 3.0.', {
          fix: 'Write "type" beside it. Around a $ref, use a schema with nullable and oneOf or anyOf members that allow null.',
        });
      }
    }
  },
};
