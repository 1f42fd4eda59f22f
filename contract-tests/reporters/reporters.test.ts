import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PetsServer, startPets } from '../pets.fixture.ts';
import { REPORTERS } from './index.ts';
import { jsonReporter } from './json.ts';
import type { ReporterModule } from './reporter.ts';
import { type ReportOptions, reported } from './reporting.fixture.ts';
import { terminalReporter } from './terminal.ts';

let good: PetsServer;
let bad: PetsServer;

beforeAll(async () => {
  good = await startPets();
  bad = await startPets((request, reply) =>
    request.method === 'GET' && request.path !== '/pets' && reply.status === 200
      ? {
          body: `{"name":7,"age":-1}`,
          headers: { 'content-type': 'application/json', 'set-cookie': 'sid=top-secret' },
        }
      : request.method === 'POST' && request.headers['x-key'] !== undefined
        ? { status: 500, headers: {}, body: `key ${request.headers['x-key']} \u001b[2J` }
        : undefined,
  );
});
afterAll(() => Promise.all([good.close(), bad.close()]));

async function report(module: ReporterModule, baseUrl: string, options: ReportOptions = {}): Promise<string> {
  const text = await reported(module, baseUrl, options);
  return text.replaceAll(bad.url, 'http://pets/v1').replaceAll(good.url, 'http://pets/v1');
}

test('every reporter stands in the list', () => {
  const others = ['index.ts', 'reporter.ts', 'curl.ts'];
  const files = readdirSync(import.meta.dirname).filter(
    file => !/\.(test|fixture)\.ts$/.test(file) && !others.includes(file),
  );
  expect(REPORTERS.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});

describe('terminal', () => {
  test('one line when all is well', async () => {
    expect(await report(terminalReporter, good.url)).toMatch(
      /^kept: 0 failures in \d+ cases of 5 operations; not made: .*\n$/,
    );
  });

  test('failures by operation: received, documented, where, curl; the same ones counted', async () => {
    const text = await report(terminalReporter, bad.url);
    expect(
      text
        .slice(text.indexOf('✗ GET /pets/{id}'))
        .split('\n\n')
        .slice(0, 3)
        .join('\n\n')
        .replace(/\d+ of \d+ cases/, 'N of M cases'),
    ).toMatchInlineSnapshot(`
      "✗ GET /pets/{id}  N of M cases failed

        response-body  The body is what its schema says
          Case        required fields only
          Received    7 at /name
          Documented  must be a string, is an integer (type)
          pets.yaml:57:23 (/components/schemas/Pet/properties/name/type)
          curl -gi http://pets/v1/pets/1

        response-body  The body is what its schema says
          Case        required fields only
          Received    -1 at /age
          Documented  must be at least 0, is -1 (minimum)
          pets.yaml:58:40 (/components/schemas/Pet/properties/age/minimum)
          curl -gi http://pets/v1/pets/1"
    `);
    expect(text).toMatch(/server-error.*\n.*Case {8}.* and \d+ other cases\n/);
    expect(text).toMatch(/\nbroken: \d+ failures in \d+ cases/);
  });

  test('one failure of each check comes before another of the same', async () => {
    const worst = await startPets(({ method, path }) =>
      method === 'GET' && path === '/pets'
        ? {
            status: 200,
            headers: { 'content-type': 'application/json', 'x-total': 'many' },
            body: '[{"name":"","age":-1,"id":"1","tail":true,"secret":7,"more":1}]',
          }
        : undefined,
    );
    try {
      const text = await report(terminalReporter, worst.url);
      const checks = [...text.matchAll(/^ {2}([a-z-]+) {2}[A-Z]/gm)].map(([, check]) => check);
      expect(checks.slice(0, 5)).toEqual([
        'response-body',
        'response-headers',
        'invalid-accepted',
        'response-body',
        'response-body',
      ]);
      expect(text).toMatch(/\n {2}and \d+ more failures; --reporter json=FILE has them all\n/);
    } finally {
      await worst.close();
    }
  });

  test('progress on a terminal only, and wiped away', async () => {
    expect(await report(terminalReporter, good.url, { isTTY: true })).toMatch(
      /\r\u001b\[K.*operations.*\r\u001b\[Kkept/s,
    );
    expect(await report(terminalReporter, good.url)).not.toContain('\u001b');
  });

  test('secrets are masked, and what a server sends cannot steer the terminal', async () => {
    const text = await report(terminalReporter, bad.url, { key: 'hunter-2-hunter' });
    expect(text).not.toContain('hunter-2-hunter');
    expect(text).toContain("'X-Key: ***'");
    expect(text).not.toContain('\u001b');
  });
});

describe('json', () => {
  test('one object with counts, what was left out, and failures with their exchange', async () => {
    const parsed = JSON.parse(await report(jsonReporter, bad.url));
    expect(parsed).toMatchObject({
      verdict: 'broken',
      counts: { operations: 5, unanswered: 0 },
      documents: [{ name: 'pets.yaml', title: 'Pets' }],
      depth: 'standard',
      seed: 0,
    });
    expect(parsed.operations).toHaveLength(5);
    const failure = parsed.failures.find(({ check }: { check: string }) => check === 'response-body');
    expect(failure).toMatchObject({
      operation: 'GET /pets/{id}',
      received: '7',
      instance: '/name',
      request: { method: 'GET' },
      response: { status: 200, body: '{"name":7,"age":-1}' },
    });
    expect(failure.source).toMatch(
      /^pets\.yaml:\d+:\d+ \(\/components\/schemas\/Pet\/properties\/name\/type\)$/,
    );
    expect(failure.curl).toContain('curl -gi http://');
  });

  test('no secret is in it, nor a cookie of the server', async () => {
    const text = await report(jsonReporter, bad.url, { key: 'hunter-2-hunter' });
    expect(text).not.toContain('hunter-2-hunter');
    expect(text).not.toContain('top-secret');
  });
});
