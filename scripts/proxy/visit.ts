/** One request on its way through the proxy, and what has been read of it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireRequest } from '../../contract/http/request.ts';
import type { ReadBytes } from './read-bytes.ts';

export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly wire: WireRequest;
  readonly read: ReadBytes;
  /** When it came, by the process's clock. */
  readonly arrived: number;
}

export function newVisit(
  request: IncomingMessage,
  response: ServerResponse,
  read: ReadBytes,
  arrived: number,
): Visit {
  return { request, response, wire: wireOf(request, read), read, arrived };
}

/** The mock has to be given the whole request. */
export function mayBeMocked({ read }: Visit): boolean {
  return read.end === 'whole';
}

function wireOf({ method = 'GET', url = '/', headers }: IncomingMessage, { bytes }: ReadBytes): WireRequest {
  const target = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
  const mark = target.indexOf('?');
  const framed =
    bytes.byteLength > 0 ||
    headers['content-length'] !== undefined ||
    headers['transfer-encoding'] !== undefined;
  return {
    method,
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers,
    body: framed ? bytes : undefined,
  };
}
