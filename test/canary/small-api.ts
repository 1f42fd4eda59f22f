/** A small API for canaries: what it answers is decided by whoever serves it. On `node:http`, without our own code. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const DOCUMENT = `openapi: 3.1.1
info: { title: Small, version: 1.0.0 }
paths:
  /pets:
    get:
      responses:
        '200': { description: Pets., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
  /pets/{petId}:
    get:
      parameters: [{ name: petId, in: path, required: true, schema: { type: string, enum: [p1, p2] } }]
      responses:
        '200': { description: A pet., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string } } }
`;

/** The file of its document. */
export function smallDocument(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'rehearsal-small-')), 'small.yaml');
  writeFileSync(file, DOCUMENT);
  return file;
}

export interface SmallApi {
  /** `127.0.0.1:4010`. */
  readonly address: string;
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}

export interface Manner {
  /** What each answer takes. */
  readonly ms?: number;
  /** Of so many requests the last is answered with 500. */
  readonly failsEvery?: number;
  /** Asked before each answer: is it to be a 500? */
  readonly fails?: () => boolean;
}

export async function serveSmall({ ms = 0, failsEvery, fails }: Manner = {}): Promise<SmallApi> {
  let requests = 0;
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    const failing = fails?.() === true || (failsEvery !== undefined && requests % failsEvery === 0);
    if (ms > 0) await wait(ms);
    const body = request.url === '/pets' ? [{ name: 'Rex' }] : { name: 'Rex' };
    response.writeHead(failing ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
