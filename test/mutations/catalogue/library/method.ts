/** Methods that the document does not have, and those that HTTP gives every path. */
import { type Fault, heading, withHeaders } from '../../fault.ts';
import type { Alter } from '../../served.ts';

/** What is said to a method that a path does not document. */
function undocumented(path: string, change: Alter): Alter {
  return (asked, reply, refuse) =>
    asked.key.endsWith(` ${path}`) && reply.status === 405 ? change(asked, reply, refuse) : undefined;
}

export const METHOD: readonly Fault[] = [
  {
    name: 'undocumented-answered',
    what: 'Any method is answered like GET',
    at: ['GET /summary'],
    caughtBy: 'method-not-refused',
    seeded: {
      alter: undocumented('/summary', () => ({
        status: 200,
        headers: { 'Content-Type': 'application/json', Vary: 'Accept' },
        body: '{"books":1,"readers":1,"loans":0}',
      })),
    },
  },
  {
    name: 'undocumented-delete',
    what: 'DELETE is taken on a collection that documents none',
    at: ['GET /readers', 'POST /readers'],
    caughtBy: 'method-not-refused',
    seeded: {
      alter: undocumented('/readers', ({ method }) =>
        method === 'DELETE' ? { status: 204, headers: {}, body: '' } : undefined,
      ),
    },
  },
  {
    name: 'undocumented-crashes',
    what: '500 for a method that is not there',
    at: ['GET /members'],
    caughtBy: 'server-error',
    seeded: { alter: undocumented('/members', () => ({ status: 500 })) },
  },
  {
    name: 'allow-missing',
    what: '405 without Allow',
    at: ['GET /summary'],
    caughtBy: 'allow',
    seeded: {
      alter: undocumented('/summary', (_asked, reply) => ({
        headers: withHeaders(reply, { Allow: undefined }),
      })),
    },
  },
  {
    name: 'allow-incomplete',
    what: '405 whose Allow forgets a documented method',
    at: ['GET /books', 'POST /books'],
    caughtBy: 'allow-incomplete',
    seeded: {
      alter: undocumented('/books', (_asked, reply) => ({
        headers: withHeaders(reply, { Allow: 'GET, HEAD, OPTIONS' }),
      })),
    },
  },
  {
    name: 'allow-lies',
    what: '405 whose Allow lists the method that was refused',
    at: ['GET /health'],
    caughtBy: 'allow',
    seeded: {
      alter: undocumented('/health', (_asked, reply) => ({
        headers: withHeaders(reply, { Allow: 'GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE, TRACE' }),
      })),
    },
  },
  {
    name: 'head-header-missing',
    what: 'HEAD without a header that GET has',
    at: ['GET /books'],
    caughtBy: 'head-unlike-get',
    seeded: heading('HEAD /books', 200, { 'X-Total-Count': undefined }),
  },
  {
    name: 'head-length',
    what: 'HEAD that says another length than GET has',
    at: ['GET /summary'],
    caughtBy: 'head-unlike-get',
    seeded: heading('HEAD /summary', 200, { 'Content-Length': '7' }),
  },
  {
    name: 'head-crashes',
    what: '500 for HEAD',
    at: ['GET /readers'],
    caughtBy: 'server-error',
    seeded: { alter: asked => (asked.key === 'HEAD /readers' ? { status: 500 } : undefined) },
  },
  {
    name: 'options-crashes',
    what: '500 for OPTIONS',
    at: ['GET /books'],
    caughtBy: 'server-error',
    seeded: { alter: asked => (asked.key === 'OPTIONS /books' ? { status: 500 } : undefined) },
  },
  {
    name: 'options-forgets',
    what: 'OPTIONS whose Allow forgets a documented method',
    at: ['GET /books/{bookId}', 'PUT /books/{bookId}'],
    caughtBy: 'allow-incomplete',
    seeded: heading('OPTIONS /books/{bookId}', 204, { Allow: 'GET, HEAD, OPTIONS' }),
  },
];
