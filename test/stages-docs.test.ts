import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isObject, type Json, own } from '../contract/json/value.ts';
import { CONFIG_SCHEMA } from '../scripts/config/config-schema.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/reference/stages.md'), 'utf8');

/** The first cells of the table whose first heading is this, without their ticks. */
function firstCells(heading: string): readonly string[] {
  const lines = page.split('\n');
  const rest = lines.slice(lines.indexOf(lines.find(line => line.startsWith(`| ${heading} |`)) ?? '') + 2);
  return rest
    .slice(
      0,
      rest.findIndex(line => !line.startsWith('|')),
    )
    .map(row => (row.split('|')[1] ?? '').trim().replaceAll('`', ''));
}

function keysAt(...path: readonly string[]): readonly string[] {
  let schema: Json | undefined = CONFIG_SCHEMA;
  for (const key of path) schema = own(schema, key);
  return isObject(schema) ? Object.keys(schema) : [];
}

describe('docs/reference/stages.md', () => {
  test('has each key of a stage, and no other', () => {
    const keys = keysAt('properties', 'stages', 'additionalProperties', 'properties');
    expect(keys.length).toBeGreaterThan(5);
    expect(firstCells('key of a stage').toSorted()).toEqual(keys.toSorted());
  });

  test('names each key of a credential', () => {
    const keys = keysAt('properties', 'credentials', 'additionalProperties', 'properties');
    expect(keys.length).toBeGreaterThan(10);
    for (const key of keys) expect(page, key).toMatch(new RegExp(`\\b${key}\\b`));
  });

  test('has each kind of trouble, and no other', () => {
    const source = readFileSync(join(root, 'contract-tests/transport/trouble.ts'), 'utf8');
    const [, union = ''] = /readonly kind: ([^;]+);/.exec(source) ?? [];
    const kinds = [...union.matchAll(/'([\w-]+)'/g)].map(([, kind = '']) => kind);
    expect(kinds.length).toBeGreaterThan(4);
    expect(firstCells('kind').toSorted()).toEqual(kinds.toSorted());
  });

  test('tells the limits as they are', () => {
    const limit = (file: string, name: string): number => {
      const text = readFileSync(join(root, 'contract-tests', file), 'utf8');
      const [, written = ''] = new RegExp(`\\b${name}(?: =|\\s*\\?\\?) ([\\d_]+)`).exec(text) ?? [];
      return Number(written.replaceAll('_', ''));
    };
    expect(limit('pace.ts', 'LONGEST_MS')).toBe(30_000);
    expect(limit('pace.ts', 'budgetMs')).toBe(60_000);
    expect(limit('pace.ts', 'TRIES')).toBe(4);
    expect(limit('pace.ts', 'FIRST_BACKOFF_MS')).toBe(500);
    expect(limit('transport.ts', 'idleMs')).toBe(10_000);
    expect(limit('transport.ts', 'maxBodyBytes')).toBe(64);
  });
});
