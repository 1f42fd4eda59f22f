/**
 * Which member of a union a tag selects.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#discriminator-object
 */
import type { Discriminator, Schema } from '../../model.ts';

export interface Selection {
  readonly propertyName: string;
  /** By tag. Made on first use: it reads every member. */
  readonly members: () => ReadonlyMap<string, Schema>;
  /** For values that nothing else names. */
  readonly fallback: Schema | undefined;
  /** True when every member can be selected by some tag. */
  readonly complete: () => boolean;
  /** True when the tag is required, by the schema itself or by any of its members. */
  readonly required: () => boolean;
}

/** The selection that a discriminator makes among members; undefined when no tag can be told for any of them. */
export function discriminatorOf(
  schema: Schema,
  discriminator: Discriminator,
  members: readonly Schema[],
): Selection | undefined {
  const { propertyName, defaultMapping } = discriminator;
  const byTag = new Map<string, Schema>();
  for (const [tag, target] of discriminator.mapping) {
    const member = memberFor(target, members);
    // A mapping to a schema outside the union selects nothing: the union would refuse it all the same.
    if (member !== undefined) byTag.set(tag, member);
  }
  const named = new Set(byTag.values());
  for (const member of members) {
    const name = member.name ?? member.reference?.name;
    if (name !== undefined && !named.has(member) && !byTag.has(name)) byTag.set(name, member);
  }
  if (byTag.size === 0) return undefined;

  let complete = false;
  let all: ReadonlyMap<string, Schema> | undefined;
  const tags = (): ReadonlyMap<string, Schema> => {
    if (all === undefined) {
      all = withConstants(byTag, members, propertyName);
      const reached = new Set(all.values());
      complete = members.every(member => reached.has(member));
    }
    return all;
  };
  let required: boolean | undefined;
  return {
    propertyName,
    members: tags,
    fallback:
      defaultMapping === undefined ? undefined : (memberFor(defaultMapping, members) ?? defaultMapping),
    complete: () => {
      tags();
      return complete;
    },
    required: () => (required ??= [schema, ...members].some(one => requires(one, propertyName))),
  };
}

/** A member may stand in the union by itself or behind a `$ref` with a description beside it. */
function memberFor(target: Schema, members: readonly Schema[]): Schema | undefined {
  return members.find(member => member === target || member.reference === target);
}

/**
 * Tags as the members themselves spell them, `const: cat` where the schema is called `Cat`: documents without a
 * mapping rely on it, and by the schemas alone such a value is valid.
 */
function withConstants(
  byTag: ReadonlyMap<string, Schema>,
  members: readonly Schema[],
  propertyName: string,
): ReadonlyMap<string, Schema> {
  const all = new Map(byTag);
  const claims = new Map<string, Schema | undefined>();
  for (const member of members) {
    for (const tag of constantsOf(member, propertyName)) {
      claims.set(tag, claims.has(tag) && claims.get(tag) !== member ? undefined : member);
    }
  }
  for (const [tag, member] of claims) {
    if (member !== undefined && !all.has(tag)) all.set(tag, member);
  }
  return all;
}

function constantsOf(member: Schema, propertyName: string): string[] {
  const tags: string[] = [];
  for (const part of combined(member)) {
    const property = part.properties.get(propertyName);
    const values = property?.const === undefined ? (property?.enum ?? []) : [property.const.value];
    for (const value of values) if (typeof value === 'string') tags.push(value);
  }
  return tags;
}

function requires(schema: Schema, propertyName: string): boolean {
  for (const part of combined(schema)) if (part.required.includes(propertyName)) return true;
  return false;
}

function combined(schema: Schema): ReadonlySet<Schema> {
  const parts = new Set<Schema>([schema]);
  for (const part of parts) {
    for (const other of part.allOf) parts.add(other);
    if (part.reference !== undefined) parts.add(part.reference);
  }
  return parts;
}
