/**
 * The gateway on a socket: reads requests whole, tells stages from the control plane, and guards all but the stages
 * against pages of other origins and names that were rebound to this address.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AwsError } from './control/aws-error.ts';
import { type ControlAnswer, type ControlRequest, refusal } from './control/control-plane.ts';
import { foreignSource } from './foreign-source.ts';
import { type Entry, entryOf } from './invoke/entry.ts';
import { bareRefusal } from './invoke/limits.ts';
import type { ClientRequest, StageAnswer } from './invoke/model.ts';
import { rawHeader } from './invoke/multi-values.ts';
import { isObservation, type ObservationAnswer } from './observe/observation-paths.ts';
import { announcesTooMuch, hasBody, readBody } from './read-body.ts';

export interface GatewayServerParts {
  readonly control: (request: ControlRequest) => ControlAnswer;
  /** @param tooLong - true for a body beyond the limit */
  readonly stage: (
    entry: Entry,
    request: ClientRequest,
    tooLong: boolean,
  ) => StageAnswer | Promise<StageAnswer>;
  readonly observe: (method: string, target: string) => ObservationAnswer;
  readonly onFault: (error: Error) => void;
}

export interface GatewayServer {
  readonly server: Server;
  readonly connections: ReadonlySet<Socket>;
}

/** More than API Gateway takes, so that it can say so itself; beyond it the parser refuses. */
const HEADER_BYTES = 65_536;
const NOTHING = new Uint8Array();

/** A server that does not listen yet. */
export function createGatewayServer(parts: GatewayServerParts): GatewayServer {
  const connections = new Set<Socket>();
  const server = createServer({ requestTimeout: 120_000, maxHeaderSize: HEADER_BYTES }, (request, response) =>
    answerOn(response, parts, request),
  );
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!announcesTooMuch(request)) response.writeContinue();
    answerOn(response, parts, request);
  });
  server.on('clientError', refuseUnreadable);
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  return { server, connections };
}

/**
 * Takes no more requests, lets answers under way end, and closes the connections on which nothing was ever asked: Node
 * counts them as busy.
 */
export function closeGatewayServer({ server, connections }: GatewayServer): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeIdleConnections();
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  });
}

function answerOn(response: ServerResponse, parts: GatewayServerParts, request: IncomingMessage): void {
  const target = originForm(request.url ?? '/');
  const entry = entryOf(rawHeader(request.rawHeaders, 'host'), target);
  if (entry !== undefined) answerStage(response, parts, request, entry);
  else answerGuarded(response, parts, request, target);
}

/** Stages are public, so nobody asks where a request for one comes from. */
function answerStage(
  response: ServerResponse,
  parts: GatewayServerParts,
  request: IncomingMessage,
  entry: Entry,
): void {
  if (hasBody(request)) {
    whenRead(response, request, body => answerRead(response, parts, request, entry, body));
  } else answerRead(response, parts, request, entry, NOTHING);
}

function answerRead(
  response: ServerResponse,
  parts: GatewayServerParts,
  request: IncomingMessage,
  entry: Entry,
  body: Uint8Array | undefined,
): void {
  try {
    const answer = parts.stage(entry, clientRequest(request, entry, body ?? NOTHING), body === undefined);
    if (answer instanceof Promise) {
      answer.then(done => sendStage(response, done)).catch(error => failStage(response, parts, error));
    } else sendStage(response, answer);
  } catch (error) {
    failStage(response, parts, error as Error);
  }
}

function answerGuarded(
  response: ServerResponse,
  parts: GatewayServerParts,
  request: IncomingMessage,
  target: string,
): void {
  const foreign = foreignSource(request.headers, request.socket.localAddress);
  if (foreign !== undefined) {
    request.resume();
    send(response, refusal(new AwsError('ForbiddenException', foreign)));
    return;
  }
  whenRead(response, request, body => {
    answerControl(parts, request, target, body).then(
      answer => send(response, answer),
      (error: Error) => {
        parts.onFault(error);
        send(response, refusal(new AwsError('InternalFailure', 'The local API Gateway failed.')));
      },
    );
  });
}

async function answerControl(
  parts: GatewayServerParts,
  request: IncomingMessage,
  target: string,
  body: Uint8Array | undefined,
): Promise<ControlAnswer> {
  if (body === undefined) return refusal(new AwsError('RequestTooLargeException', 'Request Too Long'));
  const method = request.method ?? 'GET';
  if (isObservation(target)) {
    const answer = parts.observe(method, target);
    return {
      status: answer.status,
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from(`${JSON.stringify(answer.body)}\n`),
    };
  }
  const answer = parts.control({ method, target, headers: headersOf(request), body });
  return answer.later ?? answer;
}

/** A client that waits for leave to send too much does not get it, and the connection is not kept. */
function whenRead(
  response: ServerResponse,
  request: IncomingMessage,
  answer: (body: Uint8Array | undefined) => void,
): void {
  if (announcesTooMuch(request) && request.headers.expect !== undefined) {
    response.shouldKeepAlive = false;
    answer(undefined);
    return;
  }
  readBody(request, answer);
}

function clientRequest(request: IncomingMessage, entry: Entry, body: Uint8Array): ClientRequest {
  const { socket } = request;
  return {
    verb: request.method ?? 'GET',
    path: entry.path,
    query: entry.query,
    headers: request.rawHeaders,
    body,
    sourceIp: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    httpVersion: request.httpVersion,
    domainName: entry.domainName,
    port: socket.localPort ?? 0,
  };
}

/** Clients of proxies write the whole address where others write the path. */
function originForm(target: string): string {
  return target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : `${value}`,
    ]),
  );
}

function sendStage(response: ServerResponse, { status, headers, body }: StageAnswer): void {
  if (response.headersSent || response.destroyed) return;
  // These have no body, whatever a template says.
  if (status === 204 || status === 304) {
    response.writeHead(status, headers);
    response.end();
    return;
  }
  headers.push('Content-Length', String(Buffer.byteLength(body)));
  response.writeHead(status, headers);
  response.end(body);
}

function failStage(response: ServerResponse, { onFault }: GatewayServerParts, error: Error): void {
  onFault(error);
  sendStage(response, bareRefusal(500, 'InternalServerErrorException', 'Internal server error'));
}

function send(response: ServerResponse, { status, headers, body }: ControlAnswer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  response.end(body);
}

/** What the parser gave up on has no request to answer, only a connection to answer on. */
function refuseUnreadable(error: Error, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const code = 'code' in error ? error.code : undefined;
  const [status, message] =
    code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'Request Header Fields Too Large']
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'Request Timeout']
        : ['400 Bad Request', 'Bad Request'];
  const { headers, body } = bareRefusal(Number(status?.slice(0, 3)), 'BadRequestException', message ?? '');
  const lines = headers.flatMap((text, index) =>
    index % 2 === 0 ? [`${text}: ${headers[index + 1] ?? ''}`] : [],
  );
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      ...lines,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      String(body),
    ].join('\r\n'),
  );
}
