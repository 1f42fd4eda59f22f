import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { run } from './run.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const { contract } = contractFromText(`openapi: 3.1.1
paths:
  /me:
    get: { responses: { '200': { description: I, content: { application/json: { schema: { type: object, properties: {
      id: { type: integer, readOnly: true }, name: { type: string, minLength: 1 } } } } } } } }
    patch:
      requestBody: { required: true, content: { application/merge-patch+json: { schema: { type: object, properties: {
        id: { type: integer, readOnly: true }, name: { type: string, minLength: 1 } } } } } }
      responses: { '204': { description: Changed } }
`);

/** A server of one thing and nothing else. */
async function serve(
  takes: (name: string) => boolean,
): Promise<{ readonly url: string; readonly log: unknown[] }> {
  const me = { id: 7, name: 'Ada' };
  const log: unknown[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      if (incoming.method === 'PATCH') {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as { readonly name: string };
        log.push(body);
        if (takes(body.name)) me.name = body.name;
        outgoing.writeHead(204).end();
      } else {
        const text = JSON.stringify(me);
        outgoing.writeHead(200, { 'content-type': 'application/json' });
        outgoing.end(incoming.method === 'HEAD' ? undefined : text);
      }
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log };
}

async function ask(url: string): ReturnType<typeof run> {
  if (contract === undefined) throw new Error('no contract');
  return run({
    contracts: [{ name: 'me', contract }],
    baseUrl: url,
    sequences: { only: true, patienceMs: 0 },
  });
}

test('a single thing is changed by PATCH where there is no PUT, and gets its old value back', async () => {
  const { url, log } = await serve(() => true);
  const { verdict, notJudged } = await ask(url);
  expect([verdict, notJudged.size]).toEqual(['kept', 0]);
  expect(log).toEqual([{ name: 'Ada' }, { name: expect.not.stringMatching('^Ada$') }, { name: 'Ada' }]);
});

test('where nothing shows that the server keeps anything, what it does not show is not judged', async () => {
  const { url } = await serve(() => false);
  const { failures, notJudged } = await ask(url);
  expect(failures).toBe(0);
  expect([...notJudged.keys()]).toEqual(['stateless']);
});

const USERS = `openapi: 3.1.1
paths:
  /users:
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [name], properties: {
        name: { type: string, minLength: 1 } } } } } }
      responses: { '201': { description: Made, content: { application/json: { schema: { type: object, required: [id], properties: {
        id: { type: integer }, name: { type: string } } } } } }, '400': { description: Wrong } }
  /users/{userId}:
    parameters: [{ name: userId, in: path, required: true, schema: { type: integer } }]
    delete: { responses: { '204': { description: Gone }, '404': { description: None } } }
  /users/{userId}/settings:
    parameters: [{ name: userId, in: path, required: true, schema: { type: integer } }]
    get: { responses: { '200': { description: Theirs, content: { application/json: { schema: { $ref: '#/components/schemas/Settings' } } } }, '404': { description: None } } }
    WRITE:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Settings' } } } }
      responses: { '204': { description: Kept }, '400': { description: Wrong }, '404': { description: None } }
components:
  schemas:
    Settings: { type: object, additionalProperties: false, properties: { locale: { type: string, maxLength: 8 }, theme: { type: string, maxLength: 8 }, userId: { type: integer } } }
`;

interface Users {
  readonly url: string;
  readonly left: ReadonlyMap<string, unknown>;
  readonly log: readonly string[];
}

/** Users with settings, which are not there before somebody writes them. */
async function serveUsers(habit: 'good' | 'forgets' | 'takes anything' | 'mocks' = 'good'): Promise<Users> {
  const settings = new Map<string, Record<string, unknown>>();
  const log: string[] = [];
  let last = 0;
  const answer = (method: string, path: string, text: string): readonly [status: number, body?: unknown] => {
    const [, , id = '', thing] = path.split('/');
    if (method === 'POST' && path === '/users') {
      const name: unknown = read(text)?.['name'];
      if (typeof name !== 'string' || name === '') return [400];
      settings.set(String((last += 1)), {});
      return [201, { id: last, name }];
    }
    if (habit === 'mocks') return method === 'GET' ? [200, { theme: 'dark' }] : [204];
    const own = settings.get(id);
    if (own === undefined) return [404];
    if (thing === undefined) return settings.delete(id) ? [204] : [404];
    if (method === 'GET') return Object.keys(own).length === 0 ? [404] : [200, own];
    const body = read(text);
    const right =
      body !== undefined &&
      Object.entries(body).every(([name, value]) =>
        name === 'userId'
          ? String(value) === id
          : typeof value === 'string' && value.length <= 8 && /^(locale|theme)$/.test(name),
      );
    if (!right && habit !== 'takes anything') return [400];
    if (habit === 'forgets') Object.assign(own, { locale: 'none', theme: 'dark' });
    else settings.set(id, method === 'PUT' ? { ...body } : { ...own, ...body });
    return [204];
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '' } = incoming;
      log.push(`${method} ${url}`);
      const json =
        incoming.headers['content-type'] === 'application/json' || method === 'GET' || method === 'DELETE';
      const [status, body] = json ? answer(method, url, Buffer.concat(chunks).toString()) : [415];
      outgoing.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' });
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, left: settings, log };
}

function read(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

describe.each(['put', 'patch'])('a single thing of an item, changed by %s', write => {
  const { contract: users } = contractFromText(USERS.replace('WRITE', write));
  async function failuresAt(url: string): Promise<readonly string[]> {
    if (users === undefined) throw new Error('no contract');
    const failures: string[] = [];
    const { notJudged } = await run({
      contracts: [{ name: 'users', contract: users }],
      baseUrl: url,
      sequences: { only: true, patienceMs: 0 },
      listeners: [
        event => {
          if (event.kind === 'case-finished' && event.outcome.kind === 'failed')
            for (const { check } of event.outcome.failures)
              failures.push(`${check} ${event.case.operation.key}`);
        },
      ],
    });
    return [...new Set([...failures, ...[...notJudged.keys()].map(reason => `not judged: ${reason}`)])];
  }

  test('shows what it was told, and goes with its item', async () => {
    const { url, left, log } = await serveUsers();
    expect(await failuresAt(url)).toEqual([]);
    expect(left.size).toBe(0);
    expect(log.filter(line => line.startsWith(`${write.toUpperCase()} `)).length).toBeGreaterThan(2);
  });

  test('that does not is found', async () => {
    const { url } = await serveUsers('forgets');
    expect(await failuresAt(url)).toEqual(['update-not-visible GET /users/{userId}/settings']);
  });

  test('is asked in place what single cases ask of one that is not there', async () => {
    const { url } = await serveUsers('takes anything');
    expect(await failuresAt(url)).toContain(
      `invalid-accepted ${write.toUpperCase()} /users/{userId}/settings`,
    );
  });

  test('of a mock is not judged', async () => {
    const { url } = await serveUsers('mocks');
    expect(await failuresAt(url)).toContain('not judged: stateless');
  });
});
