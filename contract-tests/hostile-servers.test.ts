import { createServer as createHttpServer } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ReceivedResponse } from '../contract/exchange.ts';
import { GET, listen, open } from './loopback.fixture.ts';
import type { Trouble } from './transport/trouble.ts';
import { createTransport, type Sent, type TransportOptions } from './transport.ts';

type Answer = (socket: Socket) => unknown;

/** A server that does as it likes once a request has come. */
const hostile = (answer: Answer): Promise<string> =>
  listen(
    createServer(socket => {
      open.push({ close: () => socket.destroy() });
      socket.on('error', () => {});
      socket.on('data', () => answer(socket));
    }),
  );

async function ask(answer: Answer, options?: TransportOptions, request = GET): Promise<Sent> {
  const url = await hostile(answer);
  const transport = createTransport(options);
  open.push(transport);
  return transport.send(url, request);
}

function responseOf(sent: Sent): ReceivedResponse {
  if (sent.kind === 'unanswered') throw new Error(sent.trouble.message);
  return sent.response;
}

function troubleOf(sent: Sent): Trouble {
  if (sent.kind === 'answered') throw new Error(`status ${sent.response.status}`);
  return sent.trouble;
}

const text = ({ body }: ReceivedResponse): string => new TextDecoder().decode(body);
const OK = 'HTTP/1.1 200 OK\r\n';

describe('an answer that lies about its length is an answer, with its fault', () => {
  test.each<[string, Answer, string, string, string]>([
    [
      'closed before its end',
      socket => socket.end(`${OK}Content-Length: 100\r\n\r\nhalf`),
      'short',
      '4 of 100 bytes, then the end of the connection',
      'half',
    ],
    [
      'chunks without the last',
      socket => socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`),
      'short',
      '4 bytes without a last chunk, then the end of the connection',
      'half',
    ],
    [
      'longer than announced',
      socket => socket.write(`${OK}Content-Length: 2\r\n\r\nokmore`),
      'excess',
      '4 more bytes behind the end of the body',
      'ok',
    ],
    [
      'longer than announced, then closed',
      socket => socket.end(`${OK}Connection: close\r\nContent-Length: 2\r\n\r\nokmore`),
      'excess',
      '4 more bytes behind the end of the body',
      'ok',
    ],
    [
      'no chunk where one should begin',
      socket => socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nxx\r\n`),
      'malformed',
      'Invalid character in chunk size',
      'half',
    ],
    [
      'a length beside chunks',
      socket =>
        socket.write(`${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`),
      'malformed',
      'Content-Length: 2 beside Transfer-Encoding: chunked',
      '2\r\nok\r\n0\r\n\r\n',
    ],
    [
      'two lengths',
      socket => socket.write(`${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\nok`),
      'malformed',
      'Content-Length 2 times: 2, 3',
      'ok',
    ],
    [
      'a negative length',
      socket => socket.write(`${OK}Content-Length: -2\r\n\r\nok`),
      'malformed',
      'Content-Length: -2',
      'ok',
    ],
    [
      'a length in words',
      socket => socket.write(`${OK}Content-Length: two\r\n\r\nok`),
      'malformed',
      'Content-Length: two',
      'ok',
    ],
  ])('%s', async (_name, answer, kind, received, body) => {
    const response = responseOf(await ask(answer));
    expect([response.status, response.framing, text(response)]).toEqual([200, { kind, received }, body]);
  });

  test('and none without a fault has one', async () => {
    for (const rest of ['Content-Length: 2\r\n\r\nok', 'Connection: close\r\n\r\nok']) {
      const response = responseOf(await ask(socket => socket.end(`${OK}${rest}`)));
      expect([text(response), 'framing' in response]).toEqual(['ok', false]);
    }
  });
});

describe('what is no answer', () => {
  test.each<[string, Answer, Trouble['kind'], string]>([
    ['nothing at all', socket => socket.end(), 'broken', 'socket hang up'],
    [
      'HTTP/0.9',
      socket => socket.end('<html>hello</html>'),
      'broken',
      'the answer is not HTTP: Expected HTTP/, RTSP/ or ICE/',
    ],
    [
      'TLS',
      socket => socket.end(Uint8Array.of(0x15, 3, 3, 0, 2, 2, 40)),
      'broken',
      'it speaks TLS: does the address begin with https://?',
    ],
    [
      'another protocol',
      socket => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
      'broken',
      'it switches to another protocol, which nobody asked for',
    ],
    [
      'headers without end',
      socket => socket.write(`${OK}X: ${'a'.repeat(300_000)}`),
      'too-large',
      'its headers are larger than 256 kB',
    ],
  ])('%s', async (_name, answer, kind, message) => {
    expect(troubleOf(await ask(answer))).toEqual({ kind, message });
  });

  test('reset half-way', async () => {
    const sent = await ask(socket => {
      socket.write(`${OK}Content-Length: 100\r\n\r\nhalf`, () => socket.resetAndDestroy());
    });
    expect(troubleOf(sent).kind).toBe('broken');
  });
});

describe('the time it takes', () => {
  test('informational answers come before the one that counts', async () => {
    const sent = await ask(socket =>
      socket.write(
        `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${OK}Content-Length: 2\r\n\r\nok`,
      ),
    );
    expect(text(responseOf(sent))).toBe('ok');
  });

  test.each<[string, Answer]>([
    [
      'informational answers without end',
      socket => open.push(every(5, () => socket.write('HTTP/1.1 102 Processing\r\n\r\n'))),
    ],
    [
      'a byte at a time',
      socket => {
        socket.write(`${OK}Content-Length: 100000\r\n\r\n`);
        open.push(every(5, () => socket.write('x')));
      },
    ],
    [
      'chunks without end',
      socket => {
        socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`);
        open.push(every(5, () => socket.write('1\r\nx\r\n')));
      },
    ],
  ])('%s: given up when the whole takes too long', async (_name, answer) => {
    expect(troubleOf(await ask(answer, { timeoutMs: 200, idleMs: 60 }))).toEqual({
      kind: 'timeout',
      message: 'no complete answer within 0.2 seconds',
    });
  });

  test('a body that stops coming is given up sooner', async () => {
    const sent = await ask(socket => socket.write(`${OK}Content-Length: 100\r\n\r\nhalf`), {
      timeoutMs: 60_000,
      idleMs: 50,
    });
    expect(troubleOf(sent)).toEqual({
      kind: 'timeout',
      message: 'after 4 bytes of the body nothing more for 0.05 seconds',
    });
  });

  test('but JSON that is whole was announced too long', async () => {
    const sent = await ask(
      socket => socket.write(`${OK}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":1}`),
      { timeoutMs: 60_000, idleMs: 50 },
    );
    expect(responseOf(sent)).toMatchObject({
      status: 200,
      framing: {
        kind: 'short',
        received: '7 of 100 bytes, a whole JSON text, then nothing for 0.05 seconds',
      },
    });
  });

  test('what is given up on a kept connection is not sent again', async () => {
    let requests = 0;
    const url = await hostile(socket => {
      requests += 1;
      if (requests === 1) socket.write(`${OK}Content-Length: 0\r\n\r\n`);
    });
    const transport = createTransport({ timeoutMs: 50 });
    open.push(transport);
    responseOf(await transport.send(url, GET));
    expect(troubleOf(await transport.send(url, GET)).kind).toBe('timeout');
    await transport.send(await hostile(socket => socket.end(`${OK}\r\n`)), GET);
    expect(requests).toBe(2);
  });

  test('an answer that does not wait for the request to end', async () => {
    const sent = await ask(socket => socket.write(`${OK}Content-Length: 2\r\n\r\nno`), undefined, {
      ...GET,
      method: 'POST',
      contentType: 'text/plain',
      body: new Uint8Array(100_000),
    });
    expect(text(responseOf(sent))).toBe('no');
  });
});

function every(ms: number, act: () => void): { close: () => void } {
  const timer = setInterval(act, ms);
  return { close: () => clearInterval(timer) };
}

describe('the room it takes', () => {
  /** Two gigabytes, one buffer at a time. */
  const flood = (): Promise<string> => {
    const piece = new Uint8Array(1024 * 1024);
    const server = createHttpServer((_request, response) => {
      let left = 2048;
      const more = (): void => {
        while (left > 0 && !response.destroyed) {
          left -= 1;
          if (!response.write(piece)) {
            response.once('drain', more);
            return;
          }
        }
        response.end();
      };
      more();
    });
    return listen(server);
  };

  test('large bodies take turns, so that many connections hold only a few', async () => {
    const url = await flood();
    const transport = createTransport({ connections: 16 });
    open.push(transport);
    let most = 0;
    const watch = every(5, () => (most = Math.max(most, process.memoryUsage().arrayBuffers)));
    const before = process.memoryUsage().arrayBuffers;
    const sent = await Promise.all(Array.from({ length: 16 }, () => transport.send(url, GET)));
    watch.close();
    expect(new Set(sent.map(each => troubleOf(each).message))).toEqual(
      new Set(['the body is larger than 64 MB']),
    );
    expect(most - before).toBeLessThan(400 * 1024 * 1024);
  });

  test('each gets its turn', async () => {
    const body = new Uint8Array(6 * 1024 * 1024);
    const url = await listen(
      createHttpServer((_request, response) => response.end(body)).on('connection', socket =>
        open.push({ close: () => socket.destroy() }),
      ),
    );
    const transport = createTransport({ connections: 8, timeoutMs: 20_000 });
    open.push(transport);
    const sent = await Promise.all(Array.from({ length: 8 }, () => transport.send(url, GET)));
    expect(sent.map(each => responseOf(each).body.length)).toEqual(sent.map(() => body.length));
  });
});

describe('codings nobody asked for', () => {
  const coded = (coding: string, body: Uint8Array, options?: TransportOptions): Promise<Sent> =>
    ask(socket => {
      socket.write(`${OK}Content-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.write(body);
    }, options);

  test.each<[string, Uint8Array]>([
    ['gzip', gzipSync('pets')],
    ['X-GZip', gzipSync('pets')],
    ['deflate', deflateSync('pets')],
    ['deflate', deflateRawSync('pets')],
    ['br', brotliCompressSync('pets')],
    ['zstd', zstdCompressSync('pets')],
    ['deflate, gzip', gzipSync(deflateSync('pets'))],
    ['identity', Buffer.from('pets')],
    ['aes128gcm', Buffer.from('pets')],
  ])('%s', async (coding, body) => {
    const response = responseOf(await coded(coding, body));
    expect([text(response), response.headers]).toEqual([
      'pets',
      [
        ['Content-Encoding', coding],
        ['Content-Length', String(body.length)],
      ],
    ]);
  });

  test('a bomb is too large', async () => {
    const bomb = gzipSync(gzipSync(new Uint8Array(50_000_000)));
    expect(troubleOf(await coded('gzip, gzip', bomb, { maxBodyBytes: 1024 * 1024 }))).toEqual({
      kind: 'too-large',
      message: 'the body is larger than 1 MB without its Content-Encoding: gzip, gzip',
    });
  });

  test('a body that is not what it is called', async () => {
    const response = responseOf(await coded('gzip', Buffer.from('{"a":1}')));
    expect(response.framing).toEqual({
      kind: 'malformed',
      received: 'Content-Encoding: gzip, which the body is not: incorrect header check',
    });
    expect(text(response)).toBe('{"a":1}');
  });
});
