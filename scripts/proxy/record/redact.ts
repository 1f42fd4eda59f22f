/** Takes secrets out of a value that is to be written into a document, and puts harmless values in their place. */
import { isSecretName } from '../../../contract/http/secret-names.ts';
import { isArray, isObject, type Json, setOwn } from '../../../contract/json/value.ts';
import type { Schema } from '../../../contract/model.ts';
import { partsOf } from '../../../contract/plan/write-only.ts';
import { sample } from '../../../contract/schema/sample.ts';

/** What stands where no schema says what else might. */
const REDACTED = 'redacted';

/**
 * The value without what its schema calls `writeOnly` or a password, what has the name of a secret, and the texts that
 * `hide` knows.
 */
export function redacted(value: Json, schema: Schema | undefined, hide: (text: string) => string): Json {
  return redact(value, schemasOf(schema), { hide, found: [] }, false);
}

/** The texts in a value that its schema or a name calls secrets. */
export function secretsIn(value: Json, schema: Schema | undefined): readonly string[] {
  const found: string[] = [];
  redact(value, schemasOf(schema), { hide: text => text, found }, false);
  return found;
}

function schemasOf(schema: Schema | undefined): readonly Schema[] {
  return schema === undefined ? [] : partsOf([schema]);
}

interface Redaction {
  readonly hide: (text: string) => string;
  readonly found: string[];
}

function redact(value: Json, schemas: readonly Schema[], redaction: Redaction, secret: boolean): Json {
  const { hide, found } = redaction;
  if (secret || schemas.some(({ writeOnly, format }) => writeOnly || format === 'password')) {
    if (typeof value === 'string') found.push(value);
    return harmless(value, schemas);
  }
  if (typeof value === 'string') return hide(value) === value ? value : harmless(value, schemas);
  if (isArray(value)) {
    return value.map((item, index) => {
      const parts = schemas.flatMap(schema => schema.prefixItems?.[index] ?? schema.items ?? []);
      return redact(item, partsOf(parts), redaction, false);
    });
  }
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    const parts = partsOf(schemas.flatMap(schema => schema.properties.get(key) ?? []));
    // A flag such as `password: true` says nothing.
    const isSecret = isSecretName(key) && typeof member === 'string';
    setOwn(kept, key, redact(member, parts, redaction, isSecret));
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
