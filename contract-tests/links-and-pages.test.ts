import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import type { RunSummary } from './events.ts';
import { run } from './run.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

interface Asked {
  readonly method: string;
  /** With the query. */
  readonly target: string;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Told {
  readonly summary: RunSummary;
  readonly failures: readonly string[];
  readonly asked: readonly Asked[];
}

/** Sends the sequences of a document to a server below `/v1`. */
async function sequences(paths: string, answer: (asked: Asked) => Answer): Promise<Told> {
  const { contract, problems } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: "1" }\nservers: [{ url: https://t.example/v1 }]\npaths:\n${paths}`,
  );
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        target: request.url ?? '',
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
      asked.push(one);
      const { status, headers = {}, body } = answer(one);
      const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
      response.writeHead(status, { ...type, ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const failures: string[] = [];
  const summary = await run({
    contracts: [{ name: 'api.yaml', contract }],
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    sequences: { only: true, patienceMs: 0 },
    listeners: [
      event => {
        if (event.kind === 'case-finished' && event.outcome.kind === 'failed')
          failures.push(...event.outcome.failures.map(({ check, received }) => `${check}: ${received}`));
      },
    ],
  });
  return { summary, failures: [...new Set(failures)], asked };
}

describe('the next page', () => {
  const THING = '{ type: object, required: [id], properties: { id: { type: integer } } }';
  const DOCUMENT = `  /things:
    get:
      responses:
        "200":
          description: Some
          headers: { Link: { required: true, schema: { type: string } } }
          content: { application/json: { schema: { type: array, items: ${THING} } } }
    post:
      responses: { "201": { description: Made, content: { application/json: { schema: ${THING} } } } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get: { responses: { "200": { description: One, content: { application/json: { schema: ${THING} } } }, "404": { description: None } } }
    delete: { responses: { "204": { description: Gone }, "404": { description: None } } }
`;

  /** A list in pages of two, each behind the first at an address of its own. */
  const listing = (addressOf: (page: number) => string): ((asked: Asked) => Answer) => {
    const things = new Map<number, object>([
      [1, { id: 1 }],
      [2, { id: 2 }],
      [3, { id: 3 }],
    ]);
    let made = 3;
    const page = (number: number): Answer => {
      const all = [...things.values()];
      const more = all.length > number * 2;
      return {
        status: 200,
        headers: { Link: more ? `<${addressOf(number + 1)}>; rel="next"` : '</v1/things>; rel="first"' },
        body: all.slice((number - 1) * 2, number * 2),
      };
    };
    return ({ method, target }) => {
      const id = Number(/^\/v1\/things\/(\d+)$/.exec(target)?.[1]);
      const number = /^\/v1\/(?:things\/pages\/|things\?page=)(\d+)$/.exec(target)?.[1];
      if (method !== 'DELETE' && number !== undefined) return page(Number(number));
      if (target === '/v1/things' && method !== 'POST') return page(1);
      if (target === '/v1/things') {
        made += 1;
        things.set(made, { id: made });
        return { status: 201, body: { id: made } };
      }
      const thing = things.get(id);
      if (thing === undefined) return { status: 404 };
      if (method === 'DELETE') things.delete(id);
      return method === 'DELETE' ? { status: 204 } : { status: 200, body: thing };
    };
  };

  test.each([
    ['on another path', (page: number): string => `/v1/things/pages/${page}`],
    ['on another path, relative', (page: number): string => `things/pages/${page}`],
    ['on the same path', (page: number): string => `/v1/things?page=${page}`],
    ['relative', (page: number): string => `?page=${page}`],
    ['with another host', (page: number): string => `https://public.example/v1/things/pages/${page}`],
  ])('%s', async (_where, addressOf) => {
    const addresses = (page: number): string =>
      // A relative address goes on from the page that is asked, which may be one of these.
      page > 2 ? addressOf(page).replace(/^things\/pages\//, '') : addressOf(page);
    const { failures, asked, summary } = await sequences(DOCUMENT, listing(addresses));
    expect(asked.map(({ target }) => target).filter(target => target.includes('/v1/v1'))).toEqual([]);
    expect(asked.some(({ target }) => /^\/v1\/things(\/pages\/|\?page=)2$/.test(target))).toBe(true);
    expect(failures).toEqual([]);
    expect(summary.verdict).toBe('kept');
  });
});

describe('a link', () => {
  const THING =
    '{ type: object, required: [name], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }';
  const documentOf = (link: string): string => `  /things:
    post:
      requestBody: { required: true, content: { application/json: { schema: ${THING} } } }
      responses:
        "201":
          description: Made
          content: { application/json: { schema: ${THING} } }
          links: { next: ${link} }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get: { responses: { "200": { description: One, content: { application/json: { schema: ${THING} } } }, "404": { description: None } } }
    delete: { responses: { "204": { description: Gone }, "404": { description: None } } }
  /notices:
    post:
      operationId: notify
      parameters: [{ name: about, in: query, schema: { type: string } }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [thing], properties: { thing: { type: integer }, text: { type: string }, by: { type: array, items: { type: string } } } }
      responses: { "202": { description: Taken }, "404": { description: None } }
`;

  const keeping = (): ((asked: Asked) => Answer) => {
    const things = new Map<string, object>();
    let made = 0;
    return ({ method, target, body }) => {
      if (target.startsWith('/v1/notices')) return { status: 202 };
      if (target === '/v1/things') {
        made += 1;
        const id = made;
        things.set(`/v1/things/${id}`, { ...(body as object), id });
        return { status: 201, body: { ...(body as object), id } };
      }
      const thing = things.get(target);
      if (thing === undefined) return { status: 404 };
      if (method === 'DELETE') things.delete(target);
      return method === 'DELETE' ? { status: 204 } : { status: 200, body: thing };
    };
  };

  test('sends the body that it names, with what its expressions take from the answer', async () => {
    const link =
      "{ operationId: notify, parameters: { about: '{$method} {$statusCode} {$url}' }, requestBody: { thing: '$response.body#/id', text: 'made {$request.body#/name}', by: ['$method'] } }";
    const { failures, asked, summary } = await sequences(documentOf(link), keeping());
    expect(failures).toEqual([]);
    const [notice] = asked.filter(({ target }) => target.startsWith('/v1/notices'));
    const { searchParams } = new URL(notice?.target ?? '', 'http://localhost');
    expect(searchParams.get('about')).toMatch(/^POST 201 http:\/\/127\.0\.0\.1:\d+\/v1\/things$/);
    const names = asked.flatMap(({ method, target, body }) =>
      method === 'POST' && target === '/v1/things' ? [(body as { readonly name: string }).name] : [],
    );
    expect(notice?.body).toEqual({ thing: expect.any(Number), text: expect.any(String), by: ['POST'] });
    const { text } = (notice?.body ?? {}) as { readonly text?: string };
    expect(names.map(name => `made ${name}`)).toContain(text);
    expect(summary.skipped).toEqual([]);
  });

  test('whose body is taken from an answer as a whole', async () => {
    const link = "{ operationId: notify, requestBody: '$request.body' }";
    const { asked } = await sequences(documentOf(link), keeping());
    const notices = asked.filter(({ target }) => target.startsWith('/v1/notices'));
    expect(notices.map(({ body }) => body)).toEqual([expect.objectContaining({ name: expect.any(String) })]);
  });

  test.each([
    ['an expression that there is not', "{ operationId: notify, requestBody: { thing: '$response.age' } }"],
    ['a body that the operation does not take', '{ operationId: notify, requestBody: { thing: none } }'],
  ])('with %s is counted', async (_what, link) => {
    const { asked, summary } = await sequences(documentOf(link), keeping());
    expect(asked.filter(({ target }) => target.startsWith('/v1/notices'))).toEqual([]);
    expect(summary.skipped).toEqual([
      { reason: 'value-missing', count: 1, examples: ['/things linked: the link next'] },
    ]);
  });
});
