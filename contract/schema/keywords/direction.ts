/**
 * What `readOnly` and `writeOnly` change: a property that does not travel in a direction is not required there.
 * Whether one that was sent should have been sent is not a schema's question.
 *
 * @see https://spec.openapis.org/oas/v3.0.4#fixed-fields-for-use-with-schema-object-vocabulary
 */
import type { Schema } from '../../model.ts';
import type { Direction } from '../run.ts';

const NONE: ReadonlySet<string> = new Set();

/** The names of properties, declared by the schema or by what it combines, that the direction leaves out. */
export function relaxedNames(schema: Schema, direction: Direction | undefined): ReadonlySet<string> {
  if (direction === undefined) return NONE;
  const names = new Set<string>();
  for (const part of combined(schema)) {
    for (const [name, property] of part.properties) {
      if (staysOut(property, direction)) names.add(name);
    }
  }
  return names;
}

/** True for a property that the direction leaves out; what a reference or `allOf` says of it counts. */
function staysOut(property: Schema, direction: Direction): boolean {
  for (const part of combined(property)) {
    if (direction === 'request' ? part.readOnly : part.writeOnly) return true;
  }
  return false;
}

/** The schema, and through `$ref` and `allOf` all that hold together with it. */
function combined(schema: Schema): ReadonlySet<Schema> {
  const parts = new Set<Schema>([schema]);
  for (const part of parts) {
    for (const other of part.allOf) parts.add(other);
    if (part.reference !== undefined) parts.add(part.reference);
  }
  return parts;
}
