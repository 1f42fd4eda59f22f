import { request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { collectBody } from './collect-body.ts';

const open: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

interface Served {
  readonly port: number;
  readonly app: FastifyInstance;
}

/** Answers with the body that it got, and with Fastify's code where there is none. */
async function serve(bodyLimit: number, preParsing?: () => Readable): Promise<Served> {
  const app = fastify();
  open.push(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { bodyLimit }, collectBody(bodyLimit));
  if (preParsing !== undefined)
    app.addHook('preParsing', (_request, _reply, _payload, done) => done(null, preParsing()));
  app.setErrorHandler<Error & { code?: string; statusCode?: number }>((error, _request, reply) =>
    reply.code(error.statusCode ?? 500).send(error.code ?? error.message),
  );
  app.post('/', (request, reply) => reply.send(`body: ${Buffer.from(request.body as Uint8Array)}`));
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, port: (app.server.address() as AddressInfo).port };
}

/** Without a declared length the body comes in chunks of HTTP, each in a packet of its own. */
function send(
  { port }: Served,
  parts: readonly string[],
  declared: boolean,
): Promise<readonly [status: number | undefined, text: string]> {
  const length = Buffer.byteLength(parts.join(''));
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'text/x', ...(declared ? { 'content-length': length } : {}) };
    const sent = httpRequest({ port, method: 'POST', headers }, response => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve([response.statusCode, text]));
    });
    sent.on('error', reject);
    const next = (index: number): void => {
      const part = parts[index];
      if (part === undefined) sent.end();
      else sent.write(part, () => setImmediate(next, index + 1));
    };
    next(0);
  });
}

describe('collectBody', () => {
  it('hands over what came, in one piece and in several', async () => {
    const served = await serve(100);
    expect(await send(served, ['whole'], true)).toEqual([200, 'body: whole']);
    expect(await send(served, ['in ', 'three ', 'parts'], false)).toEqual([200, 'body: in three parts']);
    expect(await send(served, [], false)).toEqual([200, 'body: ']);
  });

  it('keeps each body apart from the next one on the connection', async () => {
    const { port } = await serve(100);
    const message = (body: string): string =>
      `POST / HTTP/1.1\r\nHost: h\r\nContent-Type: text/x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const text = await new Promise<string>((resolve, reject) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(message('first') + message('other')));
      socket.on('error', reject).on('data', chunk => {
        received += chunk.toString();
        if (received.includes('body: other')) socket.destroy();
      });
      socket.on('close', () => resolve(received));
    });
    expect(text.indexOf('body: first')).toBeGreaterThan(-1);
    expect(text.indexOf('body: other')).toBeGreaterThan(text.indexOf('body: first'));
  });

  it('refuses a body that is too large by what it says, and one that only turns out to be', async () => {
    const served = await serve(5);
    expect(await send(served, ['123456'], true)).toEqual([413, 'FST_ERR_CTP_BODY_TOO_LARGE']);
    expect(await send(served, ['123', '456'], false)).toEqual([413, 'FST_ERR_CTP_BODY_TOO_LARGE']);
    expect(await send(served, ['12345'], true)).toEqual([200, 'body: 12345']);
  });

  it('reads what a hook of the owner puts before the request', async () => {
    const texts = await serve(100, () => Readable.from(['one ', 'ü']));
    expect(await send(texts, ['any'], false)).toEqual([200, 'body: one ü']);
    expect(await send(texts, ['any'], true)).toEqual([400, 'FST_ERR_CTP_INVALID_CONTENT_LENGTH']);
    const decoding = await serve(100, () =>
      Object.assign(Readable.from([Buffer.from('decoded')]), { receivedEncodedLength: 3 }),
    );
    expect(await send(decoding, ['any'], true)).toEqual([200, 'body: decoded']);
    const bomb = await serve(5, () =>
      Object.assign(Readable.from([Buffer.from('1234567')]), { receivedEncodedLength: 3 }),
    );
    expect(await send(bomb, ['any'], true)).toEqual([413, 'FST_ERR_CTP_BODY_TOO_LARGE']);
  });

  it('tells when the stream breaks', async () => {
    const served = await serve(100, () => {
      const broken = new Readable({ read: () => void broken.destroy(new Error('cut off')) });
      return broken;
    });
    expect(await send(served, ['any'], true)).toEqual([400, 'cut off']);
  });
});
