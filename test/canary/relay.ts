/** Stands before a gateway and passes everything on, but for what a test wants to go wrong on the way. */
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the gateway's answer is replaced; `drop` closes the connection without one. */
export type Mishap =
  | 'drop'
  | { readonly status: number; readonly type: string; readonly message: string }
  | undefined;

export interface Relay {
  readonly endpoint: string;
  /** Asked for each request; may be changed at any time. */
  mishap: (method: string, url: string) => Mishap;
  readonly close: () => Promise<void>;
}

export async function newRelay(target: string): Promise<Relay> {
  const relay: { mishap: Relay['mishap'] } = { mishap: () => undefined };
  const server = createServer((request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const mishap = relay.mishap(method, url);
    if (mishap === 'drop') {
      request.socket.destroy();
      return;
    }
    if (mishap !== undefined) {
      request.resume();
      response.writeHead(mishap.status, {
        'content-type': 'application/json',
        'x-amzn-errortype': mishap.type,
      });
      response.end(JSON.stringify({ message: mishap.message }));
      return;
    }
    const onward = send(`${target}${url}`, { method, headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  return Object.assign(relay, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
