/** The places in a document that constrain what an operation may be sent: each keyword of each request schema. */
import { joinPointer } from '../contract/json/pointer.ts';
import type { Operation, Schema } from '../contract/model.ts';
import { reachableSchemas } from '../contract/schema/subschemas.ts';
import type { Source } from '../contract/source.ts';

export interface ConstraintPlace {
  readonly keyword: string;
  readonly source: Source;
}

/** Each place once, parameters first, in the order in which schemas lead to each other. */
export function constraintPlaces(operation: Operation): readonly ConstraintPlace[] {
  const roots = [
    ...operation.parameters.map(({ schema, content }) => schema ?? content?.schema),
    ...(operation.requestBody?.content ?? []).map(({ schema }) => schema),
  ].filter(schema => schema !== undefined);
  const found = new Map<string, ConstraintPlace>();
  const seen = new Set<Schema>();
  for (const root of roots) {
    for (const schema of reachableSchemas(root)) {
      if (seen.has(schema) || schema.readOnly) continue;
      seen.add(schema);
      const { document, pointer } = schema.source;
      for (const keyword of keywordsOf(schema)) {
        const source = { document, pointer: joinPointer(pointer, keyword) };
        found.set(`${document.uri}#${source.pointer}`, { keyword, source });
      }
    }
  }
  return [...found.values()];
}

/** The keywords that a value can break by itself; those that only lead to other schemas are found there. */
function keywordsOf(schema: Schema): readonly string[] {
  if (schema.always !== undefined) return [];
  const found: string[] = [];
  if (schema.types !== undefined) found.push('type');
  for (const keyword of SCALAR) if (schema[keyword] !== undefined) found.push(keyword);
  if (schema.uniqueItems) found.push('uniqueItems');
  if (schema.required.length > 0) found.push('required');
  if (schema.dependentRequired.size > 0) found.push('dependentRequired');
  if (schema.additionalProperties?.always === false) found.push('additionalProperties');
  return found;
}

const SCALAR = [
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
  'minItems',
  'maxItems',
  'contains',
  'minProperties',
  'maxProperties',
  'propertyNames',
  'not',
] as const satisfies readonly (keyof Schema)[];
