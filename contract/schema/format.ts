/**
 * The formats that are asserted, one row each. A format without a row holds for every value, as JSON Schema and
 * OpenAPI say. Tests are written so that no text, however long, makes one slow.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 * @see https://spec.openapis.org/registry/format/
 */
import type { Json } from '../json/value.ts';
import { isDate, isDateTime, isDuration, isHttpDate, isTime } from './formats/date-time.ts';
import { isEmail, isHostname, isIdnHostname, isIpv4, isIpv6 } from './formats/host.ts';
import { isUri, isUriTemplate } from './formats/uri.ts';
import { isUnicodePattern } from './pattern/parse.ts';

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
  text('regex', 'a regular expression of ECMA-262', isUnicodePattern),
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
