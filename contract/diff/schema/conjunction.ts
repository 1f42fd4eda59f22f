/**
 * Schemas that hold together, seen as one: what they say of a value between them, however `$ref` and `allOf` share it
 * out. This is what makes a document equal to its upgrade and a model equal to its parts.
 */
import type { Json, JsonType } from '../../json/value.ts';
import { isArray, jsonType } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { compilePattern } from '../../schema/pattern/match.ts';
import type { Direction } from '../../schema/run.ts';
import { inPlaceSubschemas } from '../../schema/subschemas.ts';
import { isValid } from '../../schema/validate.ts';
import { below, type Source } from '../../source.ts';
import type { Conjunction } from './finding.ts';

/** The kinds of values a schema may allow; a number is an integer or a fraction. */
export type Atom = 'null' | 'boolean' | 'integer' | 'fraction' | 'string' | 'array' | 'object';

export const ATOMS: readonly Atom[] = ['null', 'boolean', 'integer', 'fraction', 'string', 'array', 'object'];

/** The schemas with all that `$ref`, `allOf` and unions of one member add to them, each once. */
export function partsTogether({ schemas }: Conjunction): readonly Schema[] {
  const parts = new Set<Schema>(schemas);
  for (const part of parts) {
    for (const other of part.allOf) parts.add(other);
    if (part.reference !== undefined) parts.add(part.reference);
    if (part.dynamicReference !== undefined) parts.add(part.dynamicReference.target);
    if (part.discriminator !== undefined) continue;
    for (const union of [part.anyOf, part.oneOf]) {
      const [only] = union ?? [];
      if (union?.length === 1 && only !== undefined) parts.add(only);
    }
  }
  return [...parts];
}

/** True when one of the schemas is `false`. */
export function isNever({ schemas }: Conjunction): boolean {
  return schemas.some(({ always }) => always === false);
}

/** The kinds of values that the parts allow together, by `type`, `enum` and `const`. */
export function atomsOf(parts: readonly Schema[]): ReadonlySet<Atom> {
  let atoms = new Set<Atom>(ATOMS);
  for (const part of parts) {
    if (part.always === false) return new Set();
    if (part.types !== undefined) atoms = atoms.intersection(new Set(part.types.flatMap(atomsOfType)));
    const listed = listedValues(part);
    if (listed !== undefined) atoms = atoms.intersection(new Set(listed.map(atomOf)));
  }
  return atoms;
}

function atomsOfType(type: JsonType): readonly Atom[] {
  return type === 'number' ? ['integer', 'fraction'] : [type];
}

function atomOf(value: Json): Atom {
  const type = jsonType(value);
  return type === 'number' ? 'fraction' : type;
}

/** The values that a schema lists itself. */
function listedValues({ enum: listed, const: constant }: Schema): readonly Json[] | undefined {
  return constant === undefined ? listed : [constant.value];
}

/** All values that are valid, when the parts list them. */
export function finiteValues(
  conjunction: Conjunction,
  parts: readonly Schema[],
  direction: Direction,
): readonly Json[] | undefined {
  const listing = parts.find(part => listedValues(part) !== undefined);
  if (listing === undefined) return undefined;
  return listedValues(listing)?.filter(value => allows(conjunction, value, direction));
}

/** True when the value is valid against all of the schemas. */
export function allows({ schemas }: Conjunction, value: Json, direction: Direction): boolean {
  return schemas.every(schema => isValid(schema, value, direction));
}

/** Where the first part that has the keyword writes it; else the place of the whole. */
export function placeOf(
  parts: readonly Schema[],
  conjunction: Conjunction,
  ...keywords: readonly (keyof Schema)[]
): Source {
  for (const part of parts) {
    for (const keyword of keywords) {
      const value = part[keyword];
      if (value === undefined || value === false || (isArray(value as Json) && (value as []).length === 0))
        continue;
      return below(part.source, keyword === 'types' ? 'type' : keyword);
    }
  }
  return sourceOf(conjunction);
}

/** The first schema's place, or where the reader is sent for want of one. */
export function sourceOf({ schemas, at }: Conjunction): Source {
  return schemas[0]?.source ?? at;
}

/** What the parts say of a property of this name. */
export function propertyOf(parts: readonly Schema[], name: string, at: Source): Conjunction {
  const schemas: Schema[] = [];
  for (const part of parts) {
    const own = part.properties.get(name);
    const matching = matchingPatterns(part, name);
    if (own !== undefined) schemas.push(own);
    schemas.push(...matching);
    if (own !== undefined || matching.length > 0) continue;
    if (part.additionalProperties !== undefined) schemas.push(part.additionalProperties);
    else if (part.unevaluatedProperties !== undefined && !isEvaluated(part, name))
      schemas.push(part.unevaluatedProperties);
  }
  return { schemas: [...new Set(schemas)], at };
}

function matchingPatterns({ patternProperties }: Schema, name: string): readonly Schema[] {
  return [...patternProperties].flatMap(([pattern, schema]) => {
    const compiled = compilePattern(pattern);
    return compiled.kind !== 'fault' && compiled.test(name) ? [schema] : [];
  });
}

/** True when a schema that holds together with this one looks at the property, so that it is not left over. */
function isEvaluated(schema: Schema, name: string): boolean {
  return partsTogether({ schemas: [schema], at: schema.source }).some(
    part =>
      part.properties.has(name) ||
      matchingPatterns(part, name).length > 0 ||
      part.additionalProperties !== undefined,
  );
}

/** What the parts say of properties that nobody names. */
export function restOf(parts: readonly Schema[], at: Source): Conjunction {
  const schemas = parts.flatMap(part => {
    if (part.additionalProperties !== undefined) return [part.additionalProperties];
    return part.unevaluatedProperties === undefined ? [] : [part.unevaluatedProperties];
  });
  return { schemas: [...new Set(schemas)].filter(({ always }) => always !== true), at };
}

/** Every name of a property that the schemas mention for this value, in unions and conditions too. */
export function namesMentioned(schemas: readonly Schema[]): ReadonlySet<string> {
  const seen = new Set<Schema>(schemas);
  const names = new Set<string>();
  for (const schema of seen) {
    for (const name of [...schema.properties.keys(), ...schema.required]) names.add(name);
    for (const [name, others] of schema.dependentRequired)
      for (const one of [name, ...others]) names.add(one);
    for (const name of schema.dependentSchemas.keys()) names.add(name);
    for (const other of inPlaceSubschemas(schema)) seen.add(other);
  }
  return names;
}
