/**
 * The handlers in a page of a real browser, behind the worker script that MSW brings, bundled as an application is:
 * they answer as the mock server does, byte for byte, and leave alone what is not theirs.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build, type Plugin } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contractFromText } from '../../contract/read.ts';
import { createMockServer, type MockServerOptions } from '../../mock-server/server.ts';
import {
  differences,
  fromServer,
  type Got,
  HIDDEN_FROM_PAGES,
  SERVER_ALONE,
} from '../agreement/answers.fixture.ts';
import { isFetchable, ORIGIN, requestsFor, type Sent } from '../agreement/requests.fixture.ts';
import { launchChromium, NO_CHROMIUM } from './chromium.fixture.ts';
import { FROM_NETWORK, type PageServer, servePage } from './page-server.fixture.ts';

const root = join(import.meta.dirname, '..', '..');
const WORKER = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js');

/** What an application would have in its main file, and a hook for the tests. */
const APPLICATION = `
import { setupWorker } from 'msw/browser';
import { handlers } from '${join(root, 'mock-server/msw/handlers.ts')}';
import { handlersFromText } from '${join(root, 'mock-server/msw/handlers-from-text.ts')}';

globalThis.startMock = async (document, options) => {
  const list = typeof document === 'string' ? handlersFromText(document, options) : handlers(document, options);
  const worker = setupWorker(...list);
  await worker.start({ quiet: true, onUnhandledFrame: 'bypass' });
};`;

interface PageGlobals {
  readonly startMock: (document: unknown, options?: object) => Promise<void>;
}

let browser: Browser | undefined;
let server: PageServer;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchChromium();
  server = await servePage(
    new Map([
      [
        '/',
        [
          'text/html',
          '<!doctype html><title>An application</title><script type="module" src="/main.js"></script>',
        ],
      ],
      ['/main.js', ['text/javascript', await bundle()]],
      ['/mockServiceWorker.js', ['text/javascript', readFileSync(WORKER, 'utf8')]],
      ['/favicon.ico', ['image/png', '']],
    ]),
  );
});

afterAll(async () => {
  await browser?.close();
  server.close();
});

/** One file for the browser; a warning, of a Node built-in say, is an error. */
async function bundle(): Promise<string> {
  const entry: Plugin = {
    name: 'application',
    resolveId: id => (id === 'virtual:application' ? '\0application' : undefined),
    load: id => (id === '\0application' ? APPLICATION : undefined),
  };
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [entry],
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: 'virtual:application',
        output: { codeSplitting: false },
        onLog: (level, log) => {
          if (level === 'warn') throw new Error(log.message);
        },
      },
    },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('vite made more than one bundle');
  const [file] = built.output;
  return file.code;
}

beforeEach(async context => {
  if (browser === undefined) return context.skip(NO_CHROMIUM);
  const own = await browser.newContext();
  complaints = [];
  page = await own.newPage();
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    // The browser tells of each status from 400 up, which is what the tests ask for.
    const isStatus = message.text().startsWith('Failed to load resource: the server responded');
    if (message.type() === 'error' && !isStatus) complaints.push(message.text());
  });
  await page.goto(server.url);
  return () => own.close();
});

async function startMock(document: unknown, options: object = {}): Promise<void> {
  await page.waitForFunction(() => 'startMock' in globalThis);
  await page.evaluate(
    ([given, chosen]) => (globalThis as unknown as PageGlobals).startMock(given, chosen as object),
    [document, options],
  );
}

/** The answers that the page gets, in the order of the requests. */
async function fetchInPage(requests: readonly Sent[]): Promise<readonly Got[]> {
  const sent = requests.map(({ body, ...rest }) => ({
    ...rest,
    body: body && Buffer.from(body).toString('latin1'),
  }));
  return page.evaluate(async list => {
    const answers: Got[] = [];
    for (const { method, url, headers, body } of list) {
      const bytes = body === undefined ? null : Uint8Array.from(body, character => character.charCodeAt(0));
      const response = await fetch(url, { method, headers, body: bytes });
      const content = new Uint8Array(await response.arrayBuffer());
      answers.push({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Array.from(content, byte => String.fromCharCode(byte)).join(''),
      });
    }
    return answers;
  }, sent);
}

const PETS = {
  openapi: '3.1.1',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://api.pets.example/v1' }],
  paths: {
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: {
        responses: {
          200: {
            description: 'The pet.',
            headers: { ETag: { schema: { type: 'string' }, example: '"é1"' } },
            content: { 'application/json': { example: { id: 7, name: 'Rëx 🐕' } } },
          },
          404: { description: 'None.', content: { 'application/json': { example: { error: 'no pet' } } } },
        },
      },
    },
    '/pets': {
      post: {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { type: 'object', required: ['name'] } } },
        },
        responses: { 201: { description: 'Made.' } },
      },
    },
  },
};

function sentTo(url: string, more: Partial<Sent> = {}): Sent {
  return { title: url, method: 'GET', url, headers: {}, body: undefined, ...more };
}

function json(value: unknown): Partial<Sent> {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify(value)),
  };
}

test("an example, a wished-for status, refusals, and what is nobody's, without a word on the console", async () => {
  await startMock(PETS);
  const api = 'https://api.pets.example/v1';
  const answers = await fetchInPage([
    sentTo(`${api}/pets/7`),
    sentTo(`${api}/pets/7`, { headers: { prefer: 'code=404' } }),
    sentTo(`${api}/pets`, json({ name: 'Rex' })),
    sentTo(`${api}/pets`, json({})),
    sentTo(`${api}/pets/seven`),
    sentTo(`${api}/nothing`),
    sentTo('/v1/pets/8'),
    sentTo('/elsewhere'),
  ]);
  expect(answers.map(({ status, headers }) => [status, headers['x-rehearsal-refusal']])).toEqual([
    [200, undefined],
    [404, undefined],
    [201, undefined],
    [400, 'invalid-request'],
    [400, 'invalid-request'],
    [404, 'unknown-path'],
    [200, undefined],
    [203, undefined],
  ]);
  const [example] = answers;
  expect(Buffer.from(example?.body ?? '', 'latin1').toString()).toBe('{"id":7,"name":"Rëx 🐕"}');
  expect(answers.at(-1)?.body).toBe(FROM_NETWORK);
  expect(complaints).toEqual([]);
});

describe('as the mock server answers', () => {
  const PERMITTED = { ...SERVER_ALONE, ...HIDDEN_FROM_PAGES };

  test.each<[string, MockServerOptions]>([
    ['test/corpus/museum.yaml', {}],
    ['test/corpus/swagger-petstore.yaml', {}],
    ['test/corpus/apigw-export-peststore.json', {}],
    ['specs/box-office.yaml', {}],
    ['test/corpus/museum.yaml', { validate: 'warn', echo: true }],
  ])('%s %o', async (name, options) => {
    const text = readFileSync(join(root, name), 'utf8');
    const { contract } = contractFromText(text, { name });
    if (contract === undefined) throw new Error(`${name} is not a contract`);
    await startMock(text, {
      baseUrl: ORIGIN + new URL(contract.servers[0]?.url ?? '/', ORIGIN).pathname,
      ...options,
    });
    const requests = contract.operations
      .flatMap(operation => [...requestsFor(operation, { maxCases: 6, choices: true })])
      .filter(sent => isFetchable(sent, 'page'));
    const mock = createMockServer(contract, options);
    const disagreements: string[] = [];
    for (const [index, ours] of (await fetchInPage(requests)).entries()) {
      const sent = requests[index];
      if (sent === undefined) continue;
      const found = differences(await fromServer(mock, sent), ours, PERMITTED);
      disagreements.push(...found.map(difference => `${sent.title}: ${difference}`));
    }
    expect(disagreements.slice(0, 20)).toEqual([]);
    expect(requests.length).toBeGreaterThan(contract.operations.length * 4);
    expect(complaints).toEqual([]);
  });
});
