// MSW 3 does not catch what is imported by name.
import nodeHttp from 'node:http';
import { getResponse, HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterEach, describe, expect, test } from 'vitest';
import { RehearsalError } from '../../contract/errors.ts';
import type { Problem } from '../../contract/problem.ts';
import { contractFromValue } from '../../contract/read.ts';
import { type HandlerOptions, handlers } from './handlers.ts';
import { handlersFromText } from './handlers-from-text.ts';

const PETS = {
  openapi: '3.1.1',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://api.example.com/v1' }, { url: '/local' }],
  paths: {
    '/pets': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
        responses: {
          200: {
            description: 'All',
            headers: { 'Set-Cookie': { schema: { type: 'string' }, required: true } },
            content: { 'application/json': { example: ['Rex'] } },
          },
        },
      },
      post: {
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 204: { description: 'Taken' } },
      },
    },
    '/pets/{id}': {
      get: {
        parameters: [{ name: 'session', in: 'cookie', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'One', content: { 'text/plain': { example: 'Réx' } } } },
      },
    },
  },
};

async function answer(
  url: string,
  init: RequestInit = {},
  options: HandlerOptions = {},
): Promise<Response | undefined> {
  return getResponse([...handlers(PETS, options)], new Request(url, init));
}

async function statusOf(
  url: string,
  options: HandlerOptions = {},
  method = 'GET',
): Promise<number | undefined> {
  return (await answer(url, { method }, options))?.status;
}

describe('answers', () => {
  test('with status, headers and body of the document', async () => {
    const response = await answer('https://api.example.com/v1/pets?limit=1');
    expect(response?.status).toBe(200);
    expect(response?.headers.get('content-type')).toBe('application/json');
    expect(response?.headers.getSetCookie()).toEqual(['session=sample; Path=/']);
    expect(await response?.json()).toEqual(['Rex']);
  });

  test('HEAD like GET, without a body', async () => {
    const response = await answer('https://api.example.com/v1/pets', { method: 'HEAD' });
    expect([response?.status, await response?.text()]).toEqual([200, '']);
  });

  test('a text keeps its Content-Type and its UTF-8', async () => {
    const response = await answer('https://api.example.com/v1/pets/1', { headers: { cookie: 'session=a' } });
    expect(response?.headers.get('content-type')).toBe('text/plain');
    expect(await response?.text()).toBe('Réx');
  });

  test('what breaks the contract is refused', async () => {
    const response = await answer('https://api.example.com/v1/pets?limit=x');
    expect(response?.status).toBe(400);
    expect(response?.headers.get('x-rehearsal-refusal')).toBe('invalid-request');
    expect(await response?.json()).toMatchObject({ violations: [{ in: 'query', name: 'limit' }] });
    expect((await answer('https://api.example.com/v1/pets/1'))?.status).toBe(400);
  });

  test('bodies are read, none and empty ones told apart from wrong ones', async () => {
    const post = async (body: string | null, type = 'application/json'): Promise<number | undefined> => {
      const init = { method: 'POST', body, headers: { 'content-type': type } };
      return (await answer('https://api.example.com/v1/pets', init))?.status;
    };
    expect(await post('{}')).toBe(204);
    expect(await post('[]')).toBe(400);
    expect(await post('{')).toBe(400);
    expect(await post('')).toBe(400);
    expect(await post(null)).toBe(400);
    expect(await post('a', 'text/plain')).toBe(415);
  });

  test('Prefer chooses, and validation can be softened', async () => {
    const url = 'https://api.example.com/v1/pets?limit=x';
    expect((await answer(url, {}, { validate: 'off' }))?.status).toBe(200);
    const delayed = await answer('https://api.example.com/v1/pets', { headers: { prefer: 'delay=1' } });
    expect(delayed?.headers.get('preference-applied')).toBe('delay=1');
  });
});

describe('which requests are answered', () => {
  test.each<[string, string, HandlerOptions, number | undefined]>([
    ["the servers' own addresses", 'https://api.example.com/v1/pets', {}, 200],
    ['their base paths on any origin', 'http://localhost:3000/v1/pets', {}, 200],
    ['a base path without origin', 'http://localhost:3000/local/pets', {}, 200],
    ['no other base path', 'http://localhost:3000/pets', {}, undefined],
    ['a longer name is no base path', 'https://api.example.com/v12/pets', {}, undefined],
    ['an unknown path of its own address', 'https://api.example.com/v1/pet', {}, 404],
    ['an unknown path elsewhere', 'http://localhost:3000/v1/pet', {}, undefined],
    [
      'an unknown path when it shall pass',
      'https://api.example.com/v1/pet',
      { unknownPaths: 'passthrough' },
      undefined,
    ],
    ['baseUrl', 'https://pets.test/x/pets', { baseUrl: 'https://pets.test/x/' }, 200],
    ['its unknown paths', 'https://pets.test/x/pet', { baseUrl: 'https://pets.test/x' }, 404],
    ['no other origin', 'https://other.test/x/pets', { baseUrl: 'https://pets.test/x' }, undefined],
    ['no server of the document', 'https://api.example.com/v1/pets', { baseUrl: '/x' }, undefined],
    ['a baseUrl without path', 'https://pets.test/pets', { baseUrl: 'https://pets.test' }, 200],
    ['a baseUrl without origin', 'https://any.test/x/pets', { baseUrl: '/x' }, 200],
    ['several', 'https://b.test/y/pets', { baseUrl: ['https://a.test/x', 'https://b.test/y'] }, 200],
    [
      'not crosswise',
      'https://b.test/x/pets',
      { baseUrl: ['https://a.test/x', 'https://b.test/y'] },
      undefined,
    ],
    [
      'a port is part of an origin',
      'https://pets.test:8443/pets',
      { baseUrl: 'https://pets.test' },
      undefined,
    ],
    ['a host in capitals', 'https://pets.test/pets', { baseUrl: 'HTTPS://PETS.test:443' }, 200],
  ])('%s', async (_title, url, options, status) => {
    expect(await statusOf(url, options)).toBe(status);
  });

  test('a method that a known path does not have is refused wherever it is sent', async () => {
    expect(await statusOf('http://localhost:3000/v1/pets', {}, 'DELETE')).toBe(405);
    expect(await statusOf('http://localhost:3000/v1/pets', {}, 'OPTIONS')).toBe(204);
  });
});

describe('what a document may be', () => {
  test('a contract, a text in YAML or JSON', async () => {
    const url = 'https://api.example.com/v1/pets';
    const { contract } = contractFromValue(PETS);
    if (contract === undefined) throw new Error('no contract');
    const yaml =
      'openapi: 3.1.1\nservers: [{ url: /v1 }]\npaths: { /pets: { get: { responses: { "200": {} } } } }\n';
    for (const list of [handlers(contract), handlersFromText(JSON.stringify(PETS)), handlersFromText(yaml)]) {
      expect((await getResponse([...list], new Request(url)))?.status).toBe(200);
    }
  });

  test('nothing else', () => {
    expect(() => handlers({ info: {} })).toThrow(RehearsalError);
    expect(() => handlers([])).toThrow(/is no OpenAPI document: \S/);
    expect(() => handlersFromText('{')).toThrow(/is no OpenAPI document: /);
  });

  test('its problems are told', async () => {
    const told: Problem[] = [];
    const content = { 'application/json': { schema: { type: 'integer' }, example: 'x' } };
    const document = {
      ...PETS,
      paths: { '/a': { get: { responses: { 200: { description: '', content } } } } },
    };
    const list = handlers(document, { onProblem: problem => told.push(problem) });
    const request = (): Request => new Request('https://api.example.com/v1/a');
    expect(await (await getResponse([...list], request()))?.json()).toBe(1);
    await getResponse([...list], request());
    expect(told.map(({ rule }) => rule)).toEqual(['example-invalid']);
  });
});

describe('in Node', () => {
  const server = setupServer();
  afterEach(() => server.close());

  test('fetch and node:http are answered, handlers before ours win, and what nobody answers is an error', async () => {
    const mine = http.get('https://api.example.com/v1/pets/7', () => HttpResponse.text('mine'));
    server.resetHandlers(mine, ...handlers(PETS, { unknownPaths: 'passthrough' }));
    server.listen({ onUnhandledFrame: 'error' });
    expect(await (await fetch('https://api.example.com/v1/pets')).json()).toEqual(['Rex']);
    expect(await (await fetch('https://api.example.com/v1/pets/7')).text()).toBe('mine');
    await expect(fetch('https://api.example.com/v1/pet')).rejects.toThrow();
    const status = await new Promise((resolve, reject) => {
      const request = nodeHttp.request('http://api.example.com/v1/pets', { method: 'POST' }, response => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.setHeader('content-type', 'application/json');
      request.end('{}');
    });
    expect(status).toBe(204);
  });
});

test('a document is answered under each listed value of a variable in its base path', async () => {
  const document = {
    openapi: '3.1.1',
    servers: [
      { url: 'https://pets.test/{version}', variables: { version: { default: 'v1', enum: ['v1', 'v2'] } } },
    ],
    paths: { '/pets': { get: { responses: { 204: {} } } } },
  };
  for (const version of ['v1', 'v2']) {
    const request = new Request(`https://pets.test/${version}/pets`);
    expect((await getResponse([...handlers(document)], request))?.status).toBe(204);
  }
});
