/** Statuses that the document does not list, and bodies where a status allows none. */
import { type Fault, replying } from '../../fault.ts';
import { Refusal } from '../../served.ts';

export const STATUS: readonly Fault[] = [
  {
    name: 'another-success',
    what: '202 in the place of 201',
    at: ['POST /books'],
    caughtBy: 'undocumented-status',
    seeded: replying('POST /books', 201, () => ({ status: 202 })),
  },
  {
    name: 'ok-for-created',
    what: '200 in the place of 201',
    at: ['POST /readers'],
    caughtBy: 'undocumented-status',
    seeded: replying('POST /readers', 201, () => ({ status: 200 })),
  },
  {
    name: 'ok-for-no-content',
    what: '200 with a remark in the place of 204',
    at: ['DELETE /books/{bookId}'],
    caughtBy: 'undocumented-status',
    seeded: replying('DELETE /books/{bookId}', 204, () => ({
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"deleted":true}',
    })),
  },
  {
    name: 'never-routed',
    what: '404 for an operation that was never routed',
    at: ['GET /health'],
    caughtBy: 'undocumented-status',
    seeded: {
      alter: ({ key }, _reply, refuse) =>
        key === 'GET /health' ? refuse(new Refusal(404, 'nothing')) : undefined,
    },
  },
  {
    name: 'teapot',
    what: '418 in the place of 200',
    at: ['GET /summary'],
    caughtBy: 'undocumented-status',
    seeded: replying('GET /summary', 200, () => ({ status: 418 })),
  },
  {
    name: 'redirection',
    what: '302 to a page for logging in, in the place of 200',
    at: ['GET /members'],
    caughtBy: 'undocumented-status',
    seeded: replying('GET /members', 200, () => ({ status: 302, headers: { Location: '/login' }, body: '' })),
  },
  {
    name: 'no-content-for-list',
    what: '204 in the place of a list',
    at: ['GET /readers'],
    caughtBy: 'undocumented-status',
    seeded: replying('GET /readers', 200, () => ({ status: 204, headers: {}, body: '' })),
  },
  {
    name: 'success-with-error-inside',
    what: '200 with a problem inside for a book that does not exist',
    at: ['GET /books/{bookId}', 'POST /books', 'DELETE /books/{bookId}'],
    caughtBy: 'undocumented-media-type',
    seeded: replying('GET /books/{bookId}', 404, () => ({ status: 200 })),
  },
  {
    name: 'conflict',
    what: '409, which is not documented, for a book that was made before',
    at: ['POST /books'],
    caughtBy: 'undocumented-status',
    seeded: {
      alter: (asked, { status }, refuse) =>
        asked.key === 'POST /books' && status === 201 && asked.body.includes('Emma')
          ? refuse(new Refusal(409, 'there is one already'))
          : undefined,
    },
  },
  {
    name: 'body-with-204',
    what: 'A 204 with a body behind it',
    at: ['DELETE /readers/{readerId}'],
    caughtBy: 'body-not-allowed',
    seeded: replying('DELETE /readers/{readerId}', 204, () => ({
      raw: Buffer.from('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n{"deleted":true}'),
    })),
  },
  {
    name: 'length-with-204',
    what: 'A 204 that announces a body',
    at: ['DELETE /books/{bookId}/copies/{copyId}'],
    caughtBy: 'body-not-allowed',
    seeded: replying('DELETE /books/{bookId}/copies/{copyId}', 204, () => ({
      headers: { 'Content-Length': '2' },
    })),
  },
];
