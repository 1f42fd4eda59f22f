/** Schemas that provably admit no value, for reasons of more than one keyword or schema. */
import { joinPointer } from '../../json/pointer.ts';
import { type JsonType, jsonEqual } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import type { LintRule } from '../rule.ts';
import { typeAllows } from '../type-allows.ts';

export const schemaNothing: LintRule = {
  name: 'schema-nothing',
  severity: 'error',
  title:
    'A schema admits no value: the types or values that its `allOf` members allow have nothing in common, or its `enum` is empty.',
  fix: 'Take one of the contradicting keywords away.',
  see: 'https://json-schema.org/draft/2020-12/json-schema-core#section-10.2.1.1',
  failing: `paths: {}
components:
  schemas:
    Id: { allOf: [{ type: string }, { type: integer }] }
`,
  passing: `paths: {}
components:
  schemas:
    Id: { oneOf: [{ type: string }, { type: integer }] }
`,
  check: ({ schemas }, report) => {
    for (const schema of schemas) {
      const { source } = schema;
      const at = (keyword: string): typeof source => ({
        ...source,
        pointer: joinPointer(source.pointer, keyword),
      });
      if (schema.enum?.length === 0) {
        report(at('enum'), 'An empty "enum" admits no value.', {
          fix: 'List the allowed values, or remove "enum".',
        });
      }
      const { const: constant, enum: values, types } = schema;
      if (
        constant !== undefined &&
        values !== undefined &&
        !values.some(value => jsonEqual(value, constant.value))
      ) {
        report(at('const'), 'The "const" is not among the values of the "enum" beside it.');
      }
      if (constant !== undefined && types !== undefined && !typeAllows(types, constant.value)) {
        report(at('const'), `The "const" is not of the type beside it, ${types.join(' or ')}.`);
      }
      if (schema.allOf.length === 0) continue;
      const lists = typesOfAll(schema, new Set());
      if (lists.length > 1 && lists.reduce(common).length === 0) {
        report(
          at('allOf'),
          `What all members allow has no type in common: ${lists.map(list => list.join(' or ')).join(', ')}.`,
        );
      }
    }
  },
};

/** Every `types` that a value must satisfy at once. */
function typesOfAll(schema: Schema, seen: Set<Schema>): (readonly JsonType[])[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const parts = [...schema.allOf, ...(schema.reference === undefined ? [] : [schema.reference])];
  const own = schema.types === undefined ? [] : [schema.types];
  return [...own, ...parts.flatMap(part => typesOfAll(part, seen))];
}

function common(a: readonly JsonType[], b: readonly JsonType[]): readonly JsonType[] {
  return [
    ...a.filter(type => b.includes(type) || (type === 'integer' && b.includes('number'))),
    ...b.filter(type => type === 'integer' && a.includes('number') && !a.includes('integer')),
  ];
}
