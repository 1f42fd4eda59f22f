/**
 * One case as an item: its request as newman puts it on the wire byte for byte, and what it is, for the test script. What
 * Postman cannot send is told with its reason.
 */
import { byteString } from '../contract/http/body/bytes.ts';
import type { Json, JsonObject } from '../contract/json/value.ts';
import type { Operation } from '../contract/model.ts';
import type { Case, CaseRequest } from '../contract/plan/cases/case.ts';
import { NO_AUTH, signedRequest } from './auth.ts';
import { type Auth, type Item, type ItemRequest, type KeyValue, written } from './format.ts';
import { LIMITS } from './limits.ts';
import { requestBody } from './request-body.ts';
import { stableId } from './stable-id.ts';
import type { Variables } from './variables.ts';

export interface ItemContext {
  /** What the collection is called in ids. */
  readonly key: string;
  readonly variables: Variables;
}

export type MadeItem =
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'unsendable'; readonly reason: string };

/** The item of a case. */
export function itemOf(planned: Case, context: ItemContext): MadeItem {
  const { id, operation, name, request } = planned;
  const made = itemRequest(operation, request, context);
  if (made.kind === 'unsendable') return made;
  return {
    kind: 'item',
    item: written({
      id: stableId(`${context.key} ${id}`),
      name: itemName(operation, request.method, name),
      event: [scriptEvent('test', scriptOf(planned))],
      request: made.request,
      protocolProfileBehavior: made.behaviour,
    }) as Item,
  };
}

/** `GET /pets/{id} — all fields [deprecated]` */
export function itemName({ path, deprecated }: Operation, method: string, name: string): string {
  return `${method} ${path} — ${name}${deprecated ? ' [deprecated]' : ''}`;
}

/** One of the two scripts of an item. */
export function scriptEvent(listen: 'prerequest' | 'test', line: string): JsonObject {
  return { listen, script: { exec: [line] } };
}

export type MadeRequest =
  | {
      readonly kind: 'request';
      readonly request: ItemRequest;
      /** Undefined where nothing is other than in the collection. */
      readonly behaviour: JsonObject | undefined;
    }
  | { readonly kind: 'unsendable'; readonly reason: string };

/**
 * A request as an item has it, with variables where secrets belong.
 *
 * @param own - names of variables that stand in it on purpose
 */
export function itemRequest(
  operation: Operation,
  request: CaseRequest,
  { variables }: ItemContext,
  own: ReadonlySet<string> = NONE,
): MadeRequest {
  const unsendable = reasonAgainst(request, own);
  if (unsendable !== undefined) return { kind: 'unsendable', reason: unsendable };
  const body = requestBody(request);
  if (body.kind === 'unwritable') return { kind: 'unsendable', reason: body.reason };
  const signed = signedRequest(operation, request, variables);
  const type = body.ownType ? undefined : request.contentType;
  return {
    kind: 'request',
    request: {
      ...written({
        auth: signed.auth,
        method: request.method,
        header: headersOf(signed.request, type),
        body: body.body,
        url: urlOf(signed.request, signed.query, variables.baseUrlOf(operation)),
        description: operation.description ?? operation.summary,
      }),
    } as ItemRequest,
    behaviour: behaviour(request, body.ownType),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** The collection's own credentials are taken along by what says nothing of its own. */
export function withoutInherited(item: Item, inherited: Auth | undefined): Item {
  const { auth, ...request } = item.request;
  const same = JSON.stringify(auth) === JSON.stringify(inherited ?? NO_AUTH);
  return same ? { ...item, request: request as ItemRequest } : item;
}

/** A text in which Postman would see a variable, or which it takes apart. */
function reasonAgainst(
  { headers, contentType = '', body, query, path }: CaseRequest,
  own: ReadonlySet<string>,
): string | undefined {
  const texts = [...headers.map(([, value]) => value), contentType, query, path];
  const inBody = body !== undefined && hasBraces(body) && holdsVariable(byteString(body), own);
  if (inBody || texts.some(text => holdsVariable(text, own))) return LIMITS.variable.reason;
  if (headers.some(([, value]) => /[^\t\x20-\x7e]/.test(value))) return LIMITS['header-bytes'].reason;
  return undefined;
}

/** Hardly any body has two in a row, so the others need not be read as texts. */
function hasBraces(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x7b); at !== -1; at = bytes.indexOf(0x7b, at + 1))
    if (bytes[at + 1] === 0x7b) return true;
  return false;
}

function holdsVariable(text: string, own: ReadonlySet<string>): boolean {
  if (!text.includes('{{')) return false;
  return [...text.matchAll(/\{\{([^{}]+)\}\}/g)].some(([, name = '']) => !own.has(name));
}

function headersOf({ headers }: CaseRequest, contentType: string | undefined): readonly KeyValue[] {
  const list = headers.map(([key, value]) => ({ key, value }));
  return contentType === undefined ? list : [...list, { key: 'Content-Type', value: contentType }];
}

function urlOf({ path, query }: CaseRequest, more: readonly string[], base: string): Record<string, Json> {
  const pairs = [...(query === '' ? [] : query.split('&')), ...more];
  const search = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return {
    raw: `{{${base}}}${path}${search}`,
    host: [`{{${base}}}`],
    path: path.slice(1).split('/'),
    ...(pairs.length === 0 ? {} : { query: pairs.map(pairOf) }),
  };
}

function pairOf(pair: string): KeyValue {
  const at = pair.indexOf('=');
  return at === -1 ? { key: pair, value: null } : { key: pair.slice(0, at), value: pair.slice(at + 1) };
}

/** What is not as the collection has it; undefined where nothing is. */
function behaviour({ method, body, contentType }: CaseRequest, ownType: boolean): JsonObject | undefined {
  if (body === undefined) return undefined;
  const own = {
    ...(['GET', 'HEAD', 'COPY', 'PURGE', 'UNLOCK'].includes(method) ? { disableBodyPruning: true } : {}),
    ...(contentType === undefined && !ownType ? { disabledSystemHeaders: { 'content-type': true } } : {}),
  };
  return Object.keys(own).length === 0 ? undefined : own;
}

/** All that the collection's script has to know of a case. Its id begins with the key of its operation. */
function scriptOf({ id, intent, breaks, expectation }: Case): string {
  return `rehearsal(${JSON.stringify({ id, intent, breaks, expectation })}, pm);`;
}
