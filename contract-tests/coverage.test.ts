import { expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { newCoverage } from './coverage.ts';
import { type CoverageRecord, coverageLine, neverSeen } from './coverage-record.ts';
import { petsContract, startPets } from './pets.fixture.ts';
import { type RunOptions, run } from './run.ts';
import type { Transport } from './transport.ts';

async function covered(baseUrl: string, options: Partial<RunOptions> = {}): Promise<CoverageRecord> {
  const { listener, record } = newCoverage();
  await run({
    contracts: [{ name: 'pets.yaml', contract: petsContract() }],
    baseUrl,
    listeners: [listener],
    ...options,
  });
  return record();
}

test('counts operations, statuses, media types and constraints, and names what was never seen', async () => {
  const server = await startPets();
  try {
    const whole = await covered(server.url);
    expect(coverageLine(whole)).toMatch(
      /^5\/5 operations, \d+\/10 statuses, 3\/3 media types, \d+\/\d+ constraints$/,
    );
    expect(whole.byOperation[2]?.responses.map(({ status, documented }) => [status, documented])).toEqual([
      ['201', true],
      ['400', true],
      ['401', true],
      ['415', true],
    ]);

    const few = await covered(server.url, {
      plan: { depth: 'examples' },
      select: ({ method }) => method === 'GET',
    });
    expect(few.operations).toEqual({ seen: 2, of: 5 });
    const [list, head] = few.byOperation;
    expect(list).toMatchObject({
      operation: 'GET /pets',
      responses: [
        {
          status: '200',
          documented: true,
          mediaTypes: [{ mediaType: 'application/json', documented: true }],
        },
        { status: '400', documented: true, cases: 0, mediaTypes: [] },
      ],
    });
    expect(list?.constraints.never).toContainEqual({
      keyword: 'maximum',
      document: 'pets.yaml',
      pointer: '/paths/~1pets/get/parameters/0/schema/maximum',
    });
    expect(list === undefined ? [] : neverSeen(list)).toEqual(['status 400', '3 of 3 constraints']);
    expect(head === undefined ? [] : neverSeen(head)).toEqual(['no answer at all']);
  } finally {
    await server.close();
  }
});

test('what came without being documented stands beside what is', async () => {
  const server = await startPets(({ method, path }) =>
    method === 'GET' && path === '/pets'
      ? { status: 418, headers: { 'content-type': 'text/plain' } }
      : undefined,
  );
  try {
    const [list] = (await covered(server.url)).byOperation;
    expect(list?.responses.at(-1)).toMatchObject({
      status: '418',
      documented: false,
      mediaTypes: [{ mediaType: 'text/plain', documented: false }],
    });
  } finally {
    await server.close();
  }
});

test('a readOnly property is no constraint of a request; a response example is seen when it comes back', async () => {
  const { contract } = contractFromText(
    `openapi: 3.1.1
info: { title: One, version: "1" }
paths:
  /one:
    get:
      responses:
        "200":
          description: One
          content:
            application/json:
              schema: { type: object }
              examples: { a: { value: { n: 1 } }, b: { value: { n: 2 } } }
    put:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: { id: { type: integer, readOnly: true }, name: { type: string, maxLength: 3 } }
      responses: { "204": { description: Done } }
`,
    { name: 'one.yaml' },
  );
  if (contract === undefined) throw new Error('unreadable');
  const transport: Transport = {
    send: () =>
      Promise.resolve({
        kind: 'answered',
        response: {
          status: 200,
          headers: [['content-type', 'application/json']],
          body: new TextEncoder().encode('{ "n": 2 }'),
          ms: 1,
        },
      }),
    close: () => {},
  };
  const coverage = await covered('http://h', { contracts: [{ name: 'one.yaml', contract }], transport });
  expect(coverage.examples).toEqual({ seen: 1, of: 2 });
  expect(coverage.byOperation[1]?.constraints.of).toBe(3);
});
