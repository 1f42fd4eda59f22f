import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UNIMPLEMENTED_OPERATIONS } from '../gateway/local/control/unimplemented.ts';

const page = readFileSync(
  join(import.meta.dirname, '..', 'docs/reference/local-gateway-differences.md'),
  'utf8',
);

test('the page of differences lists each operation that is not served, and no other', () => {
  const section = page.slice(page.indexOf('## Not served yet'), page.indexOf('## The control plane'));
  const names = [...section.matchAll(/`([A-Z]\w+)`/g)]
    .map(([, name]) => name)
    .filter(name => name !== 'NotImplementedException');
  expect(names.toSorted()).toEqual(UNIMPLEMENTED_OPERATIONS.map(({ name }) => name).toSorted());
});

test('the page of differences names places that are there', () => {
  const places = [...page.matchAll(/`(gateway\/[\w./-]+)`/g)].map(([, place = '']) => place);
  expect(places.length).toBeGreaterThan(20);
  for (const place of places) expect(existsSync(join(import.meta.dirname, '..', place)), place).toBe(true);
});
