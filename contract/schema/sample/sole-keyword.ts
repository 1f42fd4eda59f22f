/** Schemas that say one thing only, which under `not` is as good as a fact. */
import type { Schema } from '../../model.ts';

/** The one assertion of a schema, if it has just one; `none` when it asks nothing at all. */
export function soleKeyword(schema: Schema): keyof Schema | 'none' | undefined {
  let found: keyof Schema | 'none' = 'none';
  for (const keyword of ASSERTIONS) {
    const value = schema[keyword];
    if (value === undefined || value === false) continue;
    if (
      Array.isArray(value)
        ? value.length === 0 && LISTS.has(keyword)
        : value instanceof Map && value.size === 0
    )
      continue;
    if (found !== 'none') return undefined;
    found = keyword;
  }
  return found;
}

/** Absent when empty; an empty `enum` or `oneOf` is not. */
const LISTS: ReadonlySet<keyof Schema> = new Set<keyof Schema>(['required', 'allOf']);
const ASSERTIONS: readonly (keyof Schema)[] = [
  'reference',
  'dynamicReference',
  'types',
  'enum',
  'const',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'prefixItems',
  'items',
  'contains',
  'minItems',
  'maxItems',
  'uniqueItems',
  'unevaluatedItems',
  'properties',
  'patternProperties',
  'additionalProperties',
  'propertyNames',
  'required',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
];
