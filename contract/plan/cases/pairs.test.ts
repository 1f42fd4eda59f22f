import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contractFromText } from '../../read.ts';
import { casePlan } from '../case-plan.ts';
import type { Case } from './case.ts';
import type { CasePlanOptions } from './options.ts';
import { pairRows } from './pairs.ts';

describe('rows', () => {
  test('every pair of things comes in all four ways', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 140 }), count => {
        const rows = [Array.from({ length: count }, () => false), ...pairRows(count)];
        for (let a = 0; a < count; a += 1) {
          for (let b = a + 1; b < count; b += 1) {
            const ways = new Set(rows.map(row => `${row[a]} ${row[b]}`));
            expect(ways.size, `${count}: ${a} and ${b}`).toBe(4);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    [0, 0],
    [1, 0],
    [2, 3],
    [3, 3],
    [4, 4],
    [10, 5],
    [15, 6],
    [35, 7],
    [126, 9],
  ])('%i things take %i', (count, rows) => {
    expect(pairRows(count)).toHaveLength(rows);
  });
});

function casesOf(
  operation: string,
  options: CasePlanOptions = {},
): { pairs: readonly Case[]; left: readonly string[] } {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /pets: { post: ${operation} } }\n`,
  );
  const [first] = contract?.operations ?? [];
  if (first === undefined) throw new Error(operation);
  const plan = casePlan(first, options);
  const pairs = [...plan].filter(({ id }) => id.includes('in-pairs'));
  return { pairs, left: plan.skipped.flatMap(({ examples }) => examples) };
}

const optional = (...names: readonly string[]): string =>
  names.map(name => `{ name: ${name}, in: query, schema: { const: 1 } }`).join(', ');

describe('cases', () => {
  test('optional parameters', () => {
    const { pairs } = casesOf(`{ parameters: [${optional('c', 'b', 'a')}], responses: {} }`);
    expect(pairs.map(({ request }) => request.query)).toEqual(['a=1&b=1', 'a=1&c=1', 'b=1&c=1']);
    expect(pairs.map(({ id }) => id)).toEqual(
      [1, 2, 3].map(row => `POST /pets positive optional-parts-in-pairs-${row}`),
    );
  });

  test('with the properties of the body, and the body itself where it may be left out', () => {
    const body = (required: boolean): string =>
      `requestBody: { required: ${required}, content: { application/json: { schema: { type: object, required: [a], properties: { a: { const: 1 }, b: { const: 2 } } } } } }`;
    const sent = ({ request: { query, body: bytes } }: Case): string =>
      `${query} ${bytes === undefined ? 'none' : new TextDecoder().decode(bytes)}`;
    const asked = casesOf(`{ parameters: [${optional('q', 'r')}], ${body(true)}, responses: {} }`).pairs;
    expect(asked.map(sent)).toEqual(['q=1 {"a":1,"b":2}', 'r=1 {"a":1,"b":2}', 'q=1&r=1 {"a":1}']);
    const open = casesOf(`{ parameters: [${optional('q', 'r')}], ${body(false)}, responses: {} }`).pairs;
    expect(open.map(sent)).toEqual(expect.arrayContaining(['r=1 {"a":1,"b":2}', 'q=1 {"a":1,"b":2}']));
  });

  test('rows that other rules forbid are left out, and counted', () => {
    const schema =
      '{ type: object, properties: { a: { const: 1 }, b: { const: 1 }, c: { const: 1 } }, anyOf: [{ required: [a] }, { required: [b] }], minProperties: 2 }';
    const { pairs, left } = casesOf(
      `{ requestBody: { required: true, content: { application/json: { schema: ${schema} } } }, responses: {} }`,
    );
    expect(pairs.length).toBeGreaterThan(0);
    expect(left.every(what => !what.includes('pairs') || what.startsWith('POST /pets: optional parts'))).toBe(
      true,
    );
  });

  test('more parts than are paired are named', () => {
    const names = Array.from({ length: 37 }, (_, index) => `p${index}`);
    const { pairs, left } = casesOf(`{ parameters: [${optional(...names)}], responses: {} }`);
    expect(pairs).toHaveLength(7);
    expect(left).toContain('POST /pets: pairs with query parameter "p8"');
    expect(
      casesOf(`{ parameters: [${optional(...names)}], responses: {} }`, { depth: 'deep' }).pairs,
    ).toHaveLength(8);
  });

  test('one optional part makes no pair', () => {
    expect(casesOf(`{ parameters: [${optional('a')}], responses: {} }`).pairs).toEqual([]);
  });
});
