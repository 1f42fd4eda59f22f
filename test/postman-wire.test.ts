/** Law: what newman puts on the wire for an item is the request of its case, in every style, place and media type. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { splitParts } from '../contract/http/body/multipart.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { CaseRequest } from '../contract/plan/cases/case.ts';
import { contractFromText } from '../contract/read.ts';
import { LIMITS } from '../postman/limits.ts';
import { postmanTarget } from '../postman/target.ts';
import { collectionFor, runNewman } from './newman-run.ts';

const { contract } = contractFromText(`
openapi: 3.1.1
info: { title: Wire, version: "1" }
servers: [{ url: https://wire.example/v1 }]
paths:
  /simple/{a}/label/{b}/matrix/{c}:
    get:
      parameters:
        - { name: a, in: path, required: true, schema: { type: array, items: { type: string } }, example: ["x y", "ü/1"] }
        - { name: b, in: path, required: true, style: label, explode: true, schema: { type: array, items: { type: integer } }, example: [1, 2] }
        - { name: c, in: path, required: true, style: matrix, schema: { type: object, additionalProperties: { type: string } }, example: { r: "1", g: "2" } }
      responses: { "204": {} }
  /query:
    get:
      parameters:
        - { name: form, in: query, schema: { type: array, items: { type: string } }, example: ["a", "b&c"] }
        - { name: joined, in: query, explode: false, schema: { type: array, items: { type: string } }, example: ["a", "b"] }
        - { name: pipes, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string } }, example: ["a", "b"] }
        - { name: spaces, in: query, style: spaceDelimited, explode: false, schema: { type: array, items: { type: string } }, example: ["a", "b"] }
        - { name: deep, in: query, style: deepObject, explode: true, schema: { type: object, properties: { min: { type: integer }, max: { type: integer } } }, example: { min: 1, max: 2 } }
        - { name: json, in: query, content: { application/json: { schema: { type: object, properties: { q: { type: string } } }, example: { q: "a+b" } } } }
        - { name: free, in: query, allowReserved: true, schema: { type: string }, example: "/a?b" }
        - { name: empty, in: query, allowEmptyValue: true, schema: { type: string }, example: "" }
      responses: { "204": {} }
  /headers:
    get:
      deprecated: true
      parameters:
        - { name: X-List, in: header, schema: { type: array, items: { type: integer } }, example: [1, 2, 3] }
        - { name: X-Object, in: header, explode: true, schema: { type: object, additionalProperties: { type: integer } }, example: { a: 1, b: 2 } }
        - { name: session, in: cookie, schema: { type: string }, example: "abc" }
        - { name: flags, in: cookie, schema: { type: array, items: { type: string } }, explode: false, example: ["x", "y"] }
      responses: { "200": { content: { application/json: { schema: {} }, application/xml: { schema: { type: string } }, text/csv: { schema: { type: string } } } } }
  /bodies:
    post:
      requestBody:
        required: true
        content:
          application/json: { schema: { type: object, properties: { a: { type: string } } }, example: { a: "ü" } }
          application/merge-patch+json: { schema: { type: object }, example: { a: null } }
          application/xml: { schema: { type: object, xml: { name: thing }, properties: { a: { type: string } } }, example: { a: "1 < 2" } }
          text/plain: { schema: { type: string }, example: "two\\nlines" }
          text/csv: { schema: { type: string }, example: "a,b\\r\\n1,2\\r\\n" }
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { tags: { type: array, items: { type: string } }, o: { type: object, properties: { n: { type: integer } } }, s: { type: string } } }
            encoding: { tags: { style: form, explode: true }, o: { contentType: application/json } }
            example: { tags: ["a", "b c"], o: { n: 1 }, s: "x&y" }
          multipart/form-data:
            schema: { type: object, properties: { text: { type: string }, meta: { type: object }, file: { type: string, contentMediaType: text/plain } } }
            encoding: { file: { contentType: text/plain }, meta: { contentType: application/json } }
            example: { text: "plain", meta: { n: 1 }, file: "content of a file" }
          application/octet-stream: { schema: { type: string, format: binary } }
      responses: { "204": {} }
`);
if (contract === undefined) throw new Error('no contract');

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

test('each item of each style, place and media type', { timeout: 60_000 }, async () => {
  const received: Received[] = [];
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({
        method,
        url,
        headers: headers as Record<string, string>,
        body: Buffer.concat(chunks),
      });
      reply.writeHead(204).end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const collection = collectionFor(contract, 'standard');
  const ids = new Set(
    [...JSON.stringify(collection).matchAll(/"rehearsal\(\{\\"id\\":\\"((?:[^"\\]|\\{2})*)\\"/g)].map(
      ([, id = '']) => id,
    ),
  );
  const folders = contract.operations.map(({ path }) => path);
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  await runNewman(collection, { baseUrl }, { folders });
  const planned = contract.operations.flatMap(operation => [...casePlan(operation, { depth: 'standard' })]);
  const sent = planned.filter(({ id }) => ids.has(id));
  expect(received).toHaveLength(sent.length);
  expect(sent.length).toBeGreaterThan(80);
  for (const [index, { id, request }] of sent.entries()) {
    const got = received[index];
    if (got === undefined) throw new Error(id);
    expect({ id, ...wordsOf(got, request) }).toEqual({ id, ...plannedWords(request) });
  }
  // What is not sent is told by name, and is nothing but what newman cannot send.
  const losses = postmanTarget.losses?.({ name: 'api', contract, spec: undefined, language: 'ts' }) ?? [];
  const told = losses.filter(({ effectName }) => effectName === 'not sendable');
  expect(told).toHaveLength(planned.length - sent.length);
  const reasons = Object.values(LIMITS).map(({ reason }) => reason);
  expect(told.filter(({ message }) => !reasons.some(reason => message.includes(reason)))).toEqual([]);
});

/** Method, address, the headers of the case, and the body; a form with parts as its parts. */
function plannedWords({ method, path, query, headers, contentType, body }: CaseRequest): object {
  return {
    method,
    // Newman encodes apostrophes in a query, which every server reads as the same.
    url: `/v1${path}${query === '' ? '' : `?${query.replaceAll("'", '%27')}`}`,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    ...bodyWords(contentType, body ?? new Uint8Array()),
  };
}

function wordsOf({ method, url, headers, body }: Received, planned: CaseRequest): object {
  return {
    method,
    url,
    headers: Object.fromEntries(
      planned.headers.map(([name]) => [name.toLowerCase(), headers[name.toLowerCase()]]),
    ),
    ...bodyWords(planned.contentType === undefined ? undefined : headers['content-type'], body),
  };
}

function bodyWords(type: string | undefined, bytes: Uint8Array): object {
  if (type === undefined || !type.startsWith('multipart/form-data; boundary'))
    return { type, body: Buffer.from(bytes).toString() };
  const split = splitParts(type, bytes);
  if ('malformed' in split) return { type, body: Buffer.from(bytes).toString() };
  return {
    type: 'multipart/form-data',
    parts: split.parts.map(({ name, filename, headers, bytes: part }) => [
      name,
      filename,
      headers.get('content-type'),
      Buffer.from(part).toString(),
    ]),
  };
}

test('what is deprecated says so in its name', () => {
  const text = JSON.stringify(collectionFor(contract, 'examples'));
  expect(text).toMatch(/"name":"GET \/headers — [^"]* \[deprecated\]"/);
});
