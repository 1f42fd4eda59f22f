/** How an operation lists things: where the items stand, what tells them apart, and how it is asked for the next page. */

import type { ListShape } from '../claim.ts';
import { declaredProperty, kindsOf, objectFacts, viewsOf } from '../http/schema-views.ts';
import { joinPointer } from '../json/pointer.ts';
import type { Json } from '../json/value.ts';
import type { Operation, Parameter, Schema } from '../model.ts';
import { writeValid } from '../plan/cases/parameter-value.ts';
import { answerSchema, idProperty } from './ids.ts';
import type { Resource } from './resources.ts';
import type { Walk } from './sequence.ts';

export interface Listing {
  readonly operation: Operation;
  readonly shape: ListShape;
  readonly walk: Walk;
  /** The parameter that bounds a page. */
  readonly size: Parameter | undefined;
  /** The document says how long a page may be. */
  readonly firm: boolean;
}

const SIZES = new Set(['limit', 'perpage', 'pagesize', 'size', 'maxresults', 'pagelimit', 'maxitems']);
const PAGES = new Set(['page', 'pagenumber', 'pageno', 'pagenum']);
const OFFSETS = new Set(['offset', 'skip', 'startindex']);
const CURSORS = new Set([
  'cursor',
  'pagetoken',
  'nexttoken',
  'continuationtoken',
  'nextcursor',
  'nextpagetoken',
]);
const TOKENS = new Set(['nextcursor', 'nextpagetoken', 'nexttoken', 'continuationtoken', 'cursor', 'next']);

/** The listing of a resource; undefined where it is not clear where the items stand and what their ids are. */
export function listingOf(resource: Resource): Listing | undefined {
  const { list: operation } = resource;
  const schema = operation === undefined ? undefined : answerSchema(operation);
  if (operation === undefined || schema === undefined) return undefined;
  const shape = shapeOf(schema, resource);
  if (shape === undefined) return undefined;
  const queries = operation.parameters.filter(({ in: place }) => place === 'query');
  const named = (names: ReadonlySet<string>): Parameter | undefined =>
    queries.find(({ name }) => names.has(plain(name)));
  const size = named(SIZES);
  // What else must be given chooses among the items, so that a list need not hold all of them.
  const known = [size, named(PAGES), named(OFFSETS), named(CURSORS)];
  if (queries.some(parameter => parameter.required && !known.includes(parameter))) return undefined;
  const firm = size?.schema?.maximum !== undefined || size?.schema?.exclusiveMaximum !== undefined;
  return { operation, shape, size, firm, walk: walkOf(operation, schema, named) };
}

function shapeOf(schema: Schema, resource: Resource): ListShape | undefined {
  const found: ListShape[] = [];
  const look = (candidate: Schema | undefined, items: string): void => {
    const item = candidate === undefined ? undefined : itemSchema(candidate);
    const named = item === undefined ? undefined : idProperty(item, resource);
    const id = named?.clear === true ? named.pointer.slice(1) : undefined;
    if (id !== undefined && !id.includes('/') && !id.includes('~')) found.push({ items, id });
  };
  if (kindsOf(schema).includes('array')) look(schema, '');
  else
    for (const name of objectFacts(schema).names) look(declaredProperty(schema, name), joinPointer('', name));
  return found.length === 1 ? found[0] : undefined;
}

/** What the items of an array are. */
export function itemSchema(schema: Schema): Schema | undefined {
  for (const { schemas } of viewsOf([schema])) {
    const items = schemas.find(part => part.items !== undefined)?.items;
    if (items !== undefined) return items;
  }
  return undefined;
}

function walkOf(
  operation: Operation,
  schema: Schema,
  named: (names: ReadonlySet<string>) => Parameter | undefined,
): Walk {
  const cursor = named(CURSORS);
  const token = tokenIn(schema);
  if (cursor !== undefined && token !== undefined)
    return { kind: 'token', parameter: cursor, pointer: token };
  const success = operation.responses.find(({ status }) => /^2/.test(status));
  const link = [...(success?.headers.entries() ?? [])].find(([name]) => name.toLowerCase() === 'link')?.[1];
  if (link?.required === true) return { kind: 'link' };
  const page = named(PAGES);
  if (page !== undefined) return { kind: 'page', parameter: page, first: firstPage(page) };
  const offset = named(OFFSETS);
  if (offset !== undefined) return { kind: 'offset', parameter: offset };
  return link === undefined ? { kind: 'none' } : { kind: 'link' };
}

/** The property that holds the token of the next page, at the top or one below. */
function tokenIn(schema: Schema): string | undefined {
  for (const name of objectFacts(schema).names) {
    const property = declaredProperty(schema, name);
    if (property === undefined) continue;
    const kinds = kindsOf(property);
    if (TOKENS.has(plain(name)) && kinds.includes('scalar')) return joinPointer('', name);
    if (!kinds.includes('object')) continue;
    const inner = [...objectFacts(property).names].find(below => TOKENS.has(plain(below)));
    if (inner !== undefined) return joinPointer('', name, inner);
  }
  return undefined;
}

function firstPage({ schema }: Parameter): number {
  const value = schema?.default?.value ?? schema?.minimum ?? 1;
  return typeof value === 'number' ? value : 1;
}

/** The size of a page to ask for, as near to the one wished for as the document allows. */
export function pageSize({ size }: Listing, wished: number): number | undefined {
  if (size === undefined) return undefined;
  const allowed = (value: Json): boolean => writeValid(size, value) !== undefined;
  const { maximum, minimum } = size.schema ?? {};
  const candidates = [wished, Number(maximum ?? wished), Number(minimum ?? wished)];
  return candidates
    .filter(value => Number.isSafeInteger(value) && value > 0 && allowed(value))
    .toSorted((a, b) => Math.abs(a - wished) - Math.abs(b - wished))[0];
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
