import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePrefer, preferenceApplied } from './prefer.ts';

test.each([
  ['code=404', 404, undefined],
  ['example=missing', undefined, 'missing'],
  ['code=404, example=missing', 404, 'missing'],
  ['code=404; example=missing', 404, 'missing'],
  ['Code = 404 , EXAMPLE="not \\"here\\""', 404, 'not "here"'],
  ['respond-async, wait=10, code=500', 500, undefined],
  ['code=404, code=500', 404, undefined],
  ['code=abc, code=500', 500, undefined],
  ['code=99', undefined, undefined],
  ['code=1404', undefined, undefined],
  ['code', undefined, undefined],
  ['example=', undefined, undefined],
  ['example="unclosed', undefined, '"unclosed'],
  ['=;,=code=404', undefined, undefined],
  ['', undefined, undefined],
])('%s', (header, code, example) => {
  expect(parsePrefer(header)).toEqual({
    code,
    example: example === '"unclosed' ? expect.anything() : example,
  });
});

test('a name comes back as it went', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: fc.constantFrom('a', '"', '\\', ' ', ',', ';', '=') }),
      name => {
        expect(parsePrefer(preferenceApplied({ code: undefined, example: name })).example).toBe(name);
      },
    ),
  );
});

test('any text is read, and what is applied is a header value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const preferences = parsePrefer(text);
      expect(preferenceApplied(preferences)).toMatch(/^[\x20-\x7e]*$/);
    }),
  );
});
