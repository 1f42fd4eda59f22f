/** Lists that come in pages: what stands on one, and whether and where there is a next. */
import type { ListShape, MorePages } from '../claim.ts';
import { type Exchange, headerValues } from '../exchange.ts';
import { valueAt } from '../json/pointer.ts';
import { isArray, type Json, own } from '../json/value.ts';
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

/** The items of a page with an id. */
export function itemsWithId(exchange: Exchange, { items, id }: ListShape, wanted: string): readonly Json[] {
  const list = valueAt(answerBody(exchange)?.value, items);
  return isArray(list) ? list.filter(item => String(own(item, id)) === wanted) : [];
}
