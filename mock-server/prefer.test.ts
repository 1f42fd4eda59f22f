import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONGEST_DELAY, NO_PREFERENCES, parsePrefer, preferenceApplied, queryPreferences } from './prefer.ts';

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
    ...NO_PREFERENCES,
    code,
    example: example === '"unclosed' ? expect.anything() : example,
  });
});

test('a name comes back as it went', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: fc.constantFrom('a', '"', '\\', ' ', ',', ';', '=') }),
      name => {
        expect(parsePrefer(preferenceApplied({ ...NO_PREFERENCES, example: name })).example).toBe(name);
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

test.each([
  ['dynamic=true, seed=7', { dynamic: true, seed: 7 }],
  ['dynamic', { dynamic: true }],
  ['dynamic=false', { dynamic: false }],
  ['dynamic=maybe', {}],
  ['seed=-1, seed=1.5, seed=3', { seed: 3 }],
  ['seed=99999999999999999999', {}],
  ['delay=250', { delay: 250 }],
  ['delay=999999999', { delay: LONGEST_DELAY }],
  ['delay=1e3, delay=-5, delay=NaN', {}],
  ['@@; (), code=404', { code: 404 }],
])('%s', (header, wished) => {
  expect(parsePrefer(header)).toEqual({ ...NO_PREFERENCES, ...wished });
});

test('a header longer than any sensible one wishes for nothing', () => {
  expect(parsePrefer(`code=404,${' '.repeat(5000)}`)).toBe(NO_PREFERENCES);
});

test('wishes in a query are taken out of it, but for those that the operation declares', () => {
  const none = (): boolean => false;
  expect(queryPreferences('a=1&__code=404&__example=not%20here&b=2&__dynamic=true&__x=1', none)).toEqual({
    preferences: { ...NO_PREFERENCES, code: 404, example: 'not here', dynamic: true },
    query: 'a=1&b=2&__x=1',
  });
  expect(queryPreferences('__code=404&__seed=x', name => name === '__code')).toEqual({
    preferences: NO_PREFERENCES,
    query: '__code=404',
  });
  expect(queryPreferences('__example=%FF', none).preferences).toBe(NO_PREFERENCES);
});
