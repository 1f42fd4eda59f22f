import { describe, expect, test } from 'vitest';
import { type Addresses, ownLocation, ownPath, serverPath } from './addresses.ts';

const ADDRESSES: Addresses = {
  serverBase: '/api',
  serverOrigin: 'http://real.example',
  ownBases: ['/v1/eu', '/v1'],
};

describe('a path', () => {
  test.each([
    ['/v1/pets', '/pets', '/api/pets'],
    ['/v1/eu/pets', '/pets', '/api/pets'],
    ['/v1', '/', '/api'],
    // What only begins like a base path is not below it.
    ['/v10/pets', '/v10/pets', '/v10/pets'],
    ['/v1europe', '/v1europe', '/v1europe'],
    ['/other', '/other', '/other'],
  ])('%s', (path, own, server) => {
    expect([ownPath(ADDRESSES, path), serverPath(ADDRESSES, path)]).toEqual([own, server]);
  });

  test('of documents without a base path', () => {
    const bare = { ...ADDRESSES, ownBases: [''] };
    expect([ownPath(bare, '/pets'), serverPath(bare, '/pets')]).toEqual(['/pets', '/api/pets']);
  });
});

test.each([
  ['/api/pets/7', '/v1/pets/7'],
  ['http://real.example/api/pets/7?x=1', 'http://ours/v1/pets/7?x=1'],
  ['http://real.example.org/api/pets', 'http://real.example.org/api/pets'],
  ['/apiary', '/apiary'],
])('Location %s', (location, expected) => {
  expect(ownLocation(ADDRESSES, location, 'http://ours')).toBe(expected);
});
