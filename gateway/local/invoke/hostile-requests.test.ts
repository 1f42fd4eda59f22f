import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { API_ID, type Served, serve } from './invoke.fixture.ts';

let served: Served;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await served.close();
});

const TARGET = `/restapis/${API_ID}/test/_user_request_`;

function open(): Promise<Socket> {
  const socket = connect({ port: served.port, host: '127.0.0.1', allowHalfOpen: true });
  sockets.push(socket);
  socket.on('error', () => {});
  return new Promise(resolve => {
    socket.on('connect', () => resolve(socket));
  });
}

/** Everything that comes until the other side ends. */
function all(socket: Socket): Promise<string> {
  return new Promise(resolve => {
    let text = '';
    socket.on('data', chunk => {
      text += chunk;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', () => resolve(text));
  });
}

async function raw(text: string): Promise<string> {
  const socket = await open();
  socket.write(text);
  return all(socket);
}

async function alive(): Promise<void> {
  expect((await served.ask('GET', '/')).status).toBe(200);
  expect(served.faults).toEqual([]);
}

test('15: headers of 10 KB pass, of 20 KB are refused, and of 100 KB the parser gives up', async () => {
  served = await serve({ methods: { 'ANY /': {} } });
  const ask = (size: number) => served.ask('GET', '/', { headers: { 'X-Long': 'a'.repeat(size) } });
  expect((await ask(10_000)).status).toBe(200);
  const refused = await ask(20_000);
  expect([refused.status, refused.body]).toEqual([431, '{"message":"Request Header Fields Too Large"}']);
  const parser = await ask(100_000);
  expect([parser.status, parser.body]).toEqual([431, '{"message":"Request Header Fields Too Large"}']);
  await alive();
});

test('15: an address of more than 8,192 bytes is refused, of a regional API of more than 10,240', async () => {
  served = await serve({ methods: { 'GET /': {} } });
  const ask = (length: number) => served.ask('GET', `/?q=${'a'.repeat(length)}`);
  expect((await ask(8000)).status).toBe(200);
  const refused = await ask(9000);
  expect([refused.status, refused.body]).toEqual([414, '{"message":"Request URI too long"}']);
  await served.close();
  served = await serve({
    methods: { 'GET /': {} },
    restApi: { endpointConfiguration: { types: ['REGIONAL'] } },
  });
  expect((await ask(9000)).status).toBe(200);
  expect((await ask(11_000)).status).toBe(414);
});

test('5.4: a method that asks who calls has a name of 1,600 bytes at most', async () => {
  served = await serve({
    methods: { 'GET /open/{id}': {}, 'GET /closed/{id}': { authorizationType: 'AWS_IAM' } },
  });
  const ask = (place: string) => served.ask('GET', `/${place}/${'a'.repeat(1600)}`);
  expect((await ask('open')).status).toBe(200);
  const refused = await ask('closed');
  expect([refused.status, refused.body]).toEqual([414, '{"message":"Request URI too long"}']);
});

test('5.1: a body of 10 MB passes, one of 12 MB is too long, however it is announced', async () => {
  served = await serve({ methods: { 'ANY /': {} } });
  const MEGABYTE = 1024 * 1024;
  expect((await served.ask('POST', '/', { body: Buffer.alloc(10 * MEGABYTE, 'a') })).status).toBe(200);
  const body = Buffer.alloc(12 * MEGABYTE, 'a');
  for (const headers of [{}, { 'Transfer-Encoding': 'chunked' }]) {
    const reply = await served.ask('POST', '/', { body, headers });
    expect([reply.status, reply.body, reply.headers['x-amzn-errortype']]).toEqual([
      413,
      '{"message":"Request Too Long"}',
      'RequestTooLargeException',
    ]);
  }
  const control = await served.ask('POST', '', { body, target: '/restapis' });
  expect([control.status, control.headers['x-amzn-errortype']]).toEqual([413, 'RequestTooLargeException']);
  const waiting = await raw(
    `POST ${TARGET}/ HTTP/1.1\r\nHost: a\r\nContent-Length: ${12 * MEGABYTE}\r\nExpect: 100-continue\r\n\r\n`,
  );
  expect(waiting).toMatch(/^HTTP\/1\.1 413 /);
  await alive();
});

test.each([['/%zz'], ['/%'], ['/a%2'], ['/?q=%zz'], ['/?%=1']])('broken percent-encoding: %s', async path => {
  served = await serve({ methods: { 'ANY /': {}, 'ANY /{proxy+}': {} } });
  const reply = await served.ask('GET', path);
  expect([reply.status, reply.body, reply.headers['x-amzn-errortype']]).toEqual([
    400,
    '{"message":"Bad Request"}',
    'BadRequestException',
  ]);
});

test('bytes that are no UTF-8 are replaced where they are decoded', async () => {
  served = await serve({
    methods: {
      'GET /{id}': {
        responses: {
          200: {
            responseTemplates: {
              'application/json': "$input.params('id') $input.params('q') $context.resourcePath",
            },
          },
        },
      },
    },
  });
  expect((await served.ask('GET', '/%ff?q=%ffa')).body).toBe('%ff \ufffda /{id}');
});

test('what is no HTTP gets 400, and the whole address in place of the path is understood', async () => {
  served = await serve({ methods: { 'GET /': {} } });
  expect(await raw('hello\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*\{"message":"Bad Request"\}$/,
  );
  expect(await raw(`GET http://a${TARGET}/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 200 /,
  );
  expect(await raw(`GET ${TARGET}/ HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  await alive();
});

test.each([
  ['a version to come', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n'],
  ['no host', `GET ${TARGET}/ HTTP/1.1\r\n\r\n`],
  ['a length below nothing', `POST ${TARGET}/ HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n`],
  ['two lengths', `POST ${TARGET}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
  [
    'a length and chunks',
    `POST ${TARGET}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'a chunk without a size',
    `POST ${TARGET}/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
  ],
  ['a zero byte in a header', `GET ${TARGET}/ HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n`],
])('%s is 400, and the gateway goes on', async (_name, text) => {
  served = await serve({ methods: { 'ANY /': {} } });
  expect(await raw(text)).toMatch(/^HTTP\/1\.1 400 /);
  await alive();
});

test('a client that has closed its side hears the answer, and one that is gone harms nobody', async () => {
  served = await serve({ methods: { 'ANY /': {} } });
  const half = await open();
  half.end(`POST ${TARGET}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`);
  expect(await all(half)).toMatch(/^HTTP\/1\.1 200 /);
  for (let index = 0; index < 20; index += 1) {
    const gone = await open();
    gone.write(`POST ${TARGET}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{`);
    gone.destroy();
  }
  await alive();
});

test('a slow body is waited for while others are answered', async () => {
  served = await serve({ methods: { 'ANY /': {} } });
  const slow = await open();
  slow.write(`POST ${TARGET}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{`);
  await alive();
  slow.write('}');
  expect(await all(slow)).toMatch(/^HTTP\/1\.1 200 /);
});

test('1,500 connections that send nothing keep nobody from an answer', async () => {
  served = await serve({ methods: { 'ANY /': {} } });
  await Promise.all(Array.from({ length: 1500 }, open));
  await alive();
});

test('what bodies that never ended took is given back', async () => {
  served = await serve({ methods: { 'ANY /': {} } });
  const megabytes = (): number => process.memoryUsage().arrayBuffers / 1024 / 1024;
  const gc = garbageCollection();
  gc();
  const before = megabytes();
  const announced = `POST ${TARGET}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n`;
  const held = await Promise.all(Array.from({ length: 10 }, open));
  for (const socket of held) socket.write(announced + 'a'.repeat(9_000_000));
  while (megabytes() < before + 80) await new Promise(resolve => setImmediate(resolve));
  for (const socket of held) socket.destroy();
  await alive();
  do {
    await new Promise(resolve => setImmediate(resolve));
    gc();
  } while (megabytes() > before + 5);
  await alive();
});

/** V8's own, which a process has to ask for. */
function garbageCollection(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

test('templates that loop for ever, or build a gigabyte, end as configuration errors', async () => {
  const templates = [
    `#set($s = 'aaaaaaaaaaaaaaaa')#foreach($i in [1..1000])#set($s = "$s$s")#end$s`,
    '#macro(m)#m()#end#m()',
    '#foreach($i in [1..1001])x#end',
    '#foreach($i in [1..1000])#foreach($j in [1..1000])#foreach($k in [1..1000])x#end#end#end',
    `#set($s = 'a')$s.repeat(1000000000)`,
    `#set($s = 'a')$s.format('%1000000000d', 1)`,
    `#set($s = 'ab')#foreach($i in [1..30])#set($s = $s.replace('a', 'aaaaaaaaaa'))#end$s`,
    '#foreach($i in [1..100000000])x#end',
    `#set($x = '#evaluate($x)$x')#foreach($i in [1..1000])#evaluate($x)#end`,
    `#set($l = ['a'])#foreach($i in [1..40])#set($l = [$l, $l])#end$l`,
    `#set($m = {})$m.put('m', $m)$m`,
  ];
  served = await serve({
    methods: Object.fromEntries([
      ['ANY /', {}],
      ...templates.map((template, index) => [
        `GET /t${index}`,
        { responses: { 200: { responseTemplates: { 'application/json': template } } } },
      ]),
    ]),
  });
  for (const [index] of templates.entries()) {
    const { status, body } = await served.ask('GET', `/t${index}`);
    // A map that holds itself prints as in Java.
    if (status === 200) expect(body).toBe('{m=(this Map)}');
    else expect([index, status, body]).toEqual([index, 500, '{"message": "Internal server error"}']);
  }
  await alive();
});

test('names of JavaScript are names like any other', async () => {
  served = await serve({
    methods: {
      'GET /__proto__/{constructor}': {
        responses: {
          200: {
            responseTemplates: {
              'application/json':
                "$input.params('constructor')|$input.params('__proto__')|$input.params('toString')|$stageVariables.constructor|$context.constructor|",
            },
          },
        },
      },
    },
  });
  const { body } = await served.ask('GET', '/__proto__/x?__proto__=p');
  expect(body).toBe('x|p||||');
});
