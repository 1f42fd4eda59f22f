/**
 * What an item refers to beside what it stands under: `roomId` in the body of a booking names a room, and a server that
 * keeps its data in order takes only one that is there. Names that leave doubt are no references.
 */
import { declaredProperty, kindsOf, objectFacts } from '../http/schema-views.ts';
import { joinPointer } from '../json/pointer.ts';
import type { Operation, Schema } from '../model.ts';
import { sentSchema } from './ids.ts';
import { itemSchema } from './lists.ts';
import { type Resource, variablesOf } from './resources.ts';
import { plain, singular } from './words.ts';

export interface Reference {
  /** In the body. */
  readonly pointer: string;
  readonly schema: Schema;
  readonly to: Resource;
}

/** The references in the body of an operation that makes or replaces `resource`. */
export function referencesIn(operation: Operation, resource: Resource): readonly Reference[] {
  const schema = sentSchema(operation);
  const others = new Map<string, Resource>();
  for (const other of resource.beside) {
    const name = ownName(other);
    const known = other.create !== undefined || (other.kind === 'given' && variablesOf(other.path) === 0);
    if (other === resource || name === '' || !known) continue;
    if (!others.has(name)) others.set(name, other);
  }
  return schema === undefined || others.size === 0 ? [] : [...within(schema, others, '')];
}

/** Parts further inside are left to the sample. */
const MAX_DEPTH = 3;
/** Samples have no longer lists. */
const PLACES = [0, 1];

function* within(
  schema: Schema,
  others: ReadonlyMap<string, Resource>,
  at: string,
  depth = 0,
): Generator<Reference, undefined> {
  for (const name of objectFacts(schema).names) {
    const property = declaredProperty(schema, name);
    if (property === undefined || property.readOnly) continue;
    const pointer = joinPointer(at, name);
    const kinds = kindsOf(property);
    const to = others.get(/^(.+)id$/.exec(plain(name))?.[1] ?? '');
    if (to !== undefined && kinds.includes('scalar')) yield { pointer, schema: property, to };
    if (depth >= MAX_DEPTH) continue;
    if (kinds.includes('object')) yield* within(property, others, pointer, depth + 1);
    const item = kinds.includes('array') ? itemSchema(property) : undefined;
    if (item === undefined) continue;
    const several = others.get(/^(.+)ids$/.exec(plain(name))?.[1] ?? '');
    for (const place of property.uniqueItems ? [0] : PLACES) {
      const inItem = `${pointer}${joinPointer('', place)}`;
      if (several !== undefined && kindsOf(item).includes('scalar'))
        yield { pointer: inItem, schema: item, to: several };
      else if (kindsOf(item).includes('object')) yield* within(item, others, inItem, depth + 1);
    }
  }
}

/** What one of its items is called: `room` of `/hotel/rooms`. Each body is held against all resources. */
function ownName(resource: Resource): string {
  let name = names.get(resource);
  if (name === undefined) {
    const last = resource.path.split('/').findLast(part => part !== '' && !part.includes('{')) ?? '';
    names.set(resource, (name = singular(plain(last))));
  }
  return name;
}

const names = new WeakMap<Resource, string>();
