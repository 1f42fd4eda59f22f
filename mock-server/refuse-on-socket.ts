/** Requests that Node's own parser refuses, which never reach Fastify. */
import type { Socket } from 'node:net';
import { refuse } from './problem.ts';

// An import would read every export of `node:http`, and its getters load the whole of `fetch`.
const { STATUS_CODES } = process.getBuiltinModule('node:http');

/** What Node's parser refuses never becomes a request; it is told in the same words nevertheless. */
export function refuseOnSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const kind =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'headers-too-large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'too-slow'
        : 'malformed-request';
  const { status, headers, body = '' } = refuse({ kind, detail: error.message });
  const bytes = Buffer.from(body);
  const lines = [...headers, ['Content-Length', String(bytes.byteLength)], ['Connection', 'close']];
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  if (socket.writable) socket.write(Buffer.concat([Buffer.from(head, 'latin1'), bytes]));
  socket.destroySoon();
}
