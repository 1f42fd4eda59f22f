/**
 * The saved responses of any collection of format 2.0 or 2.1, whoever made it: which request each is an answer to, and
 * what it says. Those that we generated and nobody has changed since are none.
 */
import { joinPointer } from '../contract/json/pointer.ts';
import { isArray, isObject, type Json, own } from '../contract/json/value.ts';
import { hashOf, readRecord } from './merge/record.ts';

export interface SavedAnswer {
  readonly name: string;
  readonly method: string;
  /** Without query; variables stand in it as `:id` or `{{id}}`, or with their values. */
  readonly path: string;
  /** Undefined where it was saved without one. */
  readonly status: number | undefined;
  readonly contentType: string | undefined;
  readonly body: string | undefined;
  /** In the collection. */
  readonly pointer: string;
}

export interface SavedAnswers {
  readonly answers: readonly SavedAnswer[];
  /** How many are as we have generated them. */
  readonly generated: number;
}

/** Whether a document is a collection of format 2; one of format 1 is another thing altogether. */
export function collectionFormat(document: Json): '1' | '2' | undefined {
  if (isArray(own(document, 'item')) && isObject(own(document, 'info'))) return '2';
  return isArray(own(document, 'requests')) && own(document, 'order') !== undefined ? '1' : undefined;
}

export function savedAnswers(collection: Json): SavedAnswers {
  const record = readRecord(collection);
  const answers: SavedAnswer[] = [];
  let generated = 0;
  const walk = (folder: Json, pointer: string): void => {
    const items = own(folder, 'item');
    if (!isArray(items)) return;
    for (const [index, item] of items.entries()) {
      const here = joinPointer(pointer, 'item', String(index));
      walk(item, here);
      const responses = own(item, 'response');
      if (!isArray(responses)) continue;
      if (record?.partOf(String(own(item, 'id')), 'response') === hashOf(responses)) {
        generated += responses.length;
        continue;
      }
      for (const [at, response] of responses.entries())
        answers.push(answerOf(response, item, joinPointer(here, 'response', String(at))));
    }
  };
  walk(collection, '');
  return { answers, generated };
}

function answerOf(response: Json, item: Json, pointer: string): SavedAnswer {
  const request = own(response, 'originalRequest') ?? own(item, 'request') ?? {};
  const method = own(request, 'method');
  const code = own(response, 'code');
  const body = own(response, 'body');
  return {
    name: String(own(response, 'name') ?? own(item, 'name') ?? ''),
    method: typeof method === 'string' ? method.toUpperCase() : 'GET',
    path: pathOf(typeof request === 'string' ? request : own(request, 'url')),
    status: typeof code === 'number' ? code : undefined,
    contentType: contentTypeOf(response),
    body: typeof body === 'string' ? body : undefined,
    pointer,
  };
}

/** An address is a text, or an object whose path is a text or a list of segments. */
function pathOf(url: Json | undefined): string {
  const path = own(url, 'path');
  if (isArray(path)) return `/${path.map(segmentOf).join('/')}`;
  const text = typeof url === 'string' ? url : String(path ?? own(url, 'raw') ?? '');
  const [address = ''] = text.split(/[?#]/);
  return address.replace(/^([a-z][a-z\d+.-]*:\/\/[^/]*|\{\{[^}]*\}\})/i, '').replace(/^(?!\/)/, '/');
}

function segmentOf(segment: Json): string {
  return typeof segment === 'string' ? segment : String(own(segment, 'value') ?? '');
}

/** Headers are a list, or in format 2.0 perhaps a text; what Postman shows a body as says more than nothing. */
function contentTypeOf(response: Json): string | undefined {
  const headers = own(response, 'header');
  if (isArray(headers)) {
    const found = headers.find(one => String(own(one, 'key')).toLowerCase() === 'content-type');
    if (found !== undefined) return String(own(found, 'value'));
  }
  const line = typeof headers === 'string' ? /^content-type:\s*(.+)$/im.exec(headers)?.[1] : undefined;
  if (line !== undefined) return line.trim();
  return own(response, '_postman_previewlanguage') === 'json' ? 'application/json' : undefined;
}
