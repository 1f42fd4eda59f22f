/** For tests: a local gateway, and before it a front that refuses calls or loses answers as the test says. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway } from '../local/gateway.ts';
import { type ControlPlane, openControlPlane } from './control-plane.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
}

export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

export interface FrontedPlane {
  readonly plane: ControlPlane;
  /** The front's, which is where the plane's calls go. */
  readonly endpoint: string;
  /** Every call that came, in order. */
  readonly calls: readonly Call[];
  /** Answers in the gateway's place. */
  refuse: (call: Call) => Refusal | undefined;
  /** True for a call that is carried out, and whose answer never arrives. */
  loses: (call: Call) => boolean;
  readonly close: () => Promise<void>;
}

export async function frontedPlane(): Promise<FrontedPlane> {
  const gateway = createGateway({ seed: 1 });
  await new Promise<void>(done => gateway.server.listen(0, '127.0.0.1', done));
  const behind = portOf(gateway.server.address());
  const calls: Call[] = [];
  const front = createServer((request, response) => {
    void bodyOf(request).then(async body => {
      const call = { method: request.method ?? '', path: request.url ?? '' };
      calls.push(call);
      const refusal = fronted.refuse(call);
      if (refusal !== undefined) {
        response.writeHead(refusal.status, {
          'x-amzn-ErrorType': refusal.type,
          'content-type': 'application/json',
        });
        response.end(JSON.stringify({ message: refusal.message }));
        return;
      }
      const { host: _host, 'content-length': _length, connection: _connection, ...headers } = request.headers;
      const answer = await fetch(`http://127.0.0.1:${behind}${call.path}`, {
        method: call.method,
        headers: headers as Record<string, string>,
        ...(body.length === 0 ? {} : { body }),
      });
      const text = Buffer.from(await answer.arrayBuffer());
      if (fronted.loses(call)) {
        response.destroy();
        return;
      }
      const type = answer.headers.get('x-amzn-errortype');
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
        ...(type === null ? {} : { 'x-amzn-ErrorType': type }),
      });
      response.end(text);
    });
  });
  await new Promise<void>(done => front.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${portOf(front.address())}`;
  const plane = await openControlPlane({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const fronted: FrontedPlane = {
    plane,
    endpoint,
    calls,
    refuse: () => undefined,
    loses: () => false,
    close: async () => {
      plane.destroy();
      front.closeAllConnections();
      await new Promise(done => front.close(done));
      await gateway.close();
    },
  };
  return fronted;
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.from(Buffer.concat(parts));
}
