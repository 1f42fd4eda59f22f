/**
 * Where a schema leaves a choice: `anyOf`, `oneOf`, `if`, `dependentSchemas`, and a discriminator whose subtypes
 * stand elsewhere. Each becomes a list of alternatives in the same words, so that one search serves them all.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-10.2
 */
import type { Json, JsonType } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { blank } from './blank.ts';

/** One way to satisfy a choice. */
export interface Alternative {
  /** Must hold as well. */
  readonly schemas: readonly Schema[];
  /** Must not hold. */
  readonly nots: readonly Schema[];
  /** A property that should have this value. */
  readonly pin?: { readonly name: string; readonly value: Json };
  /** A property that must be there. */
  readonly require?: string;
  /** A property that must not be there. */
  readonly forbid?: string;
}

export interface Choice {
  readonly keyword: 'anyOf' | 'oneOf' | 'if' | 'not' | 'dependentSchemas' | 'discriminator';
  readonly schema: Schema;
  readonly alternatives: readonly Alternative[];
}

const known = new WeakMap<Schema, readonly Choice[]>();
const NONE: readonly never[] = [];
const NO_OBJECT: readonly JsonType[] = ['string', 'number', 'array', 'boolean', 'null'];

/** The choices of one schema, always the same objects, so that a choice can be remembered as made. */
export function choicesOf(schema: Schema): readonly Choice[] {
  if (schema.always !== undefined || !hasChoices(schema)) return NONE;
  let choices = known.get(schema);
  if (choices === undefined) {
    choices = find(schema);
    known.set(schema, choices);
  }
  return choices;
}

/** Most schemas have none, and are not worth an entry each. */
function hasChoices(schema: Schema): boolean {
  return (
    schema.oneOf !== undefined ||
    schema.anyOf !== undefined ||
    schema.if !== undefined ||
    schema.discriminator !== undefined ||
    schema.dependentSchemas.size > 0
  );
}

function find(schema: Schema): readonly Choice[] {
  const { anyOf, oneOf, dependentSchemas, discriminator } = schema;
  const test = schema.if;
  const choices: Choice[] = [];
  if (oneOf !== undefined) {
    choices.push({
      keyword: 'oneOf',
      schema,
      alternatives: oneOf.map((member, index) =>
        tagged(schema, { schemas: [member], nots: oneOf.filter((_, other) => other !== index) }, member),
      ),
    });
  }
  if (anyOf !== undefined) {
    choices.push({
      keyword: 'anyOf',
      schema,
      alternatives: anyOf.map(member => tagged(schema, { schemas: [member], nots: NONE }, member)),
    });
  }
  if (test !== undefined && (schema.then !== undefined || schema.else !== undefined)) {
    choices.push({
      keyword: 'if',
      schema,
      alternatives: [
        { schemas: schema.then === undefined ? [test] : [test, schema.then], nots: NONE },
        { schemas: schema.else === undefined ? NONE : [schema.else], nots: [test] },
      ],
    });
  }
  for (const [name, dependent] of dependentSchemas) {
    choices.push({
      keyword: 'dependentSchemas',
      schema,
      alternatives: [
        { schemas: [dependent], nots: NONE, require: name },
        { schemas: NONE, nots: NONE, forbid: name },
        // Only objects are asked; where another type may stand, it is a third way.
        ...(schema.types?.every(type => type === 'object')
          ? NONE
          : [{ schemas: [blank(schema.source, { types: NO_OBJECT })], nots: NONE }]),
      ],
    });
  }
  if (
    discriminator !== undefined &&
    oneOf === undefined &&
    anyOf === undefined &&
    discriminator.mapping.size > 0
  ) {
    const subtypes = [...discriminator.mapping].map(
      ([value, target]): Alternative => ({
        schemas: [target],
        nots: NONE,
        pin: { name: discriminator.propertyName, value },
      }),
    );
    // The base by itself comes last: a tag that no subtype has is legal, but nobody's idea of an example.
    choices.push({
      keyword: 'discriminator',
      schema,
      alternatives: [...subtypes, { schemas: NONE, nots: NONE }],
    });
  }
  return choices;
}

function tagged(schema: Schema, alternative: Alternative, member: Schema): Alternative {
  const { discriminator } = schema;
  if (discriminator === undefined) return alternative;
  for (const [value, target] of discriminator.mapping) {
    if (target === member) return { ...alternative, pin: { name: discriminator.propertyName, value } };
  }
  return alternative;
}
