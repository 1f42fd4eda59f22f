/**
 * The shell that the APIs of the mutation suite stand in: an HTTP server on loopback, routes, methods, and the places
 * where a fault may be seeded. Written on `node:http` without any of our own code, so that nothing agrees with
 * us because it is us.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** As on the wire, below the base path. */
  readonly path: string;
  /** As on the wire, without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** `GET /books/{bookId}`; empty where no path of the API fits. */
  readonly key: string;
  /** Decoded values of the path's variables. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Sent in the place of everything else, after which the connection is closed. */
  readonly raw?: Uint8Array;
}

/** Thrown for a request that is wrong; each API says it in its own words. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, reason: string, headers: Readonly<Record<string, string>> = {}) {
    super(reason);
    this.status = status;
    this.headers = headers;
  }
}

/** How a server departs from its document; a conforming one does not. */
export interface Seeded {
  /** A rule, `POST /books: title maxLength`, that is not enforced. */
  readonly unenforced: string | undefined;
  /** A way of treating its data that it should not have. */
  readonly habit: string | undefined;
  /** Changes what would have been answered. */
  readonly alter: Alter | undefined;
}

/** Undefined leaves the answer alone. Refusals are said in the API's own words. */
export type Alter = (asked: Asked, reply: Reply, refuse: Api['refuse']) => Partial<Reply> | undefined;

export const CONFORMING: Seeded = { unenforced: undefined, habit: undefined, alter: undefined };

export type Handler = (asked: Asked) => Reply;

export interface Api {
  /** Below this all its paths stand: `/v1`. */
  readonly basePath: string;
  /** By path template, then by method. */
  readonly routes: Readonly<Record<string, Readonly<Record<string, Handler>>>>;
  readonly refuse: (refusal: Refusal) => Reply;
}

export interface Served {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves an API on a free port of loopback. */
export async function serve(api: Api, seeded: Seeded): Promise<Served> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const [path = '', ...query] = (incoming.url ?? '').split('?');
      const asked = route(api, {
        method: incoming.method ?? '',
        path: path.startsWith(`${api.basePath}/`) ? path.slice(api.basePath.length) : '',
        query: query.join('?'),
        headers: incoming.headers,
        body: Buffer.concat(chunks),
      });
      const kept = answer(api, asked);
      send(outgoing, asked.method, { ...kept, ...seeded.alter?.(asked, kept, api.refuse) });
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${api.basePath}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function route(api: Api, request: Omit<Asked, 'key' | 'variables'>): Asked {
  const segments = request.path.split('/');
  const found = Object.keys(api.routes)
    .map(template => ({ template, variables: match(template.split('/'), segments) }))
    .filter(({ variables }) => variables !== undefined)
    .toSorted((a, b) => Object.keys(a.variables ?? {}).length - Object.keys(b.variables ?? {}).length)[0];
  if (found === undefined) return { ...request, key: '', variables: {} };
  return { ...request, key: `${request.method} ${found.template}`, variables: found.variables ?? {} };
}

function match(template: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  if (template.length !== path.length) return undefined;
  const variables: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const given = path[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== given) return undefined;
      continue;
    }
    try {
      variables[part.slice(1, -1)] = decodeURIComponent(given);
    } catch {
      return undefined;
    }
  }
  return variables;
}

function answer(api: Api, asked: Asked): Reply {
  const template = asked.key.slice(asked.method.length + 1);
  const methods = api.routes[template];
  try {
    if (methods === undefined) throw new Refusal(404, `nothing is at ${asked.path}`);
    const allow = allowed(Object.keys(methods)).join(', ');
    const own = methods[asked.method] ?? (asked.method === 'HEAD' ? methods['GET'] : undefined);
    if (own !== undefined) return own(asked);
    if (asked.method === 'OPTIONS') return { status: 204, headers: { Allow: allow } };
    throw new Refusal(405, `${asked.method} is not for ${template}`, { Allow: allow });
  } catch (error) {
    return api.refuse(error instanceof Refusal ? error : new Refusal(500, String(error)));
  }
}

function allowed(methods: readonly string[]): readonly string[] {
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].toSorted();
}

function send(outgoing: ServerResponse, method: string, { status, headers = {}, body, raw }: Reply): void {
  if (raw !== undefined) {
    outgoing.socket?.end(raw);
    return;
  }
  const bytes = body === undefined ? undefined : Buffer.from(body as string);
  const bare = status === 204 || status === 304;
  const length = bare || 'Content-Length' in headers ? {} : { 'Content-Length': String(bytes?.length ?? 0) };
  outgoing.writeHead(status, { ...headers, ...length });
  outgoing.end(method === 'HEAD' || bare ? undefined : bytes);
}
