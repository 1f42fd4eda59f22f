/**
 * The formats that are asserted, with the words of the Java validator. Whether API Gateway asserts all of them is
 * not known; it has this validator's defaults, as far as its messages show.
 */
import { parsePattern } from '../../../contract/schema/pattern/parse.ts';

export interface Format {
  readonly test: (text: string) => boolean;
  readonly message: (text: string) => string;
}

const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,12})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

function isDateTime(text: string): boolean {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] =
    DATE_TIME.exec(text)?.map(part => part ?? '') ?? [];
  if (year === '') return false;
  const last = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
  return (
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= last &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60
  );
}

function isHostname(text: string): boolean {
  if (text.length === 0 || text.length > 253) return false;
  return text.split('.').every(label => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [name, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || text.length > 320) return false;
  return /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(name) && isHostname(domain);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

function isIpv6(text: string): boolean {
  if (text.length > 45) return false;
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const all = [...groups(head), ...groups(tail ?? '')];
  const last = all.at(-1) ?? '';
  const embedded = last.includes('.');
  if (embedded && !isIpv4(last)) return false;
  const count = all.length + (embedded ? 1 : 0);
  const hex = embedded ? all.slice(0, -1) : all;
  return hex.every(group => /^[\da-f]{1,4}$/i.test(group)) && (tail === undefined ? count === 8 : count < 8);
}

/** As `java.net.URI` reads it, which takes relative ones. */
function isUri(text: string): boolean {
  return /^(?:[^\s%<>"{}|\\^`\u0000-\u001f]|%[\da-f]{2})*$/i.test(text) && !/^[^/?#]*:$|#.*#|^:/.test(text);
}

const ours = (test: (text: string) => boolean, kind: string): Format => ({
  test,
  message: text => `string "${text}" is not a valid ${kind}`,
});

export const FORMATS: ReadonlyMap<string, Format> = new Map([
  [
    'date-time',
    {
      test: isDateTime,
      message: text =>
        `string "${text}" is invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,12}Z]`,
    },
  ],
  ['email', ours(isEmail, 'email address')],
  ['hostname', ours(isHostname, 'hostname')],
  ['ipv4', ours(isIpv4, 'IPv4 address')],
  ['ipv6', ours(isIpv6, 'IPv6 address')],
  ['regex', ours(text => parsePattern(text).kind === 'pattern', 'ECMA 262 regular expression')],
  ['uri', ours(isUri, 'URI')],
  [
    'uuid',
    {
      test: text => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text),
      message: text => `input string "${text}" is not a valid UUID`,
    },
  ],
]);
