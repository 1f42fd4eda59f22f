import { createServer, type IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { CaseRequest } from '../../contract/plan/cases/case.ts';
import { listen, open } from '../loopback.fixture.ts';
import { createTransport, type Sent, type Transport } from '../transport.ts';
import type { Credential, CredentialSource, Fetched } from './credential.ts';
import { withCredentials } from './with-credentials.ts';

interface Service {
  readonly url: string;
  readonly seen: string[];
}

/** Takes what `takes` says, and tells what it was asked with. */
async function serve(takes: (request: IncomingMessage) => boolean): Promise<Service> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const { authorization = '-', cookie = '-' } = request.headers;
    seen.push(`${request.url} ${authorization} ${cookie}`);
    response.writeHead(takes(request) ? 200 : 401).end();
  });
  return { url: await listen(server), seen };
}

const request = (headers: CaseRequest['headers'], query = ''): CaseRequest => ({
  method: 'GET',
  path: '/',
  query,
  headers,
  contentType: undefined,
  body: undefined,
});
const BEARER = request([['Authorization', 'Bearer stand-in']]);
const status = (sent: Sent): number | string =>
  sent.kind === 'answered' ? sent.response.status : sent.trouble.kind;

/** Gives one token after the other. */
function tokens(
  options: { lifeMs?: number; renewable?: boolean } = {},
): CredentialSource & { fetched: number } {
  const source = {
    fetched: 0,
    renewable: options.renewable ?? true,
    fetch: async (): Promise<Fetched> => {
      source.fetched += 1;
      const credential = { kind: 'secret', secret: `token-${source.fetched}` } as const;
      return options.lifeMs === undefined ? { credential } : { credential, lifeMs: options.lifeMs };
    },
  };
  return source;
}

async function transport(source: CredentialSource, learned: Credential[] = []): Promise<Transport> {
  const plain = createTransport();
  open.push(plain);
  return withCredentials(plain, [{ standIn: 'stand-in', source }], credential => learned.push(credential));
}

describe('where a credential goes', () => {
  test.each<[string, CaseRequest, string]>([
    ['a header', BEARER, '/ Bearer token-1 -'],
    ['a cookie among others', request([['Cookie', 'a=1; sid=stand-in']]), '/ - a=1; sid=token-1'],
    ['the query', request([], 'a=1&key=stand-in&b=2'), '/?a=1&key=token-1&b=2 - -'],
    [
      'not where it was changed on purpose',
      request([['Authorization', 'Bearer stand-in-x']]),
      '/ Bearer stand-in-x -',
    ],
    ['not where nobody asked for it', request([['Cookie', 'a=1']]), '/ - a=1'],
  ])('%s', async (_name, asked, seen) => {
    const service = await serve(() => true);
    await (await transport(tokens())).send(service.url, asked);
    expect(service.seen).toEqual([seen]);
  });

  test('headers instead, and a signature of all the rest', async () => {
    const service = await serve(() => true);
    const plain = createTransport();
    open.push(plain);
    const once = (credential: Credential): CredentialSource => ({
      renewable: false,
      fetch: () => Promise.resolve({ credential }),
    });
    const both = await withCredentials(
      plain,
      [
        {
          standIn: 'signed',
          source: once({
            kind: 'signature',
            sign: (_url, { query, headers, ...rest }) => ({
              ...rest,
              query,
              headers: [...headers, ['Authorization', `over ${headers.flat().join()} ${query}`]],
            }),
          }),
        },
        { standIn: 'given', source: once({ kind: 'headers', headers: [['Cookie', 'sid=1']] }) },
      ],
      () => {},
    );
    await both.send(
      service.url,
      request(
        [
          ['Authorization', 'signed'],
          ['X-Key', 'given'],
        ],
        'q=1',
      ),
    );
    expect(service.seen).toEqual(['/?q=1 over Cookie,sid=1 q=1 sid=1']);
  });
});

describe('when a credential is had', () => {
  test('once for everybody, before the first request', async () => {
    const service = await serve(() => true);
    const source = tokens();
    const learned: Credential[] = [];
    const sender = await transport(source, learned);
    expect([source.fetched, service.seen]).toEqual([1, []]);
    await Promise.all(Array.from({ length: 20 }, () => sender.send(service.url, BEARER)));
    expect(source.fetched).toBe(1);
    expect(learned).toEqual([{ kind: 'secret', secret: 'token-1' }]);
  });

  test('again when it is about to expire, once for all that ask', async () => {
    const service = await serve(() => true);
    const source = tokens({ lifeMs: 0.001 });
    const sender = await transport(source);
    await Promise.all([sender.send(service.url, BEARER), sender.send(service.url, BEARER)]);
    expect(source.fetched).toBe(2);
    expect(new Set(service.seen)).toEqual(new Set(['/ Bearer token-2 -']));
  });

  test('again when the server no longer takes it, once for all that were refused', async () => {
    let good = 'Bearer token-1';
    const service = await serve(({ headers }) => headers.authorization === good);
    const source = tokens();
    const sender = await transport(source);
    expect(status(await sender.send(service.url, BEARER))).toBe(200);
    good = 'Bearer token-2';
    const sent = await Promise.all(Array.from({ length: 8 }, () => sender.send(service.url, BEARER)));
    expect(sent.map(status)).toEqual(sent.map(() => 200));
    expect(source.fetched).toBe(2);
  });

  test('but not for each refusal of a server that takes none', async () => {
    const service = await serve(() => false);
    const source = tokens();
    const sender = await transport(source);
    for (let times = 0; times < 5; times += 1)
      expect(status(await sender.send(service.url, BEARER))).toBe(401);
    expect([source.fetched, service.seen.length]).toEqual([1, 5]);
  });

  test('nor where one operation refuses everybody', async () => {
    const service = await serve(({ url }) => url === '/');
    const source = tokens();
    const sender = await transport(source);
    const other = { ...BEARER, path: '/closed' };
    for (let times = 0; times < 5; times += 1) {
      expect(status(await sender.send(service.url, BEARER))).toBe(200);
      expect(status(await sender.send(service.url, other))).toBe(401);
    }
    expect(source.fetched).toBe(2);
  });

  test('and never when it would only come back the same', async () => {
    let taken = true;
    const service = await serve(() => taken);
    const source = tokens({ renewable: false });
    const sender = await transport(source);
    await sender.send(service.url, BEARER);
    taken = false;
    expect(status(await sender.send(service.url, BEARER))).toBe(401);
    expect(source.fetched).toBe(1);
  });

  test('what cannot be renewed is told as such', async () => {
    const service = await serve(() => true);
    let left = 1;
    const sender = await transport({
      renewable: true,
      fetch: () => {
        left -= 1;
        if (left < 0) throw new Error('the endpoint is gone');
        return Promise.resolve({ credential: { kind: 'secret', secret: 'once' }, lifeMs: 0.001 });
      },
    });
    expect(await sender.send(service.url, BEARER)).toEqual({
      kind: 'unanswered',
      trouble: { kind: 'credentials', message: 'the endpoint is gone' },
    });
  });
});
