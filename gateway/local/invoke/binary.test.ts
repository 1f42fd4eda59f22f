import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type Asking,
  type MethodSketch,
  type Reply,
  type Served,
  type Sketch,
  serve,
} from './invoke.fixture.ts';

let served: Served;
const closing: (() => void)[] = [];
afterEach(async () => {
  await served.close();
  for (const close of closing.splice(0)) close();
});

/** Sends back the body it gets, as the type it is asked for in `x-type`. */
async function echo(): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('Content-Type', request.headers['x-type'] ?? 'application/json');
      response.end(Buffer.concat(chunks));
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function echoed(
  {
    request,
    response,
    type = 'text/plain',
    binary = ['image/png'],
  }: {
    request?: string;
    response?: string;
    type?: string;
    binary?: readonly string[];
  },
  asking: Asking,
): Promise<Reply> {
  const method: MethodSketch = {
    integration: {
      type: 'HTTP',
      httpMethod: 'POST',
      uri: await echo(),
      requestTemplates: {},
      requestParameters: { 'integration.request.header.X-Type': `'${type}'` },
      ...(request === undefined ? {} : { contentHandling: request }),
    },
    responses: { 200: response === undefined ? {} : { contentHandling: response } },
  };
  served = await serve({ methods: { 'POST /': method }, restApi: { binaryMediaTypes: binary } });
  return served.ask('POST', '/', asking);
}

const BYTES = Buffer.from([0x89, 0x50, 0xff, 0x00]);
const BASE64 = BYTES.toString('base64');
const PNG = { 'Content-Type': 'image/png' };

describe('16.5: requests', () => {
  test.each([
    ['bytes', undefined, PNG, BYTES, BYTES],
    ['bytes', 'CONVERT_TO_BINARY', PNG, BYTES, BYTES],
    ['bytes', 'CONVERT_TO_TEXT', PNG, BYTES, Buffer.from(BASE64)],
    ['text', undefined, {}, Buffer.from('ä'), Buffer.from('ä')],
    ['text', 'CONVERT_TO_TEXT', {}, Buffer.from('ä'), Buffer.from('ä')],
    ['text', 'CONVERT_TO_BINARY', {}, Buffer.from(BASE64), BYTES],
    ['bytes that are said to be text', undefined, {}, BYTES, Buffer.from('\ufffdP\ufffd\0')],
  ])('16.5: %s with %s', async (_kind, request, headers, body, expected) => {
    // The answer is bytes for whoever accepts them, so nothing changes on the way back.
    const reply = await echoed(
      { ...(request === undefined ? {} : { request }), type: 'image/png' },
      { headers: { ...headers, Accept: 'image/png' }, body },
    );
    expect([...reply.bytes]).toEqual([...expected]);
  });

  test('16.5: text that is no Base64 cannot become bytes', async () => {
    for (const body of ['no base64!', 'abcde', 'a===']) {
      const reply = await echoed({ request: 'CONVERT_TO_BINARY' }, { body });
      expect([body, reply.status, reply.body]).toEqual([body, 500, '{"message": "Internal server error"}']);
      await served.close();
    }
    served = await serve({ methods: {} });
  });

  test('16.5: a template cannot read bytes, which every request is where all types are binary', async () => {
    const all: Sketch = { methods: { 'OPTIONS /': {} }, restApi: { binaryMediaTypes: ['*/*'] } };
    served = await serve(all);
    expect((await served.ask('OPTIONS', '/')).status).toBe(500);
    await served.close();
    served = await serve({
      ...all,
      methods: { 'OPTIONS /': { integration: { contentHandling: 'CONVERT_TO_TEXT' } } },
    });
    expect((await served.ask('OPTIONS', '/')).status).toBe(200);
  });
});

describe('16.5: responses', () => {
  test.each([
    ['text', 'text/plain', undefined, 'text/plain', 'ä', Buffer.from('ä')],
    ['text', 'text/plain', undefined, 'image/png', BASE64, BYTES],
    ['text', 'text/plain', 'CONVERT_TO_TEXT', 'image/png', 'ä', Buffer.from('ä')],
    ['text', 'text/plain', 'CONVERT_TO_BINARY', 'text/plain', BASE64, BYTES],
    ['bytes', 'image/png', undefined, 'text/plain', BYTES, Buffer.from(BASE64)],
    ['bytes', 'image/png', undefined, 'image/png', BYTES, BYTES],
    ['bytes', 'image/png', 'CONVERT_TO_BINARY', 'text/plain', BYTES, BYTES],
    ['bytes', 'image/png', 'CONVERT_TO_TEXT', 'image/png', BYTES, Buffer.from(BASE64)],
  ])('16.5: %s (%s) with %s for %s', async (_kind, type, response, accept, body, expected) => {
    const reply = await echoed(
      { ...(response === undefined ? {} : { response }), type },
      { headers: { ...PNG, Accept: accept }, body },
    );
    expect([...reply.bytes]).toEqual([...expected]);
  });

  test('16.5: only the first type of Accept counts, and image/* takes all images', async () => {
    const headers = { 'Content-Type': 'image/gif', Accept: 'text/plain, image/png' };
    const reply = await echoed({ type: 'image/webp', binary: ['image/*'] }, { headers, body: BYTES });
    expect(reply.body).toBe(BASE64);
  });
});

describe('compression, from minimumCompressionSize on', () => {
  const text = 'a'.repeat(1000);
  const mock: MethodSketch = { responses: { 200: { responseTemplates: { 'application/json': text } } } };
  const serveFrom = async (minimumCompressionSize: number | undefined, method = mock): Promise<void> => {
    served = await serve({
      methods: { 'ANY /': method },
      ...(minimumCompressionSize === undefined ? {} : { restApi: { minimumCompressionSize } }),
    });
  };
  const asks = (encoding: string): Promise<Reply> =>
    served.ask('GET', '/', { headers: { 'Accept-Encoding': encoding } });

  test('an answer is packed as the client likes it, and left alone otherwise', async () => {
    await serveFrom(1000);
    const gzip = await asks('gzip, deflate');
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.bytes).toString()]).toEqual(['gzip', text]);
    expect(gzip.headers['content-length']).toBe(String(gzip.bytes.length));
    const deflate = await asks('gzip;q=0.1, deflate;q=0.5');
    expect([deflate.headers['content-encoding'], inflateSync(deflate.bytes).toString()]).toEqual([
      'deflate',
      text,
    ]);
    for (const encoding of ['br', 'gzip;q=0', '']) {
      const plain = await asks(encoding);
      expect([plain.headers['content-encoding'], plain.body]).toEqual([undefined, text]);
    }
  });

  test('a smaller answer, and any of an API without the setting, is not packed', async () => {
    await serveFrom(1001);
    expect((await asks('gzip')).body).toBe(text);
    await served.close();
    await serveFrom(undefined);
    expect((await asks('gzip')).body).toBe(text);
  });

  test('a request that came packed is read as one that did not', async () => {
    const passing: MethodSketch = {
      integration: { requestTemplates: {} },
      responses: { 200: {}, 418: { selectionPattern: '418' } },
    };
    await serveFrom(0, passing);
    for (const [encoding, body] of [
      ['gzip', gzipSync('{"statusCode": 418}')],
      ['deflate', deflateSync('{"statusCode": 418}')],
      ['identity', Buffer.from('{"statusCode": 418}')],
    ] as const) {
      const reply = await served.ask('POST', '/', { headers: { 'Content-Encoding': encoding }, body });
      expect([encoding, reply.status]).toEqual([encoding, 418]);
    }
    const broken = await served.ask('POST', '/', {
      headers: { 'Content-Encoding': 'gzip' },
      body: 'no gzip',
    });
    expect([broken.status, broken.body]).toEqual([400, '{"message":"Bad Request"}']);
    const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024));
    const large = await served.ask('POST', '/', { headers: { 'Content-Encoding': 'gzip' }, body: bomb });
    expect([large.status, large.body]).toEqual([413, '{"message":"Request Too Long"}']);
  });
});
