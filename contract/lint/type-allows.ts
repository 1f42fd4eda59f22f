/** Does a list of types admit a value? A number without fraction is an integer too. */
import { type Json, type JsonType, jsonType } from '../json/value.ts';

export function typeAllows(types: readonly JsonType[], value: Json): boolean {
  const type = jsonType(value);
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}
