/**
 * An environment with values that people have filled in. They stay, since a value may be known nowhere else; that a secret
 * stands in a file is told, never the secret.
 */
import { isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';

export interface MergedEnvironment {
  readonly environment: JsonObject;
  readonly notes: readonly string[];
}

export function mergeEnvironment(before: Json, made: JsonObject): MergedEnvironment {
  const old = valuesOf(before);
  const fresh = valuesOf(made);
  const known = new Map(old.map(one => [own(one, 'key'), one]));
  const names = new Set(fresh.map(one => own(one, 'key')));
  const filled: string[] = [];
  const values = fresh.map(one => {
    const given = own(known.get(own(one, 'key')), 'value');
    if (given === undefined || !isOwn(given, own(one, 'value'))) return one;
    if (own(one, 'type') === 'secret') filled.push(String(own(one, 'key')));
    return { ...one, value: given };
  });
  const others = old.filter(one => !names.has(own(one, 'key')) && own(one, 'value') !== '');
  for (const one of others) if (own(one, 'type') === 'secret') filled.push(String(own(one, 'key')));
  return {
    environment: { ...made, values: [...values, ...others] },
    notes:
      filled.length === 0
        ? []
        : [
            `holds the value of ${filled.join(', ')}, which stays. Files get committed: give it with --env-var, and take it out`,
          ],
  };
}

/** Somebody has filled in what was empty, or turned an address to another server. */
function isOwn(given: Json, fresh: Json | undefined): boolean {
  if (given === fresh || given === '') return false;
  return fresh === '' || originOf(given) !== originOf(fresh);
}

function originOf(value: Json | undefined): string {
  const text = String(value);
  return URL.canParse(text) ? new URL(text).origin : text;
}

function valuesOf(environment: Json): readonly JsonObject[] {
  const values = own(environment, 'values');
  return isArray(values) ? values.filter(isObject) : [];
}
