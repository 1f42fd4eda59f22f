/**
 * A request to a mock, answered: the operation that its method and path lead to gives the reply, and what leads nowhere
 * is refused. Browser-safe, and the one way to a reply for every server of ours.
 */
import { percentDecode } from '../contract/http/percent-encoding.ts';
import type { WireRequest } from '../contract/http/request.ts';
import type { Answerer } from './answer.ts';
import { type RefusalDetails, type Reply, refuse } from './problem.ts';
import type { Routes } from './routes.ts';

/**
 * The reply to a request.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { createAnswerer } from './mock-server/answer.ts';
 * import { respond } from './mock-server/respond.ts';
 * import { buildRoutes } from './mock-server/routes.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\npaths: { /pets: { get: { responses: { "204": {} } } } }\n');
 * const routes = buildRoutes(contract === undefined ? [] : [contract]);
 * const request = { method: 'GET', path: '/pet', query: '', headers: {}, body: undefined };
 * console.log(respond(routes, createAnswerer(), request).status); // 404
 * ```
 */
export function respond(routes: Routes, answer: Answerer, request: WireRequest): Reply {
  const { method, path } = request;
  if (path.includes('%')) {
    const decoded = percentDecode(path);
    if (decoded === undefined || decoded.includes('\0')) return refuse(unreadablePath(path));
  }
  const found = routes.find(method, path);
  switch (found.kind) {
    case 'operation':
      return answer(found.operation, request, found.variables);
    case 'method':
      if (method === 'OPTIONS')
        return { status: 204, headers: [['Allow', found.allow]], body: undefined, lasting: false };
      return refuse({
        kind: 'unknown-method',
        detail: `${found.template} has no ${method}. It has ${found.allow}.`,
        headers: [['Allow', found.allow]],
      });
    case 'path':
      return refuse({
        kind: 'unknown-path',
        detail: `Nothing stands at ${path}.${found.nearest === undefined ? '' : ` Did you mean ${found.nearest}?`}`,
      });
    default:
      return found satisfies never;
  }
}

function unreadablePath(path: string): RefusalDetails {
  return {
    kind: 'malformed-request',
    detail: `The path ${path} cannot be read: its percent-encoding is broken or stands for NUL.`,
  };
}
