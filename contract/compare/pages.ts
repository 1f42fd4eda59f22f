/** Lists that come in pages: what stands on one, and whether and where there is a next. */
import type { ListShape, MorePages } from '../claim.ts';
import { documentedResponse, type Exchange, headerValues } from '../exchange.ts';
import { declaredProperty } from '../http/schema-views.ts';
import { valueAt } from '../json/pointer.ts';
import { isArray, isObject, type Json, own } from '../json/value.ts';
import type { Schema } from '../model.ts';
import type { Source } from '../source.ts';
import { answerBody } from './bodies.ts';

/** The ids of the items of a page, as texts; undefined when the answer holds no such list. */
export function idsOnPage(exchange: Exchange, { items, id }: ListShape): readonly string[] | undefined {
  const list = valueAt(answerBody(exchange)?.value, items);
  if (!isArray(list)) return undefined;
  const ids = list.map(item => own(item, id));
  return ids.every(
    value => typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint',
  )
    ? ids.map(String)
    : undefined;
}

/** Whether the answer says that there are further pages; a page that is not full is the last one. */
export function hasMorePages(exchange: Exchange, shape: ListShape, more: MorePages): boolean {
  switch (more.kind) {
    case 'none':
      return false;
    case 'full':
      return (idsOnPage(exchange, shape)?.length ?? 0) >= more.size;
    case 'token':
      return nextToken(exchange, more.pointer) !== undefined;
    case 'link':
      return nextLink(exchange) !== undefined;
    default:
      return more satisfies never;
  }
}

/** Pages without items in a row that may name a next one: nobody filters so much out of a list that is read unfiltered. */
export const MOST_EMPTY = 10;

/** How many pages at the end of a walk hold no item. */
export function emptyPages(pages: readonly Exchange[], shape: ListShape): number {
  const full = pages.findLastIndex(page => idsOnPage(page, shape)?.length !== 0);
  return pages.length - 1 - full;
}

/** Whether the last of the pages names as the next one a page that another of them has named, or that it is itself. */
export function isAskedAgain(pages: readonly Exchange[], more: MorePages): boolean {
  const named = pages.map(page => nameOfNext(page, more));
  const last = named.pop();
  return last !== undefined && named.includes(last);
}

function nameOfNext(exchange: Exchange, more: MorePages): string | undefined {
  switch (more.kind) {
    case 'token':
      return nextToken(exchange, more.pointer);
    case 'link':
      return nextLink(exchange);
    case 'none':
    case 'full':
      return undefined;
    default:
      return more satisfies never;
  }
}

/** Whether the last of the pages brought nothing that the others had not. */
export function bringsNothingNew(pages: readonly Exchange[], shape: ListShape): boolean {
  const last = pages.at(-1);
  const ids = last === undefined ? undefined : idsOnPage(last, shape);
  if (ids === undefined || ids.length === 0) return false;
  const before = new Set(pages.slice(0, -1).flatMap(page => idsOnPage(page, shape) ?? []));
  return ids.every(id => before.has(id));
}

/**
 * Whether the last of some pages of a walk is the last of the list. A page that is not full may be followed by another
 * one after all, where the answer names a total that has not been reached: servers cut pages as they like where the
 * document names no longest one.
 */
export function isEnd(pages: readonly Exchange[], shape: ListShape, more: MorePages): boolean {
  const last = pages.at(-1);
  if (last === undefined || hasMorePages(last, shape, more)) return false;
  if (more.kind !== 'full' || more.firm || (idsOnPage(last, shape)?.length ?? 0) === 0) return true;
  const seen = pages.reduce((sum, page) => sum + (idsOnPage(page, shape)?.length ?? 0), 0);
  return totalsOf(last, shape).every(({ value }) => value <= seen);
}

/** The token of the next page, from the body. */
export function nextToken(exchange: Exchange, pointer: string): string | undefined {
  const token = valueAt(answerBody(exchange)?.value, pointer);
  return (typeof token === 'string' && token !== '') || typeof token === 'number' ? String(token) : undefined;
}

/**
 * The address of the next page, from the header Link.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8288#section-3
 */
export function nextLink({ response }: Exchange): string | undefined {
  for (const line of headerValues(response, 'link')) {
    for (const [, target, parameters = ''] of line.matchAll(/<([^>]*)>((?:\s*;\s*[^,;"]+(?:"[^"]*")?)*)/g)) {
      if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters)) return target;
    }
  }
  return undefined;
}

export interface Total {
  readonly name: string;
  readonly value: number;
  /** Where the document speaks of it. */
  readonly source: Source;
}

const TOTALS = /^total[-_]?(count|items|elements|results|records|entries|hits)$/i;
const TOTAL_HEADERS = /^(x-)?total(-count)?$/i;
/** Beside these, `total` is no sum of money. */
const OF_PAGES = /^(limit|per[-_]?page|page[-_]?size|page|offset|skip|cursor|page[-_]?token)$/i;
const ABOUT_PAGES = /^_?(meta|metadata|page|pages|pageinfo|page_info|paging|pagination)$/i;

/** What an answer says about the number of all items of a list, as far as the document says so in unmistakable words. */
export function totalsOf(exchange: Exchange, { items }: ListShape): readonly Total[] {
  const { operation } = exchange.case;
  const found: Total[] = [];
  for (const [name, { source }] of documentedResponse(operation, exchange.response.status)?.headers ?? []) {
    const [text = ''] = TOTAL_HEADERS.test(name) ? headerValues(exchange.response, name) : [];
    if (/^\d{1,15}$/.test(text)) found.push({ name, value: Number(text), source });
  }
  const body = answerBody(exchange);
  if (body?.schema === undefined || items === '') return found;
  const paged = operation.parameters.some(({ in: place, name }) => place === 'query' && OF_PAGES.test(name));
  const look = (value: Json, schema: Schema, below: boolean): void => {
    if (!isObject(value)) return;
    for (const [name, part] of Object.entries(value)) {
      const declared = declaredProperty(schema, name);
      if (declared === undefined) continue;
      const named = TOTALS.test(name) || (name === 'total' && (below || paged));
      if (named && typeof part === 'number' && Number.isInteger(part))
        found.push({ name, value: part, source: declared.source });
      else if (!below && ABOUT_PAGES.test(name)) look(part, declared, true);
    }
  };
  look(body.value, body.schema, false);
  return found;
}

/** The items of a page with an id. */
export function itemsWithId(exchange: Exchange, { items, id }: ListShape, wanted: string): readonly Json[] {
  const list = valueAt(answerBody(exchange)?.value, items);
  return isArray(list) ? list.filter(item => String(own(item, id)) === wanted) : [];
}
