/**
 * An API with a memory for tests: a document, and a server that keeps it, written by hand without any of our own code.
 * Animals have ids in their bodies and page by offset, notes stand under animals and are known by Location alone,
 * labels are made by PUT, keepers page by cursor, and the settings are always there.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Contract } from '../contract/model.ts';
import { contractFromText } from '../contract/read.ts';

export const SHELTER = `openapi: 3.1.1
info: { title: Shelter, version: "1" }
servers: [{ url: https://shelter.example.com/v1 }]
security: [{ key: [] }]
paths:
  /animals:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50, default: 20 } }
        - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
        - { name: kind, in: query, schema: { type: string, enum: [cat, dog, owl] } }
      responses:
        "200": { description: Some, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Animal" } } } } }
        "400": { $ref: "#/components/responses/Wrong" }
    post:
      parameters: [{ name: Idempotency-Key, in: header, schema: { type: string, maxLength: 64 } }]
      requestBody: { $ref: "#/components/requestBodies/Animal" }
      responses:
        "201":
          description: Made
          headers: { Location: { required: true, schema: { type: string, format: uri-reference } } }
          content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } }
          links:
            self: { operationId: getAnimal, parameters: { animalId: $response.body#/id } }
        "400": { $ref: "#/components/responses/Wrong" }
        "415": { $ref: "#/components/responses/Wrong" }
  /animals/{animalId}:
    parameters: [{ $ref: "#/components/parameters/animalId" }]
    get:
      operationId: getAnimal
      parameters: [{ name: If-None-Match, in: header, schema: { type: string } }]
      responses:
        "200":
          description: One
          headers: { ETag: { required: true, schema: { type: string } } }
          content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } }
        "304": { description: As before }
        "404": { $ref: "#/components/responses/None" }
    head:
      responses: { "200": { description: One, headers: { ETag: { required: true, schema: { type: string } } } }, "404": { description: None } }
    put:
      parameters: [{ name: If-Match, in: header, schema: { type: string } }]
      requestBody: { $ref: "#/components/requestBodies/Animal" }
      responses:
        "200": { description: Replaced, content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } } }
        "400": { $ref: "#/components/responses/Wrong" }
        "404": { $ref: "#/components/responses/None" }
        "412": { description: Not as you know it }
        "415": { $ref: "#/components/responses/Wrong" }
    patch:
      requestBody:
        required: true
        content: { application/merge-patch+json: { schema: { $ref: "#/components/schemas/AnimalPatch" } } }
      responses:
        "200": { description: Changed, content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } } }
        "400": { $ref: "#/components/responses/Wrong" }
        "404": { $ref: "#/components/responses/None" }
        "415": { $ref: "#/components/responses/Wrong" }
    delete:
      responses: { "204": { description: Gone }, "404": { $ref: "#/components/responses/None" } }
  /animals/{animalId}/notes:
    parameters: [{ $ref: "#/components/parameters/animalId" }]
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }
      responses:
        "201": { description: Written, headers: { Location: { required: true, schema: { type: string } } } }
        "400": { $ref: "#/components/responses/Wrong" }
        "404": { $ref: "#/components/responses/None" }
        "415": { $ref: "#/components/responses/Wrong" }
  /animals/{id}/notes/{noteId}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
      - { name: noteId, in: path, required: true, schema: { type: string, pattern: "^n[0-9]+$" } }
    get:
      responses:
        "200": { description: One, content: { application/json: { schema: { type: object, required: [note], properties: { note: { $ref: "#/components/schemas/Note" } } } } } }
        "404": { $ref: "#/components/responses/None" }
    delete:
      responses: { "204": { description: Gone }, "404": { $ref: "#/components/responses/None" } }
  /labels/{name}:
    parameters: [{ name: name, in: path, required: true, schema: { type: string, pattern: "^[a-z0-9-]{1,40}$" } }]
    get:
      responses:
        "200": { description: One, content: { application/json: { schema: { $ref: "#/components/schemas/Label" } } } }
        "404": { $ref: "#/components/responses/None" }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Label" } } } }
      responses:
        "200": { description: Replaced }
        "201": { description: Made }
        "400": { $ref: "#/components/responses/Wrong" }
        "415": { $ref: "#/components/responses/Wrong" }
    delete:
      responses: { "204": { description: Gone }, "404": { $ref: "#/components/responses/None" } }
  /keepers:
    get:
      parameters:
        - { name: page_size, in: query, schema: { type: integer, minimum: 1, maximum: 10, default: 5 } }
        - { name: cursor, in: query, schema: { type: string } }
      responses:
        "200":
          description: Some
          content:
            application/json:
              schema:
                type: object
                required: [data]
                properties: { data: { type: array, items: { $ref: "#/components/schemas/Keeper" } }, next_cursor: { type: [string, "null"] }, total_count: { type: integer, minimum: 0 } }
        "400": { $ref: "#/components/responses/Wrong" }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Keeper" } } } }
      responses:
        "201": { description: Made, content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: "#/components/schemas/Keeper" } } } } } }
        "400": { $ref: "#/components/responses/Wrong" }
        "415": { $ref: "#/components/responses/Wrong" }
  /keepers/{keeper_id}:
    parameters: [{ name: keeper_id, in: path, required: true, schema: { type: string, format: uuid } }]
    get:
      responses:
        "200": { description: One, content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: "#/components/schemas/Keeper" } } } } } }
        "404": { $ref: "#/components/responses/None" }
    delete:
      responses: { "204": { description: Gone }, "404": { $ref: "#/components/responses/None" } }
  /settings:
    get:
      responses: { "200": { description: They, content: { application/json: { schema: { $ref: "#/components/schemas/Settings" } } } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Settings" } } } }
      responses:
        "204": { description: Kept }
        "400": { $ref: "#/components/responses/Wrong" }
        "415": { $ref: "#/components/responses/Wrong" }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  parameters:
    animalId: { name: animalId, in: path, required: true, schema: { type: integer, minimum: 1 } }
  requestBodies:
    Animal: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } } }
  responses:
    None: { description: None, content: { text/plain: {} } }
    Wrong: { description: Wrong, content: { text/plain: {} } }
  schemas:
    Animal:
      type: object
      required: [name, kind]
      additionalProperties: false
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string, minLength: 1, maxLength: 40 }
        kind: { type: string, enum: [cat, dog, owl] }
        age: { type: integer, minimum: 0, maximum: 200 }
        chip: { type: string, writeOnly: true, maxLength: 40 }
        born: { type: string, format: date-time }
        tags: { type: array, maxItems: 5, items: { type: string, maxLength: 40 } }
        updatedAt: { type: string, format: date-time, readOnly: true }
    AnimalPatch:
      type: object
      minProperties: 1
      additionalProperties: false
      properties:
        name: { type: string, minLength: 1, maxLength: 40 }
        age: { type: [integer, "null"], minimum: 0, maximum: 200 }
        kind: { type: string, enum: [cat, dog, owl] }
    Note: { type: object, required: [text], additionalProperties: false, properties: { text: { type: string, minLength: 1, maxLength: 100 } } }
    Label: { type: object, required: [colour], additionalProperties: false, properties: { colour: { type: string, enum: [red, green, blue, grey, white] }, note: { type: string, maxLength: 40 } } }
    Keeper: { type: object, required: [name], additionalProperties: false, properties: { id: { type: string, format: uuid, readOnly: true }, name: { type: string, minLength: 1, maxLength: 40 } } }
    Settings: { type: object, required: [theme], additionalProperties: false, properties: { theme: { type: string, minLength: 1, maxLength: 20 }, pages: { type: integer, minimum: 1, maximum: 500 } } }
`;

export function shelterContract(): Contract {
  const { contract, problems } = contractFromText(SHELTER, { name: 'shelter.yaml' });
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return contract;
}

export interface ShelterRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed; undefined when it is no JSON. */
  readonly body: unknown;
}

export interface ShelterReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type Item = Record<string, unknown>;

/** What the shelter knows. A fault may reach into it. */
export interface ShelterState {
  readonly animals: Map<string, Item>;
  readonly notes: Map<string, Item>;
  readonly labels: Map<string, Item>;
  readonly keepers: Map<string, Item>;
  readonly keys: Map<string, string>;
  settings: Item;
  made: number;
}

/** Answers in the shelter's place; `usual` is what it would do, and does, when it is called. */
export type ShelterFault = (
  request: ShelterRequest,
  usual: () => ShelterReply,
  state: ShelterState,
) => ShelterReply;

export interface ShelterServer {
  readonly url: string;
  readonly state: ShelterState;
  /** `METHOD path status`, in order. */
  readonly log: readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts the server under `/v1`. Without a fault it keeps the document. */
export async function startShelter(
  fault: ShelterFault = (_request, usual) => usual(),
): Promise<ShelterServer> {
  const log: string[] = [];
  const state: ShelterState = {
    animals: new Map(),
    notes: new Map(),
    labels: new Map(),
    keepers: new Map(),
    keys: new Map(),
    settings: { theme: 'dark', pages: 20 },
    made: 0,
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const [path = '', query] = (incoming.url ?? '').split('?');
      const request: ShelterRequest = {
        method: incoming.method ?? '',
        path: path.replace(/^\/v1/, ''),
        query: new URLSearchParams(query),
        headers: incoming.headers,
        body: parsed(Buffer.concat(chunks).toString('utf8')),
      };
      const reply = fault(request, () => answer(request, state), state);
      const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
      log.push(`${request.method} ${request.path} ${reply.status}`);
      const type = typeof reply.body === 'string' ? 'text/plain' : 'application/json';
      outgoing.writeHead(reply.status, {
        ...(reply.body === undefined ? {} : { 'content-type': type }),
        ...reply.headers,
      });
      outgoing.end(request.method === 'HEAD' ? undefined : text);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    state,
    log,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NONE: ShelterReply = { status: 404, body: 'none' };
const WRONG: ShelterReply = { status: 400, body: 'wrong' };

function answer(request: ShelterRequest, state: ShelterState): ShelterReply {
  const { path, headers } = request;
  // Whoever answers GET answers HEAD; the body is left out later.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const [, first = '', id, second, other] = path.split('/');
  if (!isKnown(headers['x-key']))
    return { status: 401, headers: { 'www-authenticate': 'Key' }, body: 'who?' };
  const writes = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  if (writes && headers['content-length'] === '0') return WRONG;
  if (writes && headers['content-type']?.split(';')[0] !== type) return { status: 415, body: 'what?' };
  const place = `${first}${id === undefined ? '' : '/:id'}${second === undefined ? '' : '/notes'}${other === undefined ? '' : '/:id'}`;
  switch (`${method} ${place}`) {
    case 'GET animals':
      return page(request, ofKind(request, [...state.animals.values()]).map(shown));
    case 'POST animals':
      return makeAnimal(request, state);
    case 'GET animals/:id':
    case 'PUT animals/:id':
    case 'PATCH animals/:id':
    case 'DELETE animals/:id':
      return oneAnimal(request, state, state.animals.get(id ?? ''));
    case 'POST animals/:id/notes': {
      if (!state.animals.has(id ?? '')) return NONE;
      if (!isNote(request.body)) return WRONG;
      const name = `n${(state.made += 1)}`;
      state.notes.set(`${id}/${name}`, request.body as Item);
      return { status: 201, headers: { location: `/v1/animals/${id}/notes/${name}` } };
    }
    case 'GET animals/:id/notes/:id': {
      const note = state.notes.get(`${id}/${other}`);
      return note === undefined ? NONE : { status: 200, body: { note } };
    }
    case 'DELETE animals/:id/notes/:id':
      return state.notes.delete(`${id}/${other}`) ? { status: 204 } : NONE;
    case 'GET labels/:id': {
      const label = state.labels.get(id ?? '');
      return label === undefined ? NONE : { status: 200, body: label };
    }
    case 'PUT labels/:id': {
      if (!/^[a-z0-9-]{1,40}$/.test(id ?? '') || !isLabel(request.body)) return WRONG;
      const known = state.labels.has(id ?? '');
      state.labels.set(id ?? '', request.body as Item);
      return { status: known ? 200 : 201 };
    }
    case 'DELETE labels/:id':
      return state.labels.delete(id ?? '') ? { status: 204 } : NONE;
    case 'GET keepers':
      return cursorPage(request, [...state.keepers.values()]);
    case 'POST keepers': {
      if (!has(request.body, { name: text(1, 40) }, ['name'])) return WRONG;
      const uuid = `0f0c4548-1c9f-4a48-a624-${String((state.made += 1)).padStart(12, '0')}`;
      const keeper = { id: uuid, ...(request.body as Item) };
      state.keepers.set(uuid, keeper);
      return { status: 201, body: { data: keeper } };
    }
    case 'GET keepers/:id': {
      const keeper = state.keepers.get(id ?? '');
      return keeper === undefined ? NONE : { status: 200, body: { data: keeper } };
    }
    case 'DELETE keepers/:id':
      return state.keepers.delete(id ?? '') ? { status: 204 } : NONE;
    case 'GET settings':
      return { status: 200, body: state.settings };
    case 'PUT settings':
      if (!has(request.body, { theme: text(1, 20), pages: whole(1, 500) }, ['theme'])) return WRONG;
      state.settings = request.body as Item;
      return { status: 204 };
    default:
      return allowing(place);
  }
}

const ALLOWED: ReadonlyMap<string, string> = new Map([
  ['animals', 'GET, HEAD, POST'],
  ['animals/:id', 'GET, HEAD, PUT, PATCH, DELETE'],
  ['animals/:id/notes', 'POST'],
  ['animals/:id/notes/:id', 'GET, HEAD, DELETE'],
  ['labels/:id', 'GET, HEAD, PUT, DELETE'],
  ['keepers', 'GET, HEAD, POST'],
  ['keepers/:id', 'GET, HEAD, DELETE'],
  ['settings', 'GET, HEAD, PUT'],
]);

function allowing(place: string): ShelterReply {
  const allow = ALLOWED.get(place);
  return allow === undefined ? NONE : { status: 405, headers: { allow }, body: 'no' };
}

/** Every key but those that the case plan makes up, which nobody was given. */
function isKnown(key: string | string[] | undefined): boolean {
  return typeof key === 'string' && key !== '' && !key.endsWith('nobodys');
}

function makeAnimal({ headers, body }: ShelterRequest, state: ShelterState): ShelterReply {
  if (!isAnimal(body)) return WRONG;
  const key = headers['idempotency-key'];
  if (key !== undefined && key.length > 64) return WRONG;
  const before = typeof key === 'string' ? state.keys.get(key) : undefined;
  const id = before ?? String((state.made += 1));
  if (before === undefined) {
    state.animals.set(id, { id: Number(id), ...(body as Item), updatedAt: now(state) });
    if (typeof key === 'string') state.keys.set(key, id);
  }
  const made = state.animals.get(id);
  if (made === undefined) return NONE;
  return { status: 201, headers: { location: `/v1/animals/${id}` }, body: shown(made) };
}

function oneAnimal(
  { method, headers, body }: ShelterRequest,
  state: ShelterState,
  known: Item | undefined,
): ShelterReply {
  if (known === undefined) return NONE;
  const etag = `"${JSON.stringify(known).length}-${String(known['updatedAt'])}"`;
  const id = String(known['id']);
  switch (method) {
    case 'PUT':
      if (headers['if-match'] !== undefined && headers['if-match'] !== etag) return { status: 412 };
      if (!isAnimal(body)) return WRONG;
      state.animals.set(id, { id: known['id'], ...(body as Item), updatedAt: now(state) });
      return { status: 200, body: shown(state.animals.get(id) ?? {}) };
    case 'PATCH': {
      if (!isPatch(body)) return WRONG;
      const changed: Item = { ...known, ...(body as Item), updatedAt: now(state) };
      for (const name of Object.keys(changed)) if (changed[name] === null) delete changed[name];
      state.animals.set(id, changed);
      return { status: 200, body: shown(changed) };
    }
    case 'DELETE':
      state.animals.delete(id);
      return { status: 204 };
    default:
      if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
      return { status: 200, headers: { etag, 'content-type': 'application/json' }, body: shown(known) };
  }
}

/** A clock that goes on with every change and never by itself. */
function now(state: ShelterState): string {
  return new Date(Date.UTC(2026, 0, 1) + 1000 * (state.made += 1)).toISOString();
}

function shown({ chip: _chip, ...rest }: Item): Item {
  return rest;
}

function ofKind({ query }: ShelterRequest, animals: readonly Item[]): readonly Item[] {
  const wanted = query.get('kind');
  return wanted === null ? animals : animals.filter(({ kind }) => kind === wanted);
}

function page({ query }: ShelterRequest, items: readonly Item[]): ShelterReply {
  const limit = number(query.get('limit') ?? '20');
  const offset = number(query.get('offset') ?? '0');
  const kind = query.get('kind') ?? 'cat';
  if (limit === undefined || limit < 1 || limit > 50 || offset === undefined || offset < 0) return WRONG;
  if (!['cat', 'dog', 'owl'].includes(kind)) return WRONG;
  return { status: 200, body: items.slice(offset, offset + limit) };
}

function cursorPage({ query }: ShelterRequest, items: readonly Item[]): ShelterReply {
  const size = number(query.get('page_size') ?? '5');
  const cursor = query.get('cursor');
  const from = cursor === null || cursor === '' ? 0 : items.findIndex(({ id }) => id === cursor);
  if (size === undefined || size < 1 || size > 10) return WRONG;
  const start = Math.max(from, 0);
  const next = items[start + size];
  const data = items.slice(start, start + size);
  return { status: 200, body: { data, next_cursor: next?.['id'] ?? null, total_count: items.length } };
}

function number(text_: string): number | undefined {
  return /^-?(0|[1-9]\d*)$/.test(text_) ? Number(text_) : undefined;
}

type Rule = (value: unknown) => boolean;
const text =
  (least: number, most: number): Rule =>
  value =>
    typeof value === 'string' && [...value].length >= least && [...value].length <= most;
const whole =
  (least: number, most: number): Rule =>
  value =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
const kind: Rule = value => ['cat', 'dog', 'owl'].includes(value as string);
const instant: Rule = value =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(value) &&
  !Number.isNaN(Date.parse(value));
const tags: Rule = value => Array.isArray(value) && value.length <= 5 && value.every(text(0, 40));

function has(body: unknown, rules: Readonly<Record<string, Rule>>, required: readonly string[]): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const entries = Object.entries(body);
  return (
    required.every(name => Object.hasOwn(body, name)) &&
    entries.every(([name, value]) => Object.hasOwn(rules, name) && rules[name]?.(value) === true)
  );
}

const isNote = (body: unknown): boolean => has(body, { text: text(1, 100) }, ['text']);

function isLabel(body: unknown): boolean {
  const colour: Rule = value => ['red', 'green', 'blue', 'grey', 'white'].includes(value as string);
  return has(body, { colour, note: text(0, 40) }, ['colour']);
}

/** Properties that only the server writes may be sent, and are ignored: here they are refused. */
function isAnimal(body: unknown): boolean {
  const rules = { name: text(1, 40), kind, age: whole(0, 200), chip: text(0, 40), born: instant, tags };
  return has(body, rules, ['name', 'kind']);
}

function isPatch(body: unknown): boolean {
  const age: Rule = value => value === null || whole(0, 200)(value);
  return has(body, { name: text(1, 40), kind, age }, []) && Object.keys(body as object).length > 0;
}
