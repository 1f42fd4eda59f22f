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
  const others = ['index.ts', 'reporter.ts', 'curl.ts', 'painter.ts'];
  const files = readdirSync(import.meta.dirname).filter(
    file => !/\.(test|fixture)\.ts$/.test(file) && !others.includes(file),
  );
  expect(REPORTERS.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});

describe('terminal', () => {
  test('two lines when all is well', async () => {
    expect(await report(terminalReporter, good.url)).toMatch(
      /^kept: 0 failures in \d+ cases of 5 operations; not made: .*\nseen: 5\/5 operations, .*\n$/,
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
          Case        required fields only and 2 other cases
          Received    7 at /name
          Documented  must be a string, is an integer (type)
          pets.yaml:57:23 (/components/schemas/Pet/properties/name/type)
          | name: { type: string, minLength: 1, maxLength: 20 }
          curl -gi http://pets/v1/pets/1

        response-body  The body is what its schema says
          Case        required fields only and 2 other cases
          Received    -1 at /age
          Documented  must be at least 0, is -1 (minimum)
          pets.yaml:58:40 (/components/schemas/Pet/properties/age/minimum)
          | age: { type: integer, minimum: 0 }
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
        'write-only-returned',
        'response-headers',
        'invalid-accepted',
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

  test('with --verbose also what was not judged and what was left out', async () => {
    const limited = await startPets(({ method, path }) =>
      method === 'HEAD' && path === '/pets' ? { status: 429 } : undefined,
    );
    try {
      const text = await report(terminalReporter, limited.url, { verbose: true });
      expect(text).toMatch(/^not judged {2}HEAD \/pets positive \S+ {2}rate limited \(status 429\)$/m);
      expect(text).toMatch(/^not made {2}\d+ impossible to write there\n {10}\S/m);
    } finally {
      await limited.close();
    }
  });

  test('flaky, known and expired failures say what they are, and how to send one again', async () => {
    const replay = (): string => 'rehearsal test it';
    const entry = { reason: 'fixed in May', expires: '2026-05-31' };
    const excused = { known: () => ({ ...entry, expired: false }) };
    expect(await report(terminalReporter, bad.url, { run: { settle: excused } })).toMatch(
      /^! GET \/pets\/\{id\} .*\n\n {2}known: response-body {2}.*; until 2026-05-31: fixed in May/m,
    );
    const late = { known: () => ({ ...entry, expired: true }) };
    expect(await report(terminalReporter, bad.url, { run: { settle: late }, replay })).toMatch(
      / {4}Known {7}only until 2026-05-31: fixed in May\n[\s\S]* {4}curl .*\n {4}rehearsal test it\n/,
    );
    let served = 0;
    const flaky = await startPets(({ method, path }) =>
      method === 'HEAD' && path === '/pets' && (served += 1) === 1 ? { status: 500 } : undefined,
    );
    try {
      expect(await report(terminalReporter, flaky.url, { run: { settle: { retries: 1 } } })).toMatch(
        /^! HEAD .*\n\n {2}flaky: server-error[\s\S]* {4}Sent again {2}it passed\n[\s\S]*1 flaky case/m,
      );
    } finally {
      await flaky.close();
    }
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
