import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { CaseRequest } from '../contract/plan/cases/case.ts';
import { listen, open } from './loopback.fixture.ts';
import { createTransport, type Sent } from './transport.ts';
import { withWitness } from './witness.ts';

interface Watched {
  readonly send: (method: string, path: string, key?: string) => Promise<Sent>;
  readonly seen: readonly string[];
}

async function watch(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Watched> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  const url = await listen(server);
  const transport = createTransport();
  open.push(transport);
  const witnessed = withWitness(transport, { credentials: ['the-key'], waitsMs: [0, 1, 1] });
  return {
    seen,
    send: (method, path, key = 'the-key') => {
      const headers: CaseRequest['headers'] = [['X-Key', key]];
      return witnessed.send(url, {
        method,
        path,
        query: '',
        headers,
        contentType: undefined,
        body: undefined,
      });
    },
  };
}

const told = (sent: Sent): number | string =>
  sent.kind === 'answered' ? sent.response.status : sent.trouble.kind;

describe('credentials', () => {
  test('that the server took and now refuses everywhere have expired', async () => {
    let valid = true;
    const { send, seen } = await watch(
      (_request, response) => void response.writeHead(valid ? 200 : 401).end(),
    );
    expect(told(await send('GET', '/a'))).toBe(200);
    valid = false;
    expect(told(await send('POST', '/b'))).toBe('credentials');
    expect(told(await send('POST', '/c'))).toBe('credentials');
    // The witness is asked once: what is known need not be asked again.
    expect(seen).toEqual(['GET /a', 'POST /b', 'GET /a', 'POST /c']);
  });

  test('are not needed to be shut out', async () => {
    let open = true;
    const { send } = await watch((_request, response) => void response.writeHead(open ? 200 : 403).end());
    expect(told(await send('GET', '/a', 'none'))).toBe(200);
    open = false;
    expect(told(await send('GET', '/b', 'none'))).toBe('credentials');
  });

  test('are good as long as the witness says so, whatever one operation thinks', async () => {
    const { send } = await watch(
      ({ url }, response) => void response.writeHead(url === '/no' ? 403 : 200).end(),
    );
    await send('GET', '/a');
    expect(told(await send('GET', '/no'))).toBe(403);
    expect(told(await send('GET', '/no'))).toBe(403);
  });

  test('that never were taken, or are wrong on purpose, are no matter of time', async () => {
    const { send, seen } = await watch(({ headers }, response) => {
      response.writeHead(headers['x-key'] === 'the-key' ? 200 : 401).end();
    });
    expect(told(await send('GET', '/a', 'wrong'))).toBe(401);
    await send('GET', '/a');
    expect(told(await send('GET', '/a', 'wrong'))).toBe(401);
    expect(seen).toHaveLength(3);
  });
});

describe('a server that sends requests on', () => {
  test('to another origin is the wrong one', async () => {
    const { send } = await watch(({ url }, response) => {
      response.writeHead(301, { location: `https://api.example.com${url}` }).end();
    });
    expect(await send('GET', '/a')).toEqual({
      kind: 'unanswered',
      trouble: {
        kind: 'unreachable',
        message: 'it sends requests on to https://api.example.com',
        advice: 'Redirections are not followed; test https://api.example.com itself.',
      },
    });
  });

  test.each([
    ['in a circle', '/a'],
    ['to log in', 'https://login.example.com/?to=a'],
    ['nowhere', undefined],
  ])('%s has answered', async (_name, location) => {
    const { send, seen } = await watch((_request, response) => {
      response.writeHead(302, location === undefined ? {} : { location }).end();
    });
    expect(told(await send('GET', '/a'))).toBe(302);
    expect(seen).toHaveLength(1);
  });
});

describe('the page of a gateway', () => {
  const page = (response: ServerResponse, status = 502): void =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');

  test('is no answer while nothing else is answered', async () => {
    const { send } = await watch((_request, response) => page(response));
    expect(told(await send('GET', '/a'))).toBe('gateway');
    expect(told(await send('GET', '/b'))).toBe('gateway');
  });

  test('is an answer where a request brings the server down each time', async () => {
    let down = 0;
    const { send, seen } = await watch(({ url }, response) => {
      if (url === '/crash') down = 2;
      if (down > 0) {
        down -= 1;
        page(response);
      } else response.writeHead(200).end();
    });
    await send('GET', '/a');
    expect(told(await send('POST', '/crash'))).toBe(502);
    expect(seen).toEqual(['GET /a', 'POST /crash', 'GET /a', 'GET /a', 'POST /crash']);
  });

  test('does not fall on those who happened to be there', async () => {
    let down = false;
    const { send } = await watch(({ url }, response) => {
      if (url === '/b' && !down) {
        down = true;
        page(response, 504);
      } else response.writeHead(200).end();
    });
    await send('GET', '/a');
    expect(told(await send('GET', '/b'))).toBe(200);
  });

  test('means that the server is gone when the witness gets one too', async () => {
    let gone = false;
    const { send } = await watch((_request, response) => {
      if (gone) page(response, 503);
      else response.writeHead(200).end();
    });
    await send('GET', '/a');
    gone = true;
    expect(await Promise.all(['/b', '/c', '/d'].map(path => send('GET', path).then(told)))).toEqual([
      'gateway',
      'gateway',
      'gateway',
    ]);
    gone = false;
    expect(told(await send('GET', '/b'))).toBe(200);
  });

  test('is not what a server says of itself', async () => {
    const { send, seen } = await watch((_request, response) => {
      response.writeHead(503, { 'content-type': 'application/problem+json' }).end('{}');
    });
    expect(told(await send('GET', '/a'))).toBe(503);
    expect(seen).toHaveLength(1);
  });
});
