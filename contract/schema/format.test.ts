import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../json/value.ts';
import { FORMATS, formatHolds, formatNamed } from './format.ts';

/** By format: values that hold, values that do not. */
const TABLE: Readonly<Record<string, readonly [good: readonly Json[], bad: readonly Json[]]>> = {
  'date-time': [
    [
      '2026-11-23T09:30:00Z',
      '2026-11-23t09:30:00.123456789z',
      '2026-11-23T09:30:00+05:30',
      '1998-12-31T23:59:60Z',
      '1998-12-31T15:59:60.123-08:00',
      '2024-02-29T00:00:00Z',
      7,
    ],
    [
      '2026-11-23 09:30:00Z',
      '2026-11-23T09:30:00',
      '2026-11-23T24:00:00Z',
      '2026-11-23T09:30Z',
      '2026-02-29T09:30:00Z',
      '1998-12-31T22:59:60Z',
      '2026-11-23T09:30:00+24:00',
      '2026-11-23T09:30:00.Z',
      '2026-1-23T09:30:00Z',
      '২026-11-23T09:30:00Z',
      '2026-11-23T09:30:00Z\n',
      '',
    ],
  ],
  date: [
    ['2026-11-23', '2000-02-29', '0000-01-01'],
    [
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '1900-02-29',
      '26-11-23',
      '2026-11-23T',
      '2026/11/23',
      '+2026-11-23',
    ],
  ],
  time: [
    ['09:30:00Z', '23:59:60Z', '01:29:60+01:30', '09:30:00.5-00:00', '09:30:00z'],
    [
      '09:30:00',
      '9:30:00Z',
      '25:00:00Z',
      '09:60:00Z',
      '09:30:61Z',
      '01:29:60+01:31',
      '09:30:00+1:00',
      '09:30:00Z+1',
    ],
  ],
  duration: [
    ['P1Y2M3DT4H5M6S', 'P1W', 'PT0S', 'P1D', 'PT36H', 'P4Y', 'P1DT12H'],
    ['P', 'PT', '1D', 'P1', 'P1D2H', 'P2S', 'P1YT', 'P1Y1W', 'P1Y2D', 'PT1H1S', 'P1.5D', 'P-1D', 'p1d'],
  ],
  email: [
    [
      'joe@example.com',
      'joe.b+tag@mail.example.org',
      '"joe b"@example.com',
      '"a@b"@example.com',
      'j@localhost',
      'j@[127.0.0.1]',
      'j@[IPv6:::1]',
      '~x~@example.com',
    ],
    [
      'joe',
      '@example.com',
      'joe@',
      '.joe@example.com',
      'joe.@example.com',
      'jo..e@example.com',
      'joe@exa mple.com',
      'joe@-a.com',
      'joe@[127.0.0.300]',
      'joe@a.com, sam@b.com',
      'joé@example.com',
      'joe@example=com',
      `${'a'.repeat(65)}@example.com`,
    ],
  ],
  'idn-email': [
    ['실례@실례.테스트', 'joe@example.com'],
    ['실례', '@실례.테스트'],
  ],
  hostname: [
    ['www.example.com', 'localhost', 'xn--bcher-kva.example', '1.2', 'a-b.c', `${'a'.repeat(63)}.com`],
    [
      '',
      '-a.com',
      'a-.com',
      'a_b.com',
      'a..b',
      'a.com.',
      `${'a'.repeat(64)}.com`,
      'ab--cd.com',
      'xn--',
      'bücher.example',
      'a.'.repeat(130),
    ],
  ],
  'idn-hostname': [
    ['실례.테스트', 'bücher.example', 'www.example.com', 'a。b'],
    ['', 'a b', 'a/b', 'a:80', 'a..b', 'user@host', '〮실례.테스트'.repeat(80)],
  ],
  ipv4: [
    ['0.0.0.0', '192.0.2.1', '255.255.255.255'],
    ['256.0.0.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.4/24', '0x7f.0.0.1', '1२.0.0.1', ''],
  ],
  ipv6: [
    [
      '::',
      '::1',
      '2001:db8::1',
      '1:2:3:4:5:6:7:8',
      '::ffff:192.0.2.128',
      '1:2::8',
      '1::',
      '1:2:3:4:5:6:192.0.2.1',
      '::2:3:4:5:6:7:8',
    ],
    [
      '12345::',
      '1::2::3',
      ':1',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4:5:6:7::8:9',
      '::1%eth0',
      '::1/64',
      ':::',
      '1:2:3:4:5:6:7:',
      '::192.0.2.300',
      '1:2:3:4:5:6:7:1.2.3.4',
      '',
      'g::',
    ],
  ],
  uri: [
    [
      'http://example.com/a?b=c#d',
      'mailto:joe@example.com',
      'urn:isbn:123',
      'http://[2001:db8::7]:80/',
      'tel:+1-816-555-1212',
      'x:',
      "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com",
      'file:///etc/hosts',
    ],
    [
      '//example.com',
      '/a',
      'a',
      'http:// a',
      'http://a.com/ b',
      'http://a.com/<',
      ':x',
      '1x:y',
      'http://a.com/%zz',
      'http://[::1',
      'http://a:b',
      'http://bücher.example',
      '',
      '\\\\WINDOWS\\share',
      'bar,baz:foo/é',
    ],
  ],
  'uri-reference': [
    ['http://example.com', '//example.com/a', '/a/b?c#d', 'a', '', '#frag', '?q', './a:b'],
    ['\\a', 'a b', '1:b', '#a\\b', 'é'],
  ],
  iri: [
    ['http://bücher.example/ä?ö#ü', 'http://example.com'],
    ['/ä', 'http://ex ample', 'http://2001:0db8:85a3::7334'],
  ],
  'iri-reference': [
    ['/ä', '#ü', ''],
    ['\\ä', 'a b'],
  ],
  'uri-template': [
    ['/pets/{id}', '/pets{?limit,page*}', '{+path}/x', '{var:30}', 'plain', '{a.b}', '{%41}'],
    ['/pets/{id', '/pets/id}', '{}', '{ id }', '{id:0}', '<x>', '{-x}', '%zz'],
  ],
  uuid: [
    [
      '123e4567-e89b-42d3-a456-426614174000',
      '123E4567-E89B-42D3-A456-426614174000',
      '00000000-0000-0000-0000-000000000000',
    ],
    [
      '123e4567e89b42d3a456426614174000',
      '123e4567-e89b-42d3-a456-42661417400',
      'g23e4567-e89b-42d3-a456-426614174000',
      '{123e4567-e89b-42d3-a456-426614174000}',
    ],
  ],
  'json-pointer': [
    ['', '/', '/a/b', '/a~0b~1c', '/ä'],
    ['a', '#/a', '/a~', '/a~2', '/~01~'],
  ],
  'relative-json-pointer': [
    ['0', '1/a', '0#', '120/a/b', '0+1/a', '2-3#'],
    ['', '/a', '-1/a', '01/a', '0##', '+1/a', '0a'],
  ],
  regex: [
    ['^a+$', '([abc])+\\s+$', '', '\\p{L}'],
    ['(', '[', '^(abc]', '\\Z', 'a**'],
  ],
  byte: [
    ['', 'QQ==', 'QUI=', 'QUJD', 'a+/b'],
    ['Q', 'QQ', 'QQ=', 'Q===', 'QU J', 'a-_b', '=QQQ'],
  ],
  base64url: [
    ['', 'QQ', 'a-_b'],
    ['a+/b', 'QQ==', 'QQQQQ'],
  ],
  char: [
    ['a', '\u{1F600}'],
    ['', 'ab'],
  ],
  'http-date': [
    ['Sun, 06 Nov 1994 08:49:37 GMT'],
    [
      'Sun, 31 Nov 1994 08:49:37 GMT',
      'Sun, 06 Nov 1994 25:49:37 GMT',
      '1994-11-06',
      'Sun, 6 Nov 1994 08:49:37 GMT',
    ],
  ],
  int8: [
    [-128, 127, 'x'],
    [-129, 128],
  ],
  int16: [
    [-32768, 32767],
    [-32769, 32768],
  ],
  int32: [
    [0, -0, 2147483647, -2147483648, 1.0, '9999999999'],
    [2147483648, -2147483649, 1.5, 2n ** 40n],
  ],
  int64: [
    [1, 9223372036854775807n, -9223372036854775808n, 9007199254740991],
    // As doubles both round to 2^63, which is one too many.
    [9223372036854775808n, -9223372036854775809n, 2 ** 63, 0.1, 1e300],
  ],
  uint8: [
    [0, 255],
    [-1, 256],
  ],
  uint16: [
    [0, 65535],
    [-1, 65536],
  ],
  uint32: [
    [0, 4294967295],
    [-1, 4294967296],
  ],
  uint64: [
    [0, 18446744073709551615n],
    [-1, 18446744073709551616n],
  ],
  'double-int': [
    [9007199254740991, -9007199254740991],
    [9007199254740992, 0.5],
  ],
};

for (const [format, [good, bad]] of Object.entries(TABLE)) {
  describe(format, () => {
    for (const value of good)
      test(`holds for ${named(value)}`, () => expect(formatHolds(format, value)).toBe(true));
    for (const value of bad) {
      test(`does not hold for ${named(value)}`, () => expect(formatHolds(format, value)).toBe(false));
    }
  });
}

function named(value: Json): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

test('every format has its rows here', () => {
  expect(FORMATS.map(({ name }) => name).filter(name => !(name in TABLE))).toEqual([]);
});

test.each(['float', 'double', 'password', 'binary', 'country-code', '__proto__', 'constructor'])(
  '%s holds for everything',
  name => {
    expect(formatNamed(name)).toBeUndefined();
    for (const value of [1.5, 'x', null, [], {}]) expect(formatHolds(name, value)).toBe(true);
  },
);

test('other types always hold', () => {
  for (const { name, appliesTo } of FORMATS) {
    for (const value of [null, true, [], {}, appliesTo === 'string' ? 3 : 'x']) {
      expect([name, formatHolds(name, value)]).toEqual([name, true]);
    }
  }
});

test('dates are those of the calendar', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), fc.nat(13), fc.nat(32), (year, month, day) => {
      const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      const date = new Date(`${text}T00:00:00Z`);
      const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
      expect([text, formatHolds('date', text)]).toEqual([text, real]);
    }),
  );
});

test('no text makes a format slow', () => {
  const texts = ['a', '0', '.', ':', '%', '{', '"', 'é', '1.', '::', 'a@', '/~0', 'xn--', 'A='].map(piece =>
    piece.repeat(100_000),
  );
  for (const { name, appliesTo } of FORMATS) {
    if (appliesTo !== 'string') continue;
    for (const text of texts) expect(typeof formatHolds(name, `${text}!`)).toBe('boolean');
  }
}, 20_000);
