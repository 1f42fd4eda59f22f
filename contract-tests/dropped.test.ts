import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_CHECKS } from '../contract/checks/index.ts';
import { contractFromText } from '../contract/read.ts';
import type { RunSummary } from './events.ts';
import { NO_MASK } from './mask.ts';
import { junitReporter } from './reporters/junit.ts';
import { type RunOptions, run } from './run.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const DOCUMENT = `openapi: 3.1.1
info: { title: T, version: "1" }
paths:
  /good: { get: { responses: { "200": { description: ok } } } }
  /bad: { get: { responses: { "200": { description: ok } } } }
  /things:
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { "201": { description: ok } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { description: ok }, "404": { description: none } } }
`;

interface Told {
  readonly summary: RunSummary;
  /** `check severity operation: received`, each once. */
  readonly failures: readonly string[];
  readonly asked: readonly string[];
}

async function rehearse(
  answer: (request: IncomingMessage, response: ServerResponse, times: number) => void,
  options: Partial<RunOptions> = {},
): Promise<Told> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`;
    asked.push(line);
    answer(request, response, asked.filter(other => other === line).length);
  });
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { contract } = contractFromText(DOCUMENT, { name: 'api.yaml' });
  if (contract === undefined) throw new Error('no contract');
  const failures = new Set<string>();
  const { listeners = [], ...rest } = options;
  const summary = await run({
    contracts: [{ name: 'api.yaml', contract }],
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plan: { depth: 'examples' },
    concurrency: 1,
    listeners: [
      ...listeners,
      event => {
        if (event.kind !== 'case-finished' || event.outcome.kind !== 'failed') return;
        for (const { check, severity, received } of event.outcome.failures)
          failures.add(`${check} ${severity} ${event.case.operation.key}: ${received}`);
      },
    ],
    ...rest,
  });
  return { summary, failures: [...failures], asked };
}

const fine = ({ method }: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(method === 'POST' ? 201 : 200).end();
};

describe('a request that is dropped each time', () => {
  test.each<[string, string, string, (response: ServerResponse) => void]>([
    ['reset', 'GET /bad', 'socket hang up', ({ socket }) => void socket?.destroy()],
    [
      'answered with what is no HTTP',
      'GET /bad',
      'the answer is not HTTP: Expected HTTP/, RTSP/ or ICE/',
      ({ socket }) => void socket?.end('hello, world\r\n\r\n'),
    ],
    ['reset where it writes', 'POST /things', 'socket hang up', ({ socket }) => void socket?.destroy()],
  ])('%s is a failure', async (_how, key, reason, drop) => {
    const { summary, failures, asked } = await rehearse((request, response) => {
      const [method, path] = key.split(' ');
      if (request.method === method && request.url === path) drop(response);
      else fine(request, response);
    });
    expect(failures).toEqual([`connection-dropped error ${key}: no answer: ${reason}`]);
    expect([summary.verdict, summary.unanswered, summary.failed]).toEqual(['broken', 0, 1]);
    expect(asked.filter(line => line === 'GET /').length).toBeGreaterThan(0);
  });

  test('waits for a server that dies of it and is started again', async () => {
    let down = 0;
    const { summary, failures } = await rehearse(({ url, socket, method }, response) => {
      if (url === '/bad') down = 2;
      if (url === '/bad' || (url === '/' && down-- > 0)) socket.destroy();
      else response.writeHead(method === 'POST' ? 201 : 200).end();
    });
    expect(failures).toEqual(['connection-dropped error GET /bad: no answer: socket hang up']);
    expect(summary.verdict).toBe('broken');
  });
});

test('reports show that there was no answer', async () => {
  const written: string[] = [];
  const listener = junitReporter.create({
    write: text => void written.push(text),
    isTTY: false,
    colour: false,
    columns: 80,
    mask: NO_MASK,
  });
  await rehearse(
    (request, response) => (request.url === '/bad' ? request.socket.destroy() : fine(request, response)),
    { listeners: [listener] },
  );
  expect(written.join('')).toMatch(/&#62; GET \/bad\n\n&#60; \(no answer\)\n?<\/failure>/);
});

test('a request that is dropped once is flaky', async () => {
  const once = (request: IncomingMessage, response: ServerResponse, times: number): void => {
    // A kept connection that closes is opened again without a word, so the second is the first that counts.
    if (request.url === '/bad' && times <= 2) request.socket.destroy();
    else fine(request, response);
  };
  const { summary, failures } = await rehearse(once);
  expect(failures).toEqual(['connection-dropped warning GET /bad: no answer: socket hang up']);
  expect([summary.verdict, summary.flaky]).toEqual(['kept', 1]);
  const strict = await rehearse(once, { settle: { flaky: 'fail' } });
  expect(strict.failures).toEqual(['connection-dropped error GET /bad: no answer: socket hang up']);
  expect(strict.summary.verdict).toBe('broken');
});

describe('nobody can tell', () => {
  test('of a server that drops everything', async () => {
    const { summary, failures } = await rehearse(({ socket }) => void socket.destroy());
    expect([summary.verdict, failures]).toEqual(['inconclusive', []]);
    expect(summary.unanswered).toBe(summary.cases);
  });

  test('when the check is not asked', async () => {
    const checks = DEFAULT_CHECKS.filter(({ name }) => name !== 'connection-dropped');
    const { summary, asked } = await rehearse(
      (request, response) => (request.url === '/bad' ? request.socket.destroy() : fine(request, response)),
      { checks },
    );
    expect([summary.verdict, summary.unanswered]).toEqual(['inconclusive', 1]);
    expect(asked).not.toContain('GET /');
  });

  test('once the run is interrupted', async () => {
    const interruption = new AbortController();
    const { summary } = await rehearse(
      (request, response) => {
        if (request.url !== '/bad') return fine(request, response);
        interruption.abort();
        request.socket.destroy();
      },
      { signal: interruption.signal },
    );
    expect([summary.verdict, summary.stopped, summary.failures]).toEqual(['inconclusive', 'interrupted', 0]);
  });
});

test('a writing step of a sequence is not sent twice', async () => {
  const { summary, failures } = await rehearse(
    (request, response) => (request.method === 'POST' ? request.socket.destroy() : fine(request, response)),
    { plan: { depth: 'standard' }, sequences: { only: true, patienceMs: 0 } },
  );
  expect(failures.filter(line => line.includes('POST'))).toEqual([]);
  expect(summary.unanswered).toBeGreaterThan(0);
});
