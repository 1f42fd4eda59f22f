/** Law: no reporter writes a secret, wherever it was sent and in whatever form the server gives it back. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractFromText } from '../../contract/read.ts';
import { createMask } from '../mask.ts';
import { run } from '../run.ts';
import { REPORTERS } from './index.ts';

const DOCUMENT = `openapi: 3.1.1
info: { title: Secrets, version: "1" }
paths:
  /all:
    get:
      security: [{ query: [], cookie: [], header: [] }]
      responses: { "200": { description: Fine, content: { application/json: { schema: { type: integer } } } } }
    post:
      security: [{ basic: [] }]
      requestBody: { content: { application/json: { schema: { type: string } } } }
      responses: { "200": { description: Fine, content: { application/json: { schema: { type: integer } } } } }
    put:
      security: [{ bearer: [] }]
      responses: { "200": { description: Fine } }
components:
  securitySchemes:
    query: { type: apiKey, in: query, name: api_key }
    cookie: { type: apiKey, in: cookie, name: session }
    header: { type: apiKey, in: header, name: X-Key }
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
`;

const SECRETS = new Map([
  ['query', 'qu&ry "key"/1'],
  ['cookie', 'c00kie-jar'],
  ['header', 'pin7'],
  ['basic', 'alice:open sesame'],
  ['bearer', 'eyJhbGciOi.payload-part.signature_1'],
]);
const GIVEN: readonly (readonly [string, string])[] = [['X-Given', 'given-by-hand']];
const ISSUED = 'issued-by-the-server';

/** What must not be found; a pin of four characters is hidden where it is sent, not everywhere. */
const FORBIDDEN = [
  ...[...SECRETS.values(), 'given-by-hand', ISSUED, 'open sesame']
    .filter(secret => secret !== 'pin7')
    .flatMap(secret => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1),
    ]),
  'X-Key: pin7',
  '"pin7"',
];

let server: Server;
let url = '';
beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    incoming.resume();
    incoming.on('end', () => {
      const echo = [
        ...SECRETS.values(),
        ...Object.values(incoming.headers).map(String),
        incoming.url ?? '',
      ].filter(value => value !== 'pin7');
      const binary = incoming.method === 'PUT';
      outgoing.writeHead(500, {
        'content-type': binary ? 'application/octet-stream' : 'application/json',
        'set-cookie': `session=${ISSUED}; Path=/`,
        'x-echo': encodeURIComponent(echo.join(' ')),
        location: `/?api_key=${encodeURIComponent(SECRETS.get('query') ?? '')}`,
      });
      const text = JSON.stringify({
        echo,
        access_token: ISSUED,
        encoded: echo.map(value => Buffer.from(`x${value}y`).toString('base64')),
      });
      outgoing.end(binary ? Buffer.concat([Buffer.from([0xff]), Buffer.from(echo.join('\0'))]) : text);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each(REPORTERS.map(reporter => [reporter.name, reporter] as const))('%s', async (_name, reporter) => {
  const { contract } = contractFromText(DOCUMENT, { name: 'secrets.yaml' });
  if (contract === undefined) throw new Error('unreadable');
  const parts: string[] = [];
  const listener = reporter.create({
    write: text => void parts.push(text),
    isTTY: false,
    colour: false,
    columns: 80,
    mask: createMask(GIVEN, SECRETS.values(), [
      { in: 'query', name: 'api_key' },
      { in: 'cookie', name: 'session' },
      { in: 'header', name: 'X-Key' },
      { in: 'header', name: 'Authorization' },
    ]),
  });
  const summary = await run({
    contracts: [{ name: 'secrets.yaml', contract }],
    baseUrl: url,
    listeners: [listener],
    plan: { credentials: SECRETS, headers: GIVEN },
  });
  expect(summary.failures).toBeGreaterThan(0);
  const text = parts.join('');
  expect(text).toContain('***');
  for (const secret of FORBIDDEN) expect(text, secret).not.toContain(secret);
  // Bodies that are no text stand in Base64.
  for (const [, base64 = ''] of text.matchAll(/"([\w+/]{24,}={0,2})"/g)) {
    const bytes = Buffer.from(base64, 'base64').toString('latin1');
    for (const secret of FORBIDDEN) expect(bytes, secret).not.toContain(secret);
  }
});
