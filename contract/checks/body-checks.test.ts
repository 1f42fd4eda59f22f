/** Bodies, for the checks that look into them beyond their schemas. */
import { describe, expect, test } from 'vitest';
import type { Check, Finding, Sample } from './check.ts';
import { CHECKS } from './index.ts';
import { exchangeOf } from './sample-exchange.fixture.ts';

function named(name: string): Check {
  const check = CHECKS.find(candidate => candidate.name === name);
  if (check === undefined) throw new Error(name);
  return check;
}

const OK = 'responses: { "200": { description: Pets } }';
const found = (name: string, sample: Partial<Sample>): readonly Finding[] =>
  named(name).check(exchangeOf({ operation: OK, status: 200, ...sample }));

describe('charset', () => {
  const told = (type: string, bytes: Uint8Array): number => {
    const exchange = exchangeOf({ operation: OK, status: 200, headers: { 'Content-Type': type } });
    return named('charset').check({ ...exchange, response: { ...exchange.response, body: bytes } }).length;
  };
  const LATIN = Uint8Array.of(0x22, 0xe9, 0x22);
  const UTF = new TextEncoder().encode('"é"');

  test.each([
    ['application/json', UTF, 0],
    ['application/json', LATIN, 1],
    ['application/problem+json; charset=utf-8', LATIN, 1],
    ['application/json; charset=utf-16', UTF, 1],
    ['text/plain', LATIN, 0],
    ['text/plain; charset=utf-8', LATIN, 1],
    ['text/plain; charset=iso-8859-1', LATIN, 0],
    ['text/html; charset="UTF-8"', UTF, 0],
    ['application/xml; charset=no-such', UTF, 1],
    ['image/png; charset=no-such', LATIN, 0],
  ] as const)('%s, %j', (type, bytes, count) => {
    expect(told(type, bytes)).toBe(count);
  });

  test('says nothing about bytes that are still coded or cut off', () => {
    const exchange = exchangeOf({
      operation: OK,
      status: 200,
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'aws-chunked' },
    });
    const response = { ...exchange.response, body: LATIN };
    expect(named('charset').check({ ...exchange, response })).toEqual([]);
  });
});

describe('write-only-returned', () => {
  const reader = (schema: string): string =>
    `responses: { "200": { description: a, content: { application/json: { schema: ${schema} } } } }`;
  const SECRET = '{ type: string, writeOnly: true }';
  const told = (schema: string, body: string): readonly (string | undefined)[] =>
    found('write-only-returned', {
      operation: reader(schema),
      headers: { 'Content-Type': 'application/json' },
      body,
    }).map(({ instance }) => instance);

  test.each([
    [`{ properties: { p: ${SECRET} } }`, '{"p":"x"}', ['/p']],
    [`{ properties: { p: ${SECRET} } }`, '{"p":null}', []],
    [`{ properties: { p: ${SECRET} } }`, '{"p":"****"}', []],
    [`{ properties: { p: { allOf: [${SECRET}] } } }`, '{"p":"x"}', ['/p']],
    [`{ items: { allOf: [{ properties: { p: ${SECRET} } }] } }`, '[{},{"p":7}]', ['/1/p']],
    [`{ additionalProperties: { properties: { p: ${SECRET} } } }`, '{"a/b":{"p":"x"}}', ['/a~1b/p']],
    [
      `{ oneOf: [{ required: [k], properties: { k: { const: in }, p: ${SECRET} } }, { required: [k], properties: { k: { const: out }, p: { type: string } } }] }`,
      '{"k":"out","p":"x"}',
      [],
    ],
  ])('%s, %s', (schema, body, instances) => {
    expect(told(schema, body)).toEqual(instances);
  });

  test('does not tell it either', () => {
    const [finding] = found('write-only-returned', {
      operation: reader(`{ properties: { p: ${SECRET} } }`),
      headers: { 'Content-Type': 'application/json' },
      body: '{"p":"hunter2"}',
    });
    expect(finding?.received).toBe('a value of "p"');
  });
});

describe('response-body of sequences', () => {
  const stream = (members: string): string =>
    `responses: { "200": { description: a, content: { application/x-ndjson: { ${members} } } } }`;
  const ITEM = '{ type: object, required: [id], properties: { id: { type: integer } } }';
  test.each([
    [
      'each is held against the schema of an item',
      `itemSchema: ${ITEM}`,
      '{"id":1}\n{"id":"2"}\n',
      ['/1/id'],
    ],
    ['and of an object, which no sequence is', `schema: ${ITEM}`, '{"id":1}\n\n{}\n', ['/1']],
    [
      'of a list as a whole',
      `schema: { type: array, maxItems: 1, items: ${ITEM} }`,
      '{"id":1}\n{"id":2}\n',
      [''],
    ],
    ['what is no JSON', `schema: ${ITEM}`, '{"id":1}\n{"id":', [undefined]],
  ])('%s', (_name, members, body, instances) => {
    const sample = { operation: stream(members), headers: { 'Content-Type': 'application/x-ndjson' }, body };
    expect(found('response-body', sample).map(({ instance }) => instance)).toEqual(instances);
  });
});

describe('stack-trace', () => {
  test.each([
    ['Node.js in JSON', '{"stack":"Error: x\\n    at a (/srv/a.js:1:2)\\n    at /srv/b.js:3:4"}', 1],
    [
      'Node.js on a page',
      '<pre>Error: x<br> &nbsp; &nbsp;at a (/srv/a.js:1:2)<br> &nbsp; &nbsp;at b (/srv/b.js:3:4)</pre>',
      1,
    ],
    ['Java', 'java.lang.Error: x\n\tat com.a.B.c(B.java:7)\n\tat com.a.B.d(B.java:8)', 1],
    ['.NET', 'x\r\n   at Pets.Read(String n) in C:\\p.cs:line 7\r\n   at Pets.Go() in C:\\p.cs:line 9', 1],
    ['Python', '{"error":"Traceback (most recent call last):\\n  File \\"a.py\\", line 1"}', 1],
    ['PHP', 'x\n#0 /srv/a.php(7): read()\n#1 /srv/b.php(8): go()', 1],
    ['Ruby', "x\n/srv/a.rb:7:in `read'\n/srv/b.rb:8:in `go'", 1],
    ['Go', 'panic: x\n\ngoroutine 1 [running]:\nmain.main()', 1],
    ['one line that looks like it', 'Look at /a.js:1:2 for more\nand at noon', 0],
    ['a time of day', 'Closed.\nat 10:30:00\nThen open', 0],
    ['prose', '{"detail":"The title is missing at line 3.\\nThe year is missing at line 4."}', 0],
  ])('%s', (_name, body, count) => {
    expect(found('stack-trace', { status: 400, body })).toHaveLength(count);
  });

  test('is nobody’s business in a success', () => {
    expect(found('stack-trace', { body: 'Error\n at a (/a.js:1:2)\n at b (/b.js:3:4)' })).toEqual([]);
  });

  test('is looked for in no more time than a long body takes to read', () => {
    expect(found('stack-trace', { status: 400, body: 'at :1:'.repeat(50_000) })).toEqual([]);
  });
});

describe('body-in-base64', () => {
  const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';
  test.each([
    ['image/png', PNG, 1],
    ['image/png', `"${PNG}"`, 1],
    ['image/png', `${PNG.slice(0, 40)}\n${PNG.slice(40)}\n`, 1],
    ['image/png', 'any bytes', 0],
    ['image/jpeg', PNG, 0],
    ['image/jpeg', '/9j/4AAQSkZJRg==', 1],
    ['application/pdf', 'JVBERi0xLjcK', 1],
    ['application/pdf', '%PDF-1.7', 0],
    ['text/plain', PNG, 0],
    ['application/octet-stream', PNG, 0],
  ])('%s, %.20s', (type, body, count) => {
    expect(found('body-in-base64', { headers: { 'Content-Type': type }, body })).toHaveLength(count);
  });
});

test('response-body allows for the bounds of int64 as doubles have them, and for nothing beyond', () => {
  const check = CHECKS.find(({ name }) => name === 'response-body');
  const operation =
    'responses: { "200": { description: a, content: { application/json: { schema: { type: integer, format: int64 } } } } }';
  const found = (body: string): number =>
    check?.check(
      exchangeOf({ operation, status: 200, headers: { 'Content-Type': 'application/json' }, body }),
      {},
    ).length ?? -1;
  expect(found('9223372036854776000')).toBe(0);
  expect(found('-9223372036854776000')).toBe(0);
  expect(found('9300000000000000000')).toBe(1);
});
