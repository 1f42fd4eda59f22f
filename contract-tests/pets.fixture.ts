/** A small API for tests: a document, a server that keeps it, written by hand without any of our own code, and ways to break it. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Contract } from '../contract/model.ts';
import { contractFromText } from '../contract/read.ts';

export const PETS = `openapi: 3.1.1
info: { title: Pets, version: "1" }
servers: [{ url: https://pets.example.com/v1 }]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [reading]
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
      responses:
        "200":
          description: Pets
          headers: { X-Total: { required: true, schema: { type: integer } } }
          content:
            application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Pet" } } }
        "400": { description: Wrong }
    head:
      responses: { "200": { description: How many, headers: { X-Total: { required: true, schema: { type: integer } } } } }
    post:
      operationId: createPet
      tags: [writing]
      security: [{ key: [] }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Pet" }
            examples: { rex: { value: { name: Rex, age: 3 } } }
      responses:
        "201":
          description: Made
          content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
        "400": { description: Wrong }
        "401": { description: Who are you? }
        "415": { description: Not JSON }
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get:
      responses:
        "200":
          description: A pet
          content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
        "404": { description: None }
    delete:
      security: [{ key: [] }]
      responses: { "204": { description: Gone } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Pet:
      type: object
      required: [name]
      additionalProperties: false
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string, minLength: 1, maxLength: 20 }
        age: { type: integer, minimum: 0 }
        secret: { type: string, writeOnly: true }
`;

export function petsContract(): Contract {
  const { contract, problems } = contractFromText(PETS, { name: 'pets.yaml' });
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return contract;
}

export interface PetsReply {
  status: number;
  headers: Record<string, string>;
  body: string | undefined;
}

export interface PetsRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Changes what the server would have said, or says something else without asking it; undefined leaves the answer alone. */
export type Fault = (request: PetsRequest, reply: PetsReply) => Partial<PetsReply> | undefined;

export interface PetsServer {
  readonly url: string;
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts the server under `/v1`. Without a fault it keeps the document. */
export async function startPets(fault: Fault = () => undefined): Promise<PetsServer> {
  const requests: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const [path = '', query] = (incoming.url ?? '').split('?');
      const request: PetsRequest = {
        method: incoming.method ?? '',
        path: path.replace(/^\/v1/, ''),
        query: new URLSearchParams(query),
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      requests.push(`${request.method} ${incoming.url}`);
      const kept = path.startsWith('/v1/') ? answer(request) : refuse(404);
      const { status, headers, body } = { ...kept, ...fault(request, kept) };
      outgoing.writeHead(status, { ...belonging(status, request), ...headers });
      outgoing.end(request.method === 'HEAD' ? undefined : body);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The headers that HTTP joins to a status, whoever decided on it. */
function belonging(status: number, { path }: PetsRequest): PetsReply['headers'] {
  switch (status) {
    case 401:
      return { 'www-authenticate': 'ApiKey realm="Pets"' };
    case 405:
      return { allow: path === '/pets' ? 'GET, HEAD, POST' : 'GET, DELETE' };
    default:
      return {};
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

function answer(request: PetsRequest): PetsReply {
  const { method, path } = request;
  if (path === '/pets') {
    if (method === 'GET') return list(request);
    if (method === 'HEAD') return { status: 200, headers: { 'x-total': '1' }, body: undefined };
    if (method === 'POST') return create(request);
    return refuseMethod('GET, HEAD, POST');
  }
  const id = /^\/pets\/([^/]+)$/.exec(path)?.[1];
  if (id === undefined) return refuse(404);
  if (method === 'DELETE' && !isKnown(request.headers['x-key'])) return refuse(401);
  if (!/^-?(0|[1-9]\d*)$/.test(id) || Number(id) < 1) return refuse(404);
  if (method === 'GET')
    return { status: 200, headers: JSON_TYPE, body: JSON.stringify({ id: Number(id), name: 'Rex' }) };
  return method === 'DELETE' ? { status: 204, headers: {}, body: undefined } : refuseMethod('GET, DELETE');
}

function list({ query }: PetsRequest): PetsReply {
  const limit = query.get('limit');
  if (limit !== null && (!/^-?(0|[1-9]\d*)$/.test(limit) || Number(limit) < 1 || Number(limit) > 100))
    return refuse(400);
  return { status: 200, headers: { ...JSON_TYPE, 'x-total': '1' }, body: '[{"id":1,"name":"Rex"}]' };
}

function create({ headers, body }: PetsRequest): PetsReply {
  if (!isKnown(headers['x-key'])) return refuse(401);
  if (!/^application\/json *(;|$)/i.test(headers['content-type'] ?? ''))
    return refuse(body === '' ? 400 : 415);
  let pet: unknown;
  try {
    pet = JSON.parse(body);
  } catch {
    return refuse(400);
  }
  if (typeof pet !== 'object' || pet === null || Array.isArray(pet)) return refuse(400);
  const { name, age, secret, ...rest } = pet as Record<string, unknown>;
  if (typeof name !== 'string' || name.length < 1 || name.length > 20 || Object.keys(rest).length > 0)
    return refuse(400);
  if (age !== undefined && (!Number.isInteger(age) || Number(age) < 0)) return refuse(400);
  if (secret !== undefined && typeof secret !== 'string') return refuse(400);
  return {
    status: 201,
    headers: JSON_TYPE,
    body: JSON.stringify({ id: 2, name, ...(age === undefined ? {} : { age }) }),
  };
}

/** Every key but those that the case plan makes up, which nobody was given. */
function isKnown(key: string | string[] | undefined): boolean {
  return typeof key === 'string' && key !== '' && !key.endsWith('nobodys');
}

function refuseMethod(allow: string): PetsReply {
  const refusal = refuse(405);
  return { ...refusal, headers: { ...refusal.headers, allow } };
}

function refuse(status: number): PetsReply {
  return { status, headers: { 'content-type': 'text/plain' }, body: 'no' };
}
