/**
 * Connections that change to another protocol, WebSocket above all: both ends are joined, and nothing in between is
 * looked at, because no document speaks of it.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Forwarder } from './forward.ts';
import { passedOn } from './hop-by-hop.ts';

/** @param path - the server's, with the query */
export function tunnel(
  { target, replaced }: Forwarder,
  path: string,
  request: IncomingMessage,
  client: Duplex,
  head: Uint8Array,
): void {
  const outgoing = target.request({
    ...target.options,
    method: request.method,
    path: target.basePath + path,
    headers: [
      ...['Host', target.authority, 'Connection', 'Upgrade', 'Upgrade', request.headers.upgrade ?? ''],
      ...target.proxyLines,
      ...replaced(request.rawHeaders).flat(),
    ],
  });
  outgoing.on('upgrade', (incoming, server, serverHead) => {
    client.write(headOf(incoming, incoming.rawHeaders));
    client.write(serverHead);
    server.write(head);
    join(client, server);
  });
  outgoing.on('response', incoming => {
    const kept = passedOn(incoming.rawHeaders).flat();
    client.write(headOf(incoming, [...kept, 'Connection', 'close']));
    incoming.pipe(client);
  });
  outgoing.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n'));
  client.on('error', () => outgoing.destroy());
  client.on('close', () => outgoing.destroy());
  outgoing.end();
}

function headOf({ statusCode, statusMessage }: IncomingMessage, raw: readonly string[]): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let index = 0; index + 1 < raw.length; index += 2) lines.push(`${raw[index]}: ${raw[index + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** One end takes the other with it. */
function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
}
