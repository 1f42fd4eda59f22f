import { afterEach, describe, expect, test } from 'vitest';
import { CHECKS } from '../contract/checks/index.ts';
import type { Depth } from '../contract/plan/cases/options.ts';
import { contractFromText } from '../contract/read.ts';
import type { RunEvent, RunSummary } from './events.ts';
import { type Fault, type PetsServer, petsContract, startPets } from './pets.fixture.ts';
import { type RunOptions, run } from './run.ts';
import type { Transport } from './transport.ts';

const servers: PetsServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()));
});

async function serve(fault?: Fault): Promise<PetsServer> {
  const server = await startPets(fault);
  servers.push(server);
  return server;
}

const contracts = [{ name: 'pets.yaml', contract: petsContract() }];

interface Told {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
  /** `check operation`, each once. */
  readonly failures: readonly string[];
}

async function tell(baseUrl: string, options: Partial<RunOptions> = {}): Promise<Told> {
  const events: RunEvent[] = [];
  const summary = await run({
    contracts,
    baseUrl,
    ...options,
    listeners: [event => void events.push(event)],
  });
  const failures = events.flatMap(event =>
    event.kind === 'case-finished' && event.outcome.kind === 'failed'
      ? event.outcome.failures.map(({ check }) => `${check} ${event.case.operation.key}`)
      : [],
  );
  return { summary, events, failures: [...new Set(failures)].toSorted() };
}

const test200 = (request: { method: string; path: string }, method: string, path: RegExp): boolean =>
  request.method === method && path.test(request.path);

/** One fault each, and the check that must see it at the operation where it is, and no other. */
const FAULTS: readonly (readonly [name: string, failures: readonly string[], fault: Fault])[] = [
  [
    'a crash on valid requests',
    ['server-error GET /pets'],
    (request, reply) =>
      test200(request, 'GET', /^\/pets$/) && reply.status === 200 ? { status: 500 } : undefined,
  ],
  [
    'a crash on invalid requests',
    ['server-error GET /pets'],
    (request, reply) =>
      test200(request, 'GET', /^\/pets$/) && reply.status === 400 ? { status: 500 } : undefined,
  ],
  [
    'another success than the documented one',
    ['undocumented-status POST /pets'],
    (_request, reply) => (reply.status === 201 ? { status: 202 } : undefined),
  ],
  [
    'another media type',
    ['undocumented-media-type GET /pets/{id}'],
    (request, reply) =>
      test200(request, 'GET', /\/\d+$/) && reply.status === 200
        ? { headers: { 'content-type': 'text/html' } }
        : undefined,
  ],
  [
    'a property of the wrong type',
    ['response-body GET /pets/{id}'],
    (request, reply) =>
      test200(request, 'GET', /\/\d+$/) && reply.status === 200 ? { body: '{"name":7}' } : undefined,
  ],
  [
    'a missing property deep inside',
    ['response-body GET /pets'],
    (request, reply) =>
      test200(request, 'GET', /^\/pets$/) && reply.status === 200 ? { body: '[{"name":"a"},{}]' } : undefined,
  ],
  [
    'JSON cut off',
    ['response-body GET /pets'],
    (request, reply) =>
      test200(request, 'GET', /^\/pets$/) && reply.status === 200 ? { body: '[{"name":"a"}' } : undefined,
  ],
  [
    'no body at all',
    ['response-body GET /pets/{id}'],
    (request, reply) =>
      test200(request, 'GET', /\/\d+$/) && reply.status === 200 ? { body: '' } : undefined,
  ],
  [
    'a required header missing',
    ['response-headers GET /pets'],
    (request, reply) =>
      test200(request, 'GET', /^\/pets$/) && reply.status === 200
        ? { headers: { 'content-type': 'application/json' } }
        : undefined,
  ],
  [
    'a required header missing on HEAD',
    ['response-headers HEAD /pets'],
    request => (request.method === 'HEAD' ? { headers: {} } : undefined),
  ],
  [
    'a header of the wrong type',
    ['response-headers GET /pets'],
    (request, reply) =>
      test200(request, 'GET', /^\/pets$/) && reply.status === 200
        ? { headers: { 'content-type': 'application/json', 'x-total': 'many' } }
        : undefined,
  ],
  [
    'a 204 that announces a body',
    ['body-not-allowed DELETE /pets/{id}'],
    (request, reply) =>
      request.method === 'DELETE' && reply.status === 204
        ? { headers: { 'content-length': '2' } }
        : undefined,
  ],
  [
    'a length that is too long',
    ['framing GET /pets/{id}'],
    (request, reply) =>
      test200(request, 'GET', /\/\d+$/) && reply.status === 200
        ? { headers: { ...reply.headers, 'content-length': '100', connection: 'close' } }
        : undefined,
  ],
  [
    'a length that is too short',
    ['framing GET /pets/{id}'],
    (request, reply) =>
      test200(request, 'GET', /\/\d+$/) && reply.status === 200
        ? { headers: { ...reply.headers, 'content-length': '4' } }
        : undefined,
  ],
  [
    'a bound not enforced',
    ['invalid-accepted GET /pets'],
    request =>
      test200(request, 'GET', /^\/pets$/) && Number(request.query.get('limit')) > 100
        ? { status: 200, headers: { 'content-type': 'application/json', 'x-total': '1' }, body: '[]' }
        : undefined,
  ],
  [
    'a required property not asked for',
    ['invalid-accepted POST /pets'],
    (request, reply) =>
      reply.status === 400 &&
      request.headers['x-key'] !== undefined &&
      request.body.startsWith('{') &&
      !request.body.includes('"name"') &&
      request.body.endsWith('}')
        ? { status: 201, headers: { 'content-type': 'application/json' }, body: '{"name":"?"}' }
        : undefined,
  ],
  [
    'a content type not asked for',
    ['content-type-not-refused POST /pets'],
    (_request, reply) =>
      reply.status === 415
        ? { status: 201, headers: { 'content-type': 'application/json' }, body: '{"name":"?"}' }
        : undefined,
  ],
  [
    'a body not asked for',
    ['invalid-accepted POST /pets'],
    (request, reply) =>
      reply.status === 400 && request.method === 'POST' && request.body === ''
        ? { status: 201, headers: { 'content-type': 'application/json' }, body: '{"name":"?"}' }
        : undefined,
  ],
  [
    'an optional field refused',
    ['valid-refused POST /pets'],
    (request, reply) =>
      reply.status === 201 && request.body.includes('"age"')
        ? { status: 400, headers: {}, body: '' }
        : undefined,
  ],
  [
    'a key not asked for',
    ['auth-not-enforced DELETE /pets/{id}'],
    (request, reply) =>
      request.method === 'DELETE' && reply.status === 401
        ? { status: 204, headers: {}, body: undefined as never }
        : undefined,
  ],
];

describe('a server that keeps the document', () => {
  test.each(['examples', 'standard', 'deep'] as const)('passes at depth %s', async (depth: Depth) => {
    const { url } = await serve();
    const { summary, failures } = await tell(url, { plan: { depth } });
    expect(failures).toEqual([]);
    expect(summary).toMatchObject({ verdict: 'kept', operations: 5, failures: 0, unanswered: 0 });
    expect(summary.accepted).toBe(summary.positive);
  });

  test('gets the same requests from the same seed, and others from another', async () => {
    const seen = await Promise.all(
      [1, 1, 2].map(async seed => {
        const server = await serve();
        await tell(server.url, { plan: { seed }, concurrency: 1 });
        return server.requests;
      }),
    );
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).not.toEqual(seen[0]);
  });
});

describe('a server with one fault', () => {
  test.each(FAULTS)('%s', async (_name, expected, fault) => {
    const { url } = await serve(fault);
    const { summary, failures } = await tell(url);
    expect(failures).toEqual(expected);
    expect(summary.verdict).toBe('broken');
  });

  test('checks that were not chosen say nothing', async () => {
    const { url } = await serve((_request, reply) => (reply.status === 201 ? { status: 202 } : undefined));
    const { summary } = await tell(url, { checks: CHECKS.filter(({ name }) => name === 'server-error') });
    expect(summary.verdict).toBe('kept');
  });
});

describe('what cannot be judged is not kept', () => {
  test('nobody listens', async () => {
    const { url, close } = await serve();
    await close();
    servers.pop();
    await expect(tell(url)).rejects.toMatchObject({ code: 'STAGE_UNREACHABLE', exitCode: 3 });
    // With fewer cases than it takes to be sure, too.
    const one = { select: ({ key }: { key: string }) => key === 'HEAD /pets' };
    await expect(tell(url, one)).rejects.toMatchObject({ code: 'STAGE_UNREACHABLE' });
  });

  test('the address is wrong: everything is 404', async () => {
    const { url } = await serve();
    const { summary } = await tell(url.replace('/v1', ''), { select: ({ key }) => key === 'GET /pets/{id}' });
    expect(summary).toMatchObject({
      verdict: 'inconclusive',
      reason:
        "Not one valid request succeeded: is the address right? The document's first server has the base path /v1.",
    });
  });

  test('the credentials are refused', async () => {
    const { url } = await serve((_request, reply) =>
      reply.status === 201 || reply.status === 400 ? { status: 401 } : undefined,
    );
    const { summary } = await tell(url, { select: ({ key }) => key === 'POST /pets' });
    expect(summary.verdict).toBe('inconclusive');
    expect(summary.notJudged.get('credentials-refused')).toBeGreaterThan(5);
  });

  test('nothing is selected', async () => {
    const { summary } = await tell('http://127.0.0.1:9', { select: () => false });
    expect(summary).toMatchObject({ verdict: 'inconclusive', cases: 0 });
  });

  test('a part of the document cannot be read', async () => {
    const { url } = await serve();
    const { contract } = contractFromText(`openapi: 3.1.1
info: { title: Pets, version: "1" }
paths: { /pets: { get: { responses: { "200": { $ref: "#/components/responses/Gone" }, default: { description: any } } } } }
`);
    if (contract === undefined) throw new Error('no contract');
    const summary = await run({ contracts: [{ name: 'pets', contract }], baseUrl: url });
    expect(summary).toMatchObject({ verdict: 'inconclusive', unreadable: 1, failures: 0 });
  });

  test('some requests go unanswered', async () => {
    const { url } = await serve();
    const { createTransport } = await import('./transport.ts');
    const real = createTransport();
    const flaky: Transport = {
      send: (baseUrl, request) =>
        request.method === 'DELETE'
          ? Promise.resolve({ kind: 'unanswered', trouble: { kind: 'timeout', message: 'no answer' } })
          : real.send(baseUrl, request),
      close: real.close,
    };
    const { summary } = await tell(url, { transport: flaky });
    real.close();
    expect(summary.verdict).toBe('inconclusive');
    expect(summary.unanswered).toBeGreaterThan(2);
  });

  test('the server comes late: what was sent before is not forgotten', async () => {
    let sent = 0;
    const late: Transport = {
      send: () => {
        sent += 1;
        return Promise.resolve(
          sent > 2
            ? { kind: 'answered', response: { status: 200, headers: [], body: new Uint8Array(), ms: 1 } }
            : { kind: 'unanswered', trouble: { kind: 'unreachable', message: 'connect ECONNREFUSED' } },
        );
      },
      close: () => {},
    };
    const { summary, events } = await tell('http://127.0.0.1:9', {
      transport: late,
      checks: [],
      concurrency: 2,
    });
    expect(summary).toMatchObject({
      verdict: 'inconclusive',
      unanswered: 2,
      cases: sent,
      stopped: undefined,
    });
    expect(events.filter(({ kind }) => kind === 'operation-finished')).toHaveLength(5);
  });

  test('the server goes away half-way', async () => {
    let left = 20;
    const gone: Transport = {
      send: () => {
        left -= 1;
        return Promise.resolve(
          left > 0
            ? { kind: 'answered', response: { status: 200, headers: [], body: new Uint8Array(), ms: 1 } }
            : { kind: 'unanswered', trouble: { kind: 'unreachable', message: 'connect ECONNREFUSED' } },
        );
      },
      close: () => {},
    };
    const { summary } = await tell('http://127.0.0.1:9', { transport: gone, checks: [], concurrency: 2 });
    expect(summary).toMatchObject({ verdict: 'inconclusive', stopped: 'unreachable' });
    expect(summary.cases).toBeLessThan(30);
  });

  test('an interruption ends it with what was found', async () => {
    const interruption = new AbortController();
    const { url } = await serve();
    const events: RunEvent[] = [];
    const summary = await run({
      contracts,
      baseUrl: url,
      concurrency: 1,
      signal: interruption.signal,
      listeners: [
        event => {
          events.push(event);
          if (event.kind === 'case-finished') interruption.abort();
        },
      ],
    });
    expect(summary).toMatchObject({ stopped: 'interrupted', verdict: 'inconclusive', cases: 1 });
    expect(events.at(-1)?.kind).toBe('run-finished');
  });
});

describe('events', () => {
  test('begin, cases, the end of each operation, end', async () => {
    const { url } = await serve();
    const { events, summary } = await tell(url);
    expect(events[0]).toMatchObject({ kind: 'run-started', operations: 5, baseUrl: url });
    expect(events.at(-1)).toMatchObject({ kind: 'run-finished', summary });
    const finished = events.filter(event => event.kind === 'operation-finished');
    expect(finished.map(({ operation }) => operation.key).toSorted()).toEqual(
      petsContract()
        .operations.map(({ key }) => key)
        .toSorted(),
    );
    for (const { operation, cases } of finished) {
      const own = events.filter(
        event => event.kind === 'case-finished' && event.case.operation === operation,
      );
      expect(own).toHaveLength(cases);
      expect(events.indexOf(own.at(-1) as RunEvent)).toBeLessThan(
        events.findIndex(event => event.kind === 'operation-finished' && event.operation === operation),
      );
    }
  });
});
