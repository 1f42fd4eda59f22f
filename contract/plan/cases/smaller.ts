/**
 * Leaves out of a wrong body what has nothing to do with what is wrong, so that a failure shows a request that a person
 * can take in. Only the members of the outermost object are looked at.
 */
import { pointerTokens } from '../../json/pointer.ts';
import { isObject, type Json, type JsonObject, setOwn } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { isValid } from '../../schema/validate.ts';

/** Makes a wrong value smaller; gives the value back where it would no longer be wrong, or be wrong in another way. */
export type Smaller = (value: Json, instance: string) => Json;

/**
 * @param full - the valid value that was broken
 * @param least - a valid value with the required members only
 */
export function newSmaller(schema: Schema, full: Json | undefined, least: Json | undefined): Smaller {
  if (!isObject(full) || !isObject(least)) return value => value;
  const needed = new Set(Object.keys(least));
  const allowed = new Map<string, boolean>();
  /** Whether the full value may be cut down to what is needed and one member more. */
  const mayStandAlone = (member: string): boolean => {
    let known = allowed.get(member);
    if (known === undefined) {
      known = isValid(
        schema,
        pick(full, key => key === member || needed.has(key)),
        'request',
      );
      allowed.set(member, known);
    }
    return known;
  };
  return (value, instance) => {
    const [member] = pointerTokens(instance);
    if (!isObject(value) || member === undefined || !mayStandAlone(member)) return value;
    // What was added to the full value is what is wrong with it.
    const small = pick(value, key => key === member || needed.has(key) || !Object.hasOwn(full, key));
    return isValid(schema, small, 'request') ? value : small;
  };
}

function pick(object: JsonObject, wanted: (key: string) => boolean): JsonObject {
  const picked: Record<string, Json> = {};
  for (const key of Object.keys(object)) if (wanted(key)) setOwn(picked, key, object[key] as Json);
  return picked;
}
