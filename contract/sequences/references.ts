/**
 * What an item refers to beside what it stands under: `roomId` in the body of a booking names a room, and a server that
 * keeps its data in order takes only one that is there. Names that leave doubt are no references.
 */
import { declaredProperty, kindsOf, objectFacts } from '../http/schema-views.ts';
import { joinPointer } from '../json/pointer.ts';
import type { Operation, Schema } from '../model.ts';
import { sentSchema } from './ids.ts';
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

function* within(schema: Schema, others: ReadonlyMap<string, Resource>, at: string): Generator<Reference> {
  for (const name of objectFacts(schema).names) {
    const property = declaredProperty(schema, name);
    if (property === undefined || property.readOnly || !kindsOf(property).includes('scalar')) continue;
    const to = others.get(/^(.+)id$/.exec(plain(name))?.[1] ?? '');
    if (to !== undefined) yield { pointer: joinPointer(at, name), schema: property, to };
  }
}

/** What one of its items is called: `room` of `/hotel/rooms`. */
function ownName({ path }: Resource): string {
  return singular(plain(path.split('/').findLast(part => part !== '' && !part.includes('{')) ?? ''));
}
