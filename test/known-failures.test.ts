/**
 * What other mock servers were seen to fail at, each as the least document that shows it: ours starts, answers, and
 * keeps to the document.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Contract } from '../contract/model.ts';
import { isValid } from '../contract/schema/validate.ts';
import { createMockServer } from '../mock-server/server.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-known-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function loaded(name: string, text: string): Promise<Contract> {
  writeFileSync(join(folder, name), text);
  const [read] = await loadContracts([name], { cwd: folder });
  if (read?.contract === undefined) throw new Error('it is no contract');
  return read.contract;
}

/** A document whose GET /x answers with this schema. */
function answering(schema: string, rest = ''): string {
  return `openapi: 3.0.3\ninfo: { title: T, version: '1' }\n${rest}\npaths:\n  /x:\n    get: { responses: { '200': { description: d, content: { application/json: { schema: ${schema} } } } } }\n`;
}

describe('a document', () => {
  test.each<[string, string]>([
    ['"nullable" without "type"', answering('{ nullable: true, allOf: [{ type: object, required: [a] }] }')],
    [
      'a schema that contains itself, in the way of a tree and by force',
      answering(
        "{ $ref: '#/components/schemas/Node' }",
        "components: { schemas: { Node: { type: object, required: [id, parts], properties: { id: { type: string }, parent: { $ref: '#/components/schemas/Node' }, parts: { type: array, items: { $ref: '#/components/schemas/Node' } } } } } }",
      ),
    ],
    ['a pattern with slashes', answering("{ type: string, pattern: '^/v1/customers', maxLength: 5000 }")],
    [
      'a reference to another file, in an extension',
      answering('{ type: integer }', "x-topics: [{ $ref: './docs/getting-started.md' }]"),
    ],
    [
      'a header of two kinds',
      answering(
        '{ type: integer }',
        'components: { headers: { RateLimit: { schema: { oneOf: [{ type: string }, { type: integer }] } } } }',
      ),
    ],
    [
      'formats and a date',
      answering(
        '{ type: object, required: [at, url], properties: { at: { type: string, format: date-time }, url: { type: string, format: uri } } }',
      ),
    ],
    ['numbers for statuses', answering('{ type: integer }').replace("'200'", '200')],
  ])('%s', async (_what, text) => {
    const contract = await loaded('api.yaml', text);
    const server = createMockServer(contract);
    const [first, second] = [await server.inject('/x'), await server.inject('/x')];
    expect(first.statusCode).toBe(200);
    expect(second.body).toBe(first.body);
    const schema = contract.operations[0]?.responses[0]?.content[0]?.schema;
    expect(schema !== undefined && isValid(schema, first.json(), 'response')).toBe(true);
  });

  test('a plus sign and dots in the base path', async () => {
    const server = createMockServer(
      await loaded(
        'api.yaml',
        answering('{ type: integer }', 'servers: [{ url: https://a.example/rest/Train+Travel+API/1.0.0 }]'),
      ),
    );
    expect((await server.inject('/rest/Train+Travel+API/1.0.0/x')).statusCode).toBe(200);
    expect((await server.inject('/rest/TrainnTravellAPI/1x0x0/x')).statusCode).toBe(404);
  });

  test.each([
    ['wrapped without a name', '{ type: array, xml: { wrapped: true }, items: { type: string } }'],
    ['of nothing that has a name', '{ oneOf: [{ type: object, properties: { a: { type: string } } }] }'],
  ])('XML %s', async (_what, schema) => {
    const text = answering(schema).replace('application/json', 'application/xml');
    const answer = await createMockServer(await loaded('api.yaml', text)).inject('/x');
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/xml']);
    expect(answer.body).toMatch(/^<\?xml /);
  });

  test('YAML of more than 3,145,728 characters', async () => {
    const text = answering('{ type: integer }', `x-long: "${'x'.repeat(3_200_000)}"`);
    expect((await createMockServer(await loaded('api.yaml', text)).inject('/x')).statusCode).toBe(200);
  });

  test('an example without a name is what is answered; a body is asked for and looked at', async () => {
    const text = `openapi: 3.1.1\ninfo: { title: T, version: '1' }\npaths:\n  /x:\n    post:\n      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [a] } } } }\n      responses: { '201': { description: d, content: { application/json: { example: { made: by hand } } } } }\n`;
    const server = createMockServer(await loaded('api.yaml', text));
    const post = async (payload: object): Promise<readonly [number, unknown]> => {
      const answer = await server.inject({ method: 'POST', url: '/x', payload });
      return [answer.statusCode, answer.json().made];
    };
    expect(await post({ a: 1 })).toEqual([201, 'by hand']);
    expect(await post({ b: 1 })).toEqual([400, undefined]);
  });
});

test('NODE_ENV=production makes no difference', async () => {
  writeFileSync(join(folder, 'api.yaml'), answering('{ type: integer }'));
  const bin = join(import.meta.dirname, '../scripts/rehearsal.js');
  const child = spawn(process.execPath, [bin, 'mock', 'api.yaml', '--port', '0', '--json'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(line.toString()) as { url: string };
    expect((await fetch(`${url}/x`)).status).toBe(200);
  } finally {
    child.kill('SIGKILL');
  }
});
