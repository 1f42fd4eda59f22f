/**
 * Values of the known formats that are valid beyond doubt and yet unlike those that everybody tries. What readers are
 * known to disagree about is left out: leap seconds, lower-case `t` and `z` (RFC 3339, 5.6), quoted local parts and
 * address literals of email, user information in URIs.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 */

export interface UnusualValue {
  readonly name: string;
  readonly value: string;
}

/** The unusual values of a format; none for formats that have only one form, or that nobody here knows. */
export function unusualValues(format: string): readonly UnusualValue[] {
  return VALUES.get(format) ?? NONE;
}

const NONE: readonly UnusualValue[] = [];

const rows = (values: Readonly<Record<string, string>>): readonly UnusualValue[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

const URI = {
  'port-query-and-fragment': 'https://example.com:8443/a/b?c=d&e=%20f#g',
  'percent-encoding': 'https://example.com/caf%C3%A9',
};

const VALUES: ReadonlyMap<string, readonly UnusualValue[]> = new Map([
  [
    'date-time',
    rows({
      'positive-offset': '2024-05-17T12:30:00+05:30',
      'negative-offset': '2024-05-17T12:30:00-08:00',
      fraction: '2024-05-17T12:30:00.123Z',
      'leap-day': '2024-02-29T23:59:59Z',
    }),
  ],
  ['date', rows({ 'leap-day': '2024-02-29', 'last-day': '2024-12-31' })],
  ['time', rows({ offset: '12:30:00+05:30', fraction: '12:30:00.123Z' })],
  [
    'duration',
    rows({ weeks: 'P2W', 'every-unit': 'P1Y2M3DT4H5M6S', 'time-alone': 'PT36H', 'date-alone': 'P1Y' }),
  ],
  [
    'email',
    rows({
      tag: 'first.last+tag@example.com',
      subdomain: 'a@mail.example.co.uk',
      digits: '1234@example.com',
    }),
  ],
  ['hostname', rows({ 'leading-digit': '3com.example.com', hyphen: 'my-host.example.com' })],
  ['ipv4', rows({ highest: '255.255.255.255', zeros: '10.0.0.0' })],
  [
    'ipv6',
    rows({
      full: '2001:0db8:0000:0000:0000:ff00:0042:8329',
      compressed: '2001:db8::ff00:42:8329',
      loopback: '::1',
      'upper-case': '2001:DB8::FF00:42:8329',
      'mapped-ipv4': '::ffff:192.0.2.128',
    }),
  ],
  ['uri', rows(URI)],
  ['uri-reference', rows({ ...URI, relative: '../a/b?c=d' })],
  ['iri', rows({ ...URI, letters: 'https://example.com/caf\u00e9' })],
  ['iri-reference', rows({ ...URI, letters: '/caf\u00e9' })],
  // Read without regard to case, whatever is written (RFC 9562, 4).
  ['uuid', rows({ 'upper-case': '9B2F1C7E-4D3A-4E8B-A1C5-6F0D2E7B8A94' })],
  ['json-pointer', rows({ whole: '', escaped: '/a~1b/m~0n/0' })],
  ['byte', rows({ 'plus-and-slash': '+/+/', padded: '/w==' })],
  ['base64url', rows({ 'hyphen-and-underscore': '-_-_' })],
  ['regex', rows({ class: '^[a-z0-9]+(?:-[a-z0-9]+)*$' })],
  ['char', rows({ letter: '\u00e9' })],
]);
