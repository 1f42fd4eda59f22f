import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { casePlan } from '../scripts/index.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/reference/library.md'), 'utf8');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Readonly<Record<string, string>>;
};

/** The names that a module exports, types too. */
function exportsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const listed = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names.split(',').map(name => name.replace(/\btype\b/, '').trim()),
  );
  const declared = [
    ...text.matchAll(/^export (?:async )?(?:function\*?|const|interface|type|class) (\w+)/gm),
  ].map(([, name = '']) => name);
  return [...listed, ...declared].filter(name => name !== '').toSorted();
}

/** The names in the first table below a heading. */
function documented(heading: string): readonly string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const rows =
    section
      .split('\n## ')[0]
      ?.split('\n')
      .filter(line => line.startsWith('| `')) ?? [];
  return rows
    .flatMap(row => [...(row.split(' | ')[0] ?? '').matchAll(/`(\w+)/g)])
    .map(([, name = '']) => name)
    .toSorted();
}

describe('docs/reference/library.md', () => {
  for (const [address, file] of Object.entries(exports)) {
    if (file.endsWith('.json')) continue;
    const name = `rehearsal${address.slice(1)}`;
    test(`has every export of ${name}, and no other`, () => {
      const coded = exportsOf(file);
      expect(coded.length).toBeGreaterThan(0);
      // The parts of the configuration are listed on a page of their own.
      const expected = address === './config' ? ['Config', 'defineConfig'] : coded;
      expect(documented(name)).toEqual(expected);
    });
  }

  test('names each member of a case', () => {
    const source = readFileSync(join(root, 'contract/plan/cases/case.ts'), 'utf8');
    const [, body = ''] = /export interface Case \{([\s\S]*?)\n\}/.exec(source) ?? [];
    const members = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, member = '']) => member);
    const [, section = ''] = page.split('\n## What a case holds\n');
    expect(members.length).toBeGreaterThan(5);
    for (const member of members) expect(section.split('\n## ')[0], member).toContain(`\`${member}\``);
  });
});

test('package.json and what is packed have the same addresses', () => {
  const pack = readFileSync(join(root, 'scripts/pack.ts'), 'utf8');
  const [, list = ''] = /const ENTRIES[^{]*\{([^}]*)\}/.exec(pack) ?? [];
  const packed = [...list.matchAll(/'([^']+)': '([^']+)'/g)].map(([, address = '', file = '']) => [
    address,
    `./${file}.ts`,
  ]);
  const own = Object.entries(exports).filter(([address]) => address !== './package.json');
  expect(own).toEqual(packed);
});

test('the credentials of a case may be placeholders, as a Postman collection needs them', () => {
  const { contract } = contractFromText(`openapi: 3.1.1
components: { securitySchemes: { bearer: { type: http, scheme: bearer }, key: { type: apiKey, in: header, name: X-Key } } }
security: [{ bearer: [], key: [] }]
paths: { /pets: { get: { responses: { "200": {} } } } }
`);
  const credentials = new Map([
    ['bearer', '{{token}}'],
    ['key', '{{key}}'],
  ]);
  const [operation] = contract?.operations ?? [];
  if (operation === undefined) throw new Error('no operation');
  const [first] = casePlan(operation, { credentials });
  expect(first?.request.headers).toEqual([
    ['Authorization', 'Bearer {{token}}'],
    ['X-Key', '{{key}}'],
  ]);
});
