import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../contract/json/value.ts';
import { layOut } from './layout.ts';

test('what fits into a line stands on one, and what does not is taken apart', () => {
  const name = 'x'.repeat(120);
  const script = 'y'.repeat(300);
  expect(
    layOut({ name, list: [1, { b: true }], empty: [], none: {}, exec: [{ script }], url: { raw: name } }),
  ).toBe(`{
 "name": "${name}",
 "list": [1, { "b": true }],
 "empty": [],
 "none": {},
 "exec": [{ "script": "${script}" }],
 "url": { "raw": "${name}" }
}
`);
});

test('any value reads back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
      expect(JSON.parse(layOut(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('large integers keep their digits', () => {
  expect(layOut({ id: 9223372036854775807n })).toBe('{ "id": 9223372036854775807 }\n');
});
