/**
 * The gateway on a socket: reads requests whole, tells the control plane from the stages, and guards the control plane
 * against pages of other origins and names that were rebound to this address.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AwsError } from './control/aws-error.ts';
import { type ControlAnswer, type ControlRequest, refusal } from './control/control-plane.ts';
import { foreignSource } from './foreign-source.ts';

export interface GatewayServerParts {
  readonly control: (request: ControlRequest) => ControlAnswer;
  readonly onFault: (error: Error) => void;
}

/** API Gateway's own limit of a request, payload included. */
const BODY_LIMIT = 10 * 1024 * 1024;

/** A server that does not listen yet. */
export function createGatewayServer(parts: GatewayServerParts): Server {
  return createServer({ requestTimeout: 120_000 }, (request, response) => {
    answerOn(response, parts, request).catch((error: Error) => {
      parts.onFault(error);
      send(response, refusal(new AwsError('InternalFailure', 'The local API Gateway failed.')));
    });
  });
}

async function answerOn(
  response: ServerResponse,
  { control }: GatewayServerParts,
  request: IncomingMessage,
): Promise<void> {
  const foreign = foreignSource(request.headers, request.socket.localAddress);
  if (foreign !== undefined) {
    request.resume();
    send(response, refusal(new AwsError('ForbiddenException', foreign)));
    return;
  }
  const body = await bodyOf(request);
  if (body === undefined) {
    response.setHeader('Connection', 'close');
    send(response, refusal(new AwsError('RequestTooLargeException', 'Request Too Long')));
    return;
  }
  send(
    response,
    control({
      method: request.method ?? 'GET',
      target: request.url ?? '/',
      headers: headersOf(request),
      body,
    }),
  );
}

/** The whole body; undefined for one that is too long, of which no more is kept. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : `${value}`,
    ]),
  );
}

function send(response: ServerResponse, { status, headers, body }: ControlAnswer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  response.end(body);
}
