/** Bounds that contradict each other: no value lies between them. */
import { joinPointer } from '../../json/pointer.ts';
import type { Schema } from '../../model.ts';
import type { LintRule } from '../rule.ts';

type Bound = number | bigint | undefined;

export const schemaBounds: LintRule = {
  name: 'schema-bounds',
  severity: 'error',
  title: 'A lower bound is above its upper bound (`minLength` and `maxLength`, `minimum` and `maximum`, …).',
  fix: 'Correct one of the two bounds.',
  see: 'https://json-schema.org/draft/2020-12/json-schema-validation#section-6',
  failing: `paths: {}
components:
  schemas:
    Age: { type: integer, minimum: 30, maximum: 3 }
`,
  passing: `paths: {}
components:
  schemas:
    Age: { type: integer, minimum: 3, maximum: 30 }
`,
  check: ({ schemas }, report) => {
    for (const schema of schemas) {
      for (const [low, high] of contradictions(schema)) {
        const place = { ...schema.source, pointer: joinPointer(schema.source.pointer, low) };
        report(place, `"${low}" and "${high}" leave no value between them.`);
      }
    }
  },
};

function contradictions(schema: Schema): readonly [string, string][] {
  const found: [string, string][] = [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const above = (a: Bound, b: Bound): boolean => a !== undefined && b !== undefined && a > b;
  const reaches = (a: Bound, b: Bound): boolean => a !== undefined && b !== undefined && a >= b;
  if (above(minimum, maximum)) found.push(['minimum', 'maximum']);
  if (reaches(exclusiveMinimum, maximum)) found.push(['exclusiveMinimum', 'maximum']);
  if (reaches(minimum, exclusiveMaximum)) found.push(['minimum', 'exclusiveMaximum']);
  if (reaches(exclusiveMinimum, exclusiveMaximum)) found.push(['exclusiveMinimum', 'exclusiveMaximum']);
  if (above(schema.minLength, schema.maxLength)) found.push(['minLength', 'maxLength']);
  if (above(schema.minItems, schema.maxItems)) found.push(['minItems', 'maxItems']);
  if (above(schema.minProperties, schema.maxProperties)) found.push(['minProperties', 'maxProperties']);
  if (above(schema.contains && (schema.minContains ?? 1), schema.maxContains))
    found.push(['minContains', 'maxContains']);
  if (above(new Set(schema.required).size, schema.maxProperties)) found.push(['required', 'maxProperties']);
  return found;
}
