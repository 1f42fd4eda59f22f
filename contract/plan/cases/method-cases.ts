/**
 * Requests with methods that the document gives a path to nobody: what answers them is an operation that nobody can
 * read about. The plan of one operation of each path has them for all.
 */
import type { Operation } from '../../model.ts';
import type { Source } from '../../source.ts';
import type { Basis, Draft, Step } from './draft.ts';
import { methodsAt, speaksForPath } from './other-routes.ts';
import { assemble } from './request-parts.ts';

/**
 * The methods of RFC 9110 and RFC 5789 that act on resources. HEAD goes with GET, and TRACE and CONNECT are answered by
 * what stands before a server.
 */
const METHODS = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'];

/**
 * A request for each method that no operation with a template which fits the path has, and for OPTIONS. Without query and body: what is
 * asked is whether the method is there.
 */
export function* methodCases(basis: Basis): Generator<Step> {
  const { operation, depth, least } = basis;
  if (depth === 'examples' || !speaksForPath(operation)) return;
  const inPath = new Map([...least.parameters].filter(([{ in: place }]) => place === 'path'));
  const parts = { ...least, parameters: inPath, body: undefined };
  const path = assemble(parts)?.path;
  if (path === undefined) return;
  const known = methodsAt(operation.contract, path);
  // API Gateway's `ANY` takes whatever comes.
  if (known.has('ANY')) return;
  const draft = (method: string, expectation: Draft['expectation']): Draft => ({
    kind: 'draft',
    intent: 'negative',
    expectation,
    breaks: 'method',
    name: `method ${method} not documented`,
    why: pathItemOf(operation),
    parts: { ...parts, method },
    fromExample: false,
    certain: true,
  });
  for (const method of METHODS) if (!known.has(method)) yield draft(method, 'refused');
  // Whoever answers it says which methods there are (RFC 9110, 9.3.7); nobody has to.
  if (!known.has('OPTIONS')) yield draft('OPTIONS', 'any');
}

/** Where the methods of a path stand. */
function pathItemOf({ source: { document, pointer } }: Operation): Source {
  return { document, pointer: pointer.slice(0, pointer.lastIndexOf('/')) };
}
