/** Values of an enum that the type beside it forbids. */
import { joinPointer } from '../../json/pointer.ts';
import { jsonType } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';
import { typeAllows } from '../type-allows.ts';

export const schemaEnumType: LintRule = {
  name: 'schema-enum-type',
  severity: 'warning',
  title:
    'A value of an `enum` is forbidden by the `type` beside it, so it is never valid. An error when that leaves no value at all.',
  fix: 'Write the value in the schema’s type (mind quotes), or widen the type.',
  see: 'https://spec.openapis.org/oas/v3.0.4#schema-object',
  failing: `paths: {}
components:
  schemas:
    Size: { type: string, enum: [small, 2] }
`,
  passing: `paths: {}
components:
  schemas:
    Size: { type: string, enum: [small, '2'] }
`,
  check: ({ schemas }, report) => {
    for (const { types, enum: values, source } of schemas) {
      if (types === undefined || values === undefined) continue;
      const forbidden = [...values.entries()].filter(([, value]) => !typeAllows(types, value));
      for (const [index, value] of forbidden) {
        const place = { ...source, pointer: joinPointer(source.pointer, 'enum', index) };
        const message = `${JSON.stringify(value, bigintAsText)} is ${article(jsonType(value))}, and the type here is ${types.join(' or ')}.`;
        report(place, message, forbidden.length === values.length ? { severity: 'error' } : {});
      }
    }
  },
};

function article(type: string): string {
  return type === 'null' ? 'null' : /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
