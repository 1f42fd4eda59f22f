/** What a server remembers. */
import { type Fault, habit } from '../../fault.ts';

const BOOK = [
  'POST /books',
  'GET /books',
  'GET /books/{bookId}',
  'PUT /books/{bookId}',
  'PATCH /books/{bookId}',
  'DELETE /books/{bookId}',
];
const COPY = [
  'POST /books',
  'POST /books/{bookId}/copies',
  'GET /books/{bookId}/copies',
  'GET /books/{bookId}/copies/{copyId}',
  'DELETE /books/{bookId}/copies/{copyId}',
];

function book(name: string, habitOf: string, caughtBy: string, what: string): Fault {
  return { name, what, at: BOOK, caughtBy, seeded: habit(habitOf) };
}

export const STATE: readonly Fault[] = [
  book('not-stored', 'created is not stored', 'created-not-readable', 'What was created is not stored'),
  book('id-reused', 'ids are used again', 'id-reused', 'The id of another book is given to a new one'),
  book('update-ignored', 'the update is ignored', 'update-not-visible', 'PUT says yes and changes nothing'),
  book('put-merges', 'PUT merges', 'put-merged', 'PUT keeps what was left out'),
  book('patch-resets', 'PATCH resets', 'patch-changed-more', 'PATCH drops what was left out'),
  book(
    'delete-does-nothing',
    'delete does nothing',
    'use-after-delete',
    'DELETE says yes and removes nothing',
  ),
  book('etag-stays', 'ETag stays', 'conditional-ignored', 'A changed book keeps its ETag'),
  book(
    'if-match-ignored',
    'If-Match is ignored',
    'conditional-ignored',
    'A write over another version is taken',
  ),
  book(
    'if-none-match-ignored',
    'If-None-Match is ignored',
    'conditional-ignored',
    'The whole book though the client has it',
  ),
  {
    name: 'not-listed',
    what: 'What was created is not in the list',
    at: COPY,
    caughtBy: 'list-incomplete',
    seeded: habit('new copies are not listed'),
  },
  {
    name: 'read-after-delete',
    what: 'A deleted copy is still read',
    at: COPY,
    caughtBy: 'use-after-delete',
    seeded: habit('a deleted copy is still read'),
  },
  {
    name: 'idempotency-key-ignored',
    what: 'The same Idempotency-Key lends twice',
    at: ['POST /loans', 'GET /loans/{loanId}'],
    caughtBy: 'idempotency-key-ignored',
    seeded: habit('the key is ignored'),
  },
];
