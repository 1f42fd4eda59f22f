/** Errors that are not said the way the document says they are. */
import { changing, type Fault, heading, replying } from '../../fault.ts';

const LIST = 'GET /books';

export const PROBLEM: readonly Fault[] = [
  {
    name: 'status-inside',
    what: 'A problem whose status member is another than the status',
    at: [LIST],
    caughtBy: 'problem-json',
    seeded: changing(LIST, 400, { status: 500 }),
  },
  {
    name: 'missing-member',
    what: 'A problem without its title',
    at: [LIST],
    caughtBy: 'response-body',
    seeded: changing(LIST, 400, { title: undefined }),
  },
  {
    name: 'member-type',
    what: 'A problem whose status is a string',
    at: ['GET /books/{bookId}'],
    caughtBy: 'response-body',
    seeded: changing('GET /books/{bookId}', 404, { status: '404' }),
  },
  {
    name: 'plain-json',
    what: 'A problem that calls itself application/json',
    at: ['POST /books'],
    caughtBy: 'undocumented-media-type',
    seeded: heading('POST /books', 400, { 'Content-Type': 'application/json' }),
  },
  {
    name: 'html',
    what: 'An error page of the framework',
    at: ['POST /readers'],
    caughtBy: 'undocumented-media-type',
    seeded: replying('POST /readers', 400, () => ({
      headers: { 'Content-Type': 'text/html' },
      body: '<h1>Bad Request</h1>',
    })),
  },
  {
    name: 'empty',
    what: 'A refusal without its body',
    at: ['GET /readers/{readerId}'],
    caughtBy: 'response-body',
    seeded: replying('GET /readers/{readerId}', 404, () => ({ body: '' })),
  },
  {
    name: 'unauthorized-without-challenge',
    what: '401 without WWW-Authenticate',
    at: [LIST],
    caughtBy: 'response-headers',
    seeded: heading(LIST, 401, { 'WWW-Authenticate': undefined }),
  },
  {
    name: 'stack-trace',
    what: 'A problem that shows where the code is',
    at: ['POST /books'],
    caughtBy: 'stack-trace',
    seeded: changing('POST /books', 400, {
      detail:
        'TypeError: title\n    at validate (/srv/app/src/books.js:42:11)\n    at next (/srv/app/node_modules/express/lib/router.js:280:10)',
    }),
  },
];
