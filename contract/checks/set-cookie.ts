/** Will browsers keep the cookies? */
import { type Exchange, headerValues } from '../exchange.ts';
import { isToken } from '../http/field-syntax.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const setCookie: Check = {
  name: 'set-cookie',
  title: 'Cookies are such that browsers keep them',
  severity: 'warning',
  appliesTo: 'answers with Set-Cookie',
  description:
    'A name and a value; `SameSite=None`, `__Secure-` and `__Host-` only with `Secure`, `__Host-` also with `Path=/` and without `Domain`. Others are dropped by browsers without a word. The value is not shown.',
  specification: 'https://www.rfc-editor.org/rfc/rfc6265#section-4.1',
  samples: {
    passing: {
      operation: 'responses: { "204": { description: Hello } }',
      request: 'POST /pets',
      status: 204,
      headers: { 'Set-Cookie': 'sid=7; Path=/; Secure; HttpOnly; SameSite=None' },
    },
    failing: {
      operation: 'responses: { "204": { description: Hello } }',
      request: 'POST /pets',
      status: 204,
      headers: { 'Set-Cookie': 'sid=7; SameSite=None' },
    },
  },
  check,
};

const NOTHING: readonly Finding[] = [];

function check(exchange: Exchange): readonly Finding[] {
  const cookies = headerValues(exchange.response, 'set-cookie');
  if (cookies.length === 0) return NOTHING;
  return cookies.flatMap(cookie => {
    const name = cookie.slice(0, Math.max(0, cookie.indexOf('='))).trim();
    const documented = faultOf(name, cookie);
    if (documented === undefined) return [];
    const received = name === '' ? 'Set-Cookie without a name' : `Set-Cookie: ${name}=…`;
    return [{ received, documented, source: answerSource(exchange) }];
  });
}

function faultOf(name: string, cookie: string): string | undefined {
  if (!isToken(name)) return 'a name, an equals sign and a value';
  const [pair = '', ...rest] = cookie.split(';').map(part => part.trim());
  const value = pair.slice(pair.indexOf('=') + 1).trim();
  if (!/^"?[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*"?$/.test(value))
    return 'a value without blanks, commas, quotes and backslashes';
  const attributes = new Map(rest.map(part => attributeOf(part)));
  const secure = attributes.has('secure');
  if (attributes.get('samesite')?.toLowerCase() === 'none' && !secure)
    return 'Secure, without which browsers refuse SameSite=None';
  const host = name.startsWith('__Host-');
  if ((host || name.startsWith('__Secure-')) && !secure) return 'Secure, which its name promises';
  if (host && (attributes.get('path') !== '/' || attributes.has('domain')))
    return 'Path=/ and no Domain, which its name promises';
  return undefined;
}

function attributeOf(part: string): readonly [string, string] {
  const [name = '', value = ''] = part.split(/=(.*)/s);
  return [name.trim().toLowerCase(), value.trim()];
}
