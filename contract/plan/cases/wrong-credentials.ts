/** Credentials of one scheme put into a wrong form, or into a place that the document does not name. */
import type { SecurityScheme } from '../../model.ts';
import { type Credentials, NO_CREDENTIALS } from './credentials.ts';

export interface WrongForm {
  /** `empty`, `under another scheme`. */
  readonly what: string;
  readonly credentials: Credentials;
}

/** @param real - whether what is changed is worth anything; else only what is wrong at a glance is given */
export function* wrongForms(scheme: SecurityScheme, own: Credentials, real: boolean): Generator<WrongForm> {
  if (scheme.kind === 'apiKey') {
    yield { what: 'empty', credentials: emptied(own) };
    return;
  }
  const [header] = own.headers;
  if (header === undefined) return;
  const [name, value] = header;
  const space = value.indexOf(' ');
  const [word, rest] = [value.slice(0, space), value.slice(space + 1)];
  const only = (text: string): Credentials => ({ ...NO_CREDENTIALS, headers: [[name, text]] });
  yield { what: 'empty', credentials: only(word) };
  if (word === 'Basic') yield { what: 'not encoded', credentials: only('Basic rehearsal:rehearsal') };
  if (!real) return;
  yield {
    what: 'under another scheme',
    credentials: only(`${word === 'Basic' ? 'Bearer' : 'Basic'} ${rest}`),
  };
  yield { what: 'without their scheme', credentials: only(rest) };
}

function emptied({ headers, query, cookies }: Credentials): Credentials {
  return {
    headers: headers.map(([name]) => [name, ''] as const),
    query: query.map(nameOnly),
    cookies: cookies.map(nameOnly),
  };
}

function nameOnly(pair: string): string {
  return pair.slice(0, pair.indexOf('=') + 1);
}

/** Reports hide a shorter secret only in the place that the document gives it, so it is sent to no other. */
const SHORTEST = 8;

/** A key where the document does not look for it: in the query, or in a header where it belongs into the query. */
export function misplaced(
  scheme: SecurityScheme,
  { headers, query, cookies }: Credentials,
): { readonly place: 'query' | 'header'; readonly credentials: Credentials } | undefined {
  if (scheme.kind !== 'apiKey') return undefined;
  const [pair] = query;
  if (pair !== undefined) {
    const value = decodeURIComponent(pair.slice(pair.indexOf('=') + 1));
    return value.length >= SHORTEST && /^[\x21-\x7e]+$/.test(value)
      ? { place: 'header', credentials: { ...NO_CREDENTIALS, headers: [[scheme.parameter, value]] } }
      : undefined;
  }
  const [header] = headers;
  const [cookie] = cookies;
  const value = header?.[1] ?? cookie?.slice(cookie.indexOf('=') + 1);
  if (value === undefined || value.length < SHORTEST) return undefined;
  const sent = `${encodeURIComponent(scheme.parameter)}=${encodeURIComponent(value)}`;
  return { place: 'query', credentials: { ...NO_CREDENTIALS, query: [sent] } };
}
