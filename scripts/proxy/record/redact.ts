/** Takes secrets out of a value that is to be written into a document, and puts harmless values in their place. */
import { isArray, isObject, type Json, setOwn } from '../../../contract/json/value.ts';
import type { Schema } from '../../../contract/model.ts';
import { partsOf } from '../../../contract/plan/write-only.ts';
import { sample } from '../../../contract/schema/sample.ts';

/** What stands where no schema says what else might. */
const REDACTED = 'redacted';

/** Names that give a secret away where no schema does. */
const SECRET_NAME =
  /^(pass(word|wd|phrase)?|secret|client[-_]?secret|(access|refresh|id|auth|session|csrf)?[-_]?token|api[-_]?key|private[-_]?key|authorization|cookie|credit[-_]?card|cvv|ssn)$/i;

/** Whether what is called so is somebody's secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) || /^x-api-key$/i.test(name);
}

/**
 * The value without what its schema calls `writeOnly` or a password, what has the name of a secret, and the texts that
 * `hide` knows.
 */
export function redacted(value: Json, schema: Schema | undefined, hide: (text: string) => string): Json {
  return redact(value, schema === undefined ? [] : partsOf([schema]), hide, false);
}

function redact(
  value: Json,
  schemas: readonly Schema[],
  hide: (text: string) => string,
  secret: boolean,
): Json {
  if (secret || schemas.some(({ writeOnly, format }) => writeOnly || format === 'password')) {
    return harmless(value, schemas);
  }
  if (typeof value === 'string') return hide(value) === value ? value : harmless(value, schemas);
  if (isArray(value)) {
    return value.map((item, index) => {
      const parts = schemas.flatMap(schema => schema.prefixItems?.[index] ?? schema.items ?? []);
      return redact(item, partsOf(parts), hide, false);
    });
  }
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    const parts = partsOf(schemas.flatMap(schema => schema.properties.get(key) ?? []));
    // A flag such as `password: true` says nothing.
    const isSecret = isSecretName(key) && typeof member === 'string';
    setOwn(kept, key, redact(member, parts, hide, isSecret));
  }
  return kept;
}

function harmless(value: Json, schemas: readonly Schema[]): Json {
  for (const schema of schemas) {
    const made = sample(schema);
    if ('value' in made) return made.value;
  }
  return typeof value === 'string' ? REDACTED : typeof value === 'number' ? 0 : null;
}
