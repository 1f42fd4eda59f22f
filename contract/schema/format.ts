/**
 * The formats that are asserted, one row each. A format without a row holds for every value, as JSON Schema and
 * OpenAPI say. Tests are written so that no text, however long, makes one slow.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 * @see https://spec.openapis.org/registry/format/
 */
import type { Json } from '../json/value.ts';

export interface Format {
  readonly name: string;
  /** Values of other types hold. */
  readonly appliesTo: 'string' | 'number';
  /** What a value must be, for messages: `a date, as 2026-11-23`. */
  readonly description: string;
  readonly test: (value: string | number | bigint) => boolean;
}

/**
 * The row of a format; undefined for unknown formats and for those that every value satisfies.
 *
 * @example
 * ```ts
 * import { formatNamed } from './contract/schema/format.ts';
 *
 * console.log(formatNamed('date')?.test('2026-02-30')); // false
 * ```
 */
export function formatNamed(name: string): Format | undefined {
  return TABLE.get(name);
}

/** Whether a value satisfies a format; unknown formats and other types always hold. */
export function formatHolds(name: string, value: Json): boolean {
  const row = TABLE.get(name);
  if (row === undefined) return true;
  if (typeof value === 'string') return row.appliesTo !== 'string' || row.test(value);
  if (typeof value === 'number' || typeof value === 'bigint')
    return row.appliesTo !== 'number' || row.test(value);
  return true;
}

const text = (name: string, description: string, holds: (value: string) => boolean): Format => ({
  name,
  appliesTo: 'string',
  description,
  test: value => holds(String(value)),
});

const whole = (name: string, least: bigint, most: bigint): Format => ({
  name,
  appliesTo: 'number',
  description: `a whole number from ${least} to ${most}`,
  // Between a double and a bigint JavaScript compares exactly.
  test: value =>
    (typeof value === 'bigint' || Number.isInteger(value)) &&
    typeof value !== 'string' &&
    value >= least &&
    value <= most,
});

const signed = (name: string, bits: bigint): Format =>
  whole(name, -(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n);
const unsigned = (name: string, bits: bigint): Format => whole(name, 0n, 2n ** bits - 1n);

/** `float`, `double`, `decimal`, `password`, `binary` and whatever else is not here hold for everything. */
export const FORMATS: readonly Format[] = [
  text('date-time', 'a date and time of RFC 3339, as 2026-11-23T09:30:00Z', isDateTime),
  text('date', 'a date, as 2026-11-23', isDate),
  text('time', 'a time of RFC 3339 with its offset, as 09:30:00Z', isTime),
  text('duration', 'a duration of ISO 8601, as P1DT12H', isDuration),
  text('email', 'an email address', value => isEmail(value, false)),
  text('idn-email', 'an email address', value => isEmail(value, true)),
  text('hostname', 'a host name', isHostname),
  text('idn-hostname', 'a host name', isIdnHostname),
  text('ipv4', 'an IPv4 address, as 192.0.2.1', isIpv4),
  text('ipv6', 'an IPv6 address, as 2001:db8::1', isIpv6),
  text('uri', 'an absolute URI', value => isUri(value, { absolute: true, international: false })),
  text('uri-reference', 'a URI or a relative reference', value =>
    isUri(value, { absolute: false, international: false }),
  ),
  text('iri', 'an absolute IRI', value => isUri(value, { absolute: true, international: true })),
  text('iri-reference', 'an IRI or a relative reference', value =>
    isUri(value, { absolute: false, international: true }),
  ),
  text('uri-template', 'a URI template of RFC 6570', isUriTemplate),
  text('uuid', 'a UUID, as 123e4567-e89b-42d3-a456-426614174000', value =>
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value),
  ),
  text('json-pointer', 'a JSON pointer, as /pets/0', isJsonPointer),
  text('relative-json-pointer', 'a relative JSON pointer, as 1/name', isRelativeJsonPointer),
  text('regex', 'a regular expression of ECMA-262', isRegex),
  text('byte', 'base64', value => value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)),
  text('base64url', 'base64url', value => value.length % 4 !== 1 && /^[A-Za-z0-9_-]*$/.test(value)),
  text(
    'char',
    'a single character',
    value => value !== '' && value.length === ((value.codePointAt(0) ?? 0) > 0xffff ? 2 : 1),
  ),
  text('http-date', 'a date of RFC 9110, as Sun, 06 Nov 1994 08:49:37 GMT', isHttpDate),
  signed('int8', 8n),
  signed('int16', 16n),
  signed('int32', 32n),
  signed('int64', 64n),
  unsigned('uint8', 8n),
  unsigned('uint16', 16n),
  unsigned('uint32', 32n),
  unsigned('uint64', 64n),
  // What a double holds without a gap.
  whole('double-int', BigInt(Number.MIN_SAFE_INTEGER), BigInt(Number.MAX_SAFE_INTEGER)),
];

const TABLE: ReadonlyMap<string, Format> = new Map(FORMATS.map(row => [row.name, row]));

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDate(value: string): boolean {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(value);
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return day >= 1 && day <= last;
}

function isTime(value: string): boolean {
  const match = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:z|([+-])([0-9]{2}):([0-9]{2}))$/i.exec(
    value,
  );
  if (match === null) return false;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [offsetHour, offsetMinute] = [Number(match[5] ?? 0), Number(match[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false;
  if (second < 60) return true;
  // A leap second ends a day in UTC.
  const offset = (offsetHour * 60 + offsetMinute) * (match[4] === '-' ? -1 : 1);
  return (((hour * 60 + minute - offset) % 1440) + 1440) % 1440 === 1439;
}

function isDateTime(value: string): boolean {
  return /^[tT]$/.test(value.charAt(10)) && isDate(value.slice(0, 10)) && isTime(value.slice(11));
}

/** RFC 3339, appendix A: no fractions, and units without gaps. */
function isDuration(value: string): boolean {
  return (
    /^P(?:[0-9]+W|(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)?(?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))?)$/.test(
      value,
    ) && value !== 'P'
  );
}

function isHttpDate(value: string): boolean {
  const match =
    /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([0-9]{4}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) GMT$/.exec(
      value,
    );
  if (match === null) return false;
  const month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(match[2] ?? '') / 3 + 1;
  return isDay(Number(match[3]), month, Number(match[1])) && isTime(`${match[4]}Z`);
}

/** What nearly all addresses look like; short ones cannot break a limit of length. */
const USUAL_EMAIL = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*$/i;

/** RFC 5321's mailbox; `international` adds RFC 6531's characters. */
function isEmail(value: string, international: boolean): boolean {
  if (value.length <= 64 && USUAL_EMAIL.test(value)) return true;
  if (value.length > 320) return false;
  const at = value.lastIndexOf('@');
  const local = value.slice(0, at);
  const domain = value.slice(at + 1);
  if (at < 1 || (!international && local.length > 64)) return false;
  const atom = international ? /^[\w!#$%&'*+/=?^`{|}~\u0080-\u{10ffff}-]+$/u : /^[\w!#$%&'*+/=?^`{|}~-]+$/;
  const quoted = international
    ? /^"(?:[ !#-[\]-~\u0080-\u{10ffff}]|\\[ -~])*"$/u
    : /^"(?:[ !#-[\]-~]|\\[ -~])*"$/;
  if (!quoted.test(local) && !local.split('.').every(part => atom.test(part))) return false;
  if (domain.startsWith('[') && domain.endsWith(']')) {
    const address = domain.slice(1, -1);
    return isIpv4(address) || (address.startsWith('IPv6:') && isIpv6(address.slice(5)));
  }
  return international ? isIdnHostname(domain) : isHostname(domain);
}

/** RFC 1123. Whether an `xn--` label decodes to letters that IDNA allows is not asked. */
function isHostname(value: string): boolean {
  if (value.length <= 63 && /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/i.test(value)) return true;
  if (value.length === 0 || value.length > 253) return false;
  return value.split('.').every(label => {
    if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label)) return false;
    return label.slice(2, 4) !== '--' || /^xn--./i.test(label);
  });
}

/** What UTS 46 makes an ASCII host name of. The engine's URL knows its tables. */
function isIdnHostname(value: string): boolean {
  if (value === '' || value.length > 1000) return false;
  // The dots that UTS 46 reads as dots.
  const dotted = value.replace(/[\u3002\uff0e\uff61]/g, '.');
  if (/[\u0000- "#$%&'()*+,/:;<=>?@[\\\]^_`{|}~!\u007f]/.test(dotted)) return false;
  const ascii = urlHost(dotted);
  return (
    ascii !== undefined &&
    ascii.length <= 253 &&
    ascii.split('.').every(label => label.length > 0 && label.length <= 63)
  );
}

function urlHost(value: string): string | undefined {
  try {
    // The letter keeps `1.2` from being read as an IPv4 address.
    const host = new URL(`http://a.${value}.a/`).hostname;
    return host.slice(2, -2);
  } catch {
    return undefined;
  }
}

function isIpv4(value: string): boolean {
  const parts = value.split('.', 5);
  return (
    parts.length === 4 && parts.every(part => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)
  );
}

function isIpv6(value: string): boolean {
  if (value.length > 45 || value.length < 2) return false;
  const halves = value.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [place, part] of parts.entries()) {
      const last = index === halves.length - 1 && place === parts.length - 1;
      if (last && part.includes('.')) {
        if (!isIpv4(part)) return false;
        groups += 2;
      } else {
        if (!/^[0-9a-f]{1,4}$/i.test(part)) return false;
        groups += 1;
      }
    }
  }
  // An empty half is only right beside `::`.
  if (halves.length === 1) return groups === 8 && !value.startsWith(':') && !value.endsWith(':');
  return groups <= 7;
}

interface UriKind {
  readonly absolute: boolean;
  readonly international: boolean;
}

/** RFC 3986 by its own splitting (appendix B), then each part by its characters; RFC 3987 adds letters. */
function isUri(value: string, { absolute, international }: UriKind): boolean {
  const match = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(value);
  if (match === null) return false;
  const [, scheme, authority, path = '', query = '', fragment = ''] = match;
  if (scheme === undefined ? absolute : !/^[a-z][a-z0-9+.-]*$/i.test(scheme)) return false;
  const allowed = international ? INTERNATIONAL : ASCII;
  if (authority !== undefined && !isAuthority(authority, allowed)) return false;
  // Without an authority, `//` would begin one; without a scheme, a colon in the first segment would end one.
  if (authority === undefined && path.startsWith('//')) return false;
  if (scheme === undefined && authority === undefined && /^[^/]*:/.test(path)) return false;
  return isText(path, allowed.path) && isText(query, allowed.query) && isText(fragment, allowed.fragment);
}

interface Characters {
  readonly host: RegExp;
  readonly user: RegExp;
  readonly path: RegExp;
  readonly query: RegExp;
  readonly fragment: RegExp;
}

const ASCII: Characters = {
  host: /^[\w.~!$&'()*+,;=%-]*$/,
  user: /^[\w.~!$&'()*+,;=:%-]*$/,
  path: /^[\w.~!$&'()*+,;=:@/%-]*$/,
  query: /^[\w.~!$&'()*+,;=:@/?%-]*$/,
  fragment: /^[\w.~!$&'()*+,;=:@/?%-]*$/,
};

const INTERNATIONAL: Characters = {
  host: /^[\w.~!$&'()*+,;=%\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{efffd}-]*$/u,
  user: /^[\w.~!$&'()*+,;=:%\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{efffd}-]*$/u,
  path: /^[\w.~!$&'()*+,;=:@/%\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{efffd}-]*$/u,
  query:
    /^[\w.~!$&'()*+,;=:@/?%\u00a0-\ud7ff\ue000-\uf8ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{10fffd}-]*$/u,
  fragment: /^[\w.~!$&'()*+,;=:@/?%\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{efffd}-]*$/u,
};

function isText(value: string, allowed: RegExp): boolean {
  return allowed.test(value) && !/%(?![0-9a-f]{2})/i.test(value);
}

function isAuthority(authority: string, allowed: Characters): boolean {
  const at = authority.lastIndexOf('@');
  if (at !== -1 && !isText(authority.slice(0, at), allowed.user)) return false;
  const place = authority.slice(at + 1);
  const literal = /^\[([^\]]*)\](?::[0-9]*)?$/.exec(place)?.[1];
  if (literal !== undefined) {
    return isIpv6(literal) || /^v[0-9a-f]+\.[\w.~!$&'()*+,;=:-]+$/i.test(literal);
  }
  const colon = place.indexOf(':');
  const host = colon === -1 ? place : place.slice(0, colon);
  return isText(host, allowed.host) && (colon === -1 || /^[0-9]*$/.test(place.slice(colon + 1)));
}

/** RFC 6570. */
function isUriTemplate(value: string): boolean {
  for (let at = 0; at < value.length; ) {
    const open = value.indexOf('{', at);
    const literal = value.slice(at, open === -1 ? value.length : open);
    if (/[\u0000- "'<>\\^`|}\u007f]/.test(literal) || /%(?![0-9a-f]{2})/i.test(literal)) return false;
    if (open === -1) return true;
    const close = value.indexOf('}', open);
    if (close === -1 || !isExpression(value.slice(open + 1, close))) return false;
    at = close + 1;
  }
  return true;
}

function isExpression(expression: string): boolean {
  return expression
    .replace(/^[+#./;?&=,!@|]/, '')
    .split(',')
    .every(variable =>
      /^(?:\w|%[0-9a-f]{2})(?:[\w.]|%[0-9a-f]{2})*(?::[1-9][0-9]{0,3}|\*)?$/i.test(variable),
    );
}

function isJsonPointer(value: string): boolean {
  return (value === '' || value.startsWith('/')) && !/~(?![01])/.test(value);
}

/** With the index manipulation of draft-bhutton-relative-json-pointer-00, which 2020-12 names. */
function isRelativeJsonPointer(value: string): boolean {
  const match = /^(?:0|[1-9][0-9]*)(?:[+-](?:0|[1-9][0-9]*))?(?=[#/]|$)/.exec(value);
  if (match === null) return false;
  const rest = value.slice(match[0].length);
  return rest === '#' || isJsonPointer(rest);
}

function isRegex(value: string): boolean {
  try {
    new RegExp(value, 'u');
    return true;
  } catch {
    return false;
  }
}
