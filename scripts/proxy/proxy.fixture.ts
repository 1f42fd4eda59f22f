/** A real server that does as it is told, and a proxy before it. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Contract } from '../../contract/model.ts';
import { contractFromText } from '../../contract/read.ts';
import type { RunEvent, RunSummary } from '../../contract-tests/events.ts';
import { NO_MASK } from '../../contract-tests/mask.ts';
import type { PassedEntry } from './answers.ts';
import { createProxy, type ProxyOptions, type TrafficProxy } from './proxy-server.ts';
import { newTally, type Tally } from './tally.ts';
import { newTeller } from './teller.ts';

export const PETS: string = `openapi: 3.1.1
info: { title: Pets, version: '1' }
servers: [{ url: https://api.pets.example/v1 }]
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
paths:
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      responses:
        '200':
          description: The pet.
          content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } }, example: { name: Mock } } }
    delete:
      security: [{ key: [] }]
      responses: { '204': { description: Gone. } }
  /pets:
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string }, password: { type: string, writeOnly: true } } } } } }
      responses:
        '201': { description: Made., content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
        '404': { description: No such shop. }
        '422': { description: Wrong. }
  /events:
    get:
      responses: { '200': { description: Events., content: { text/event-stream: { schema: { type: string } } } } }
`;

export function contractOf(text: string): Contract {
  const { contract } = contractFromText(text, { name: 'pets.yaml' });
  if (contract === undefined) throw new Error('it is no contract');
  return contract;
}

export interface Between {
  /** Where the documents' paths begin. */
  readonly url: string;
  readonly proxy: TrafficProxy;
  readonly tally: Tally;
  readonly summary: () => RunSummary;
  /** Everything told on the way. */
  readonly told: () => string;
  readonly events: readonly RunEvent[];
  readonly entries: readonly PassedEntry[];
  /** What the server was sent, without bodies. */
  readonly seen: readonly IncomingMessage[];
  readonly close: () => Promise<void>;
}

export type BetweenOptions = Partial<Pick<ProxyOptions, 'limit' | 'onJudged' | 'mock'>> & {
  readonly fallback?: readonly ('undocumented' | 'unimplemented' | 'unreachable')[];
  readonly refuses?: 'requests' | 'responses' | 'all';
  /** In the place of the server's own. */
  readonly url?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly timeoutMs?: number;
  /** What the server does when a connection asks for another protocol. */
  readonly onUpgrade?: (request: IncomingMessage, socket: Duplex) => void;
  /** In the place of the pets. */
  readonly contract?: Contract;
};

/** Starts both. The server's paths begin at `/api`. */
export async function between(answer: RequestListener, options: BetweenOptions = {}): Promise<Between> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  if (options.onUpgrade !== undefined) server.on('upgrade', options.onUpgrade);
  const url = options.url ?? `${await listening(server)}/api`;
  const { contract = contractOf(PETS) } = options;
  const events: RunEvent[] = [];
  const entries: PassedEntry[] = [];
  let told = '';
  const tally = newTally([{ name: 'pets', contract }], url, [event => void events.push(event)]);
  const write = (text: string): void => {
    told += text;
  };
  const { fallback = [], refuses, limit, onJudged, mock = {}, headers = [], timeoutMs = 30_000 } = options;
  const proxy = createProxy([contract], {
    server: { url, timeoutMs, tls: undefined, proxy: () => undefined, headers },
    fallback: new Set(fallback),
    refuses: {
      requests: refuses === 'requests' || refuses === 'all',
      responses: refuses === 'responses' || refuses === 'all',
    },
    mock,
    tally,
    teller: newTeller(write, url, NO_MASK),
    onRequest: entry => void entries.push(entry),
    ...(limit === undefined ? {} : { limit }),
    ...(onJudged === undefined ? {} : { onJudged }),
  });
  const front = createServer(proxy.listener).on('upgrade', proxy.onUpgrade);
  const origin = await listening(front);
  return {
    url: `${origin}/v1`,
    proxy,
    tally,
    summary: () => tally.end(),
    told: () => told,
    events,
    entries,
    seen,
    close: async () => {
      await proxy.close();
      for (const one of [front, server]) {
        one.closeAllConnections();
        one.close();
      }
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers with JSON. */
export function json(value: unknown, status = 200): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
}
