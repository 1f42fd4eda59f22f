/** The type of a value, by draft 4: what is written without fraction and exponent is an integer. */
import { Double, isList, isMap, type Value } from '../../vtl/values.ts';
import type { JsonType } from './schema-check.ts';

export function typeOf(value: Value): JsonType {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return 'string';
  if (value instanceof Double) return 'number';
  if (typeof value === 'number' || typeof value === 'bigint') return 'integer';
  return isList(value) ? 'array' : isMap(value) ? 'object' : 'null';
}

/** In the order in which the Java validator names them. */
export const TYPES: readonly JsonType[] = [
  'array',
  'boolean',
  'integer',
  'null',
  'number',
  'object',
  'string',
];
