/** Who is let in. */
import { type Fault, habit, heading } from '../../fault.ts';
import { open } from '../kinds.ts';

export const AUTH: readonly Fault[] = [
  open('one-operation', 'GET /readers', 'One operation is open'),
  open('one-method', 'DELETE /books/{bookId}', 'One method of a path is open'),
  open('create', 'POST /books', 'Anybody may create'),
  open('download', 'GET /books/{bookId}/cover', 'Downloads are open'),
  {
    name: 'any-key',
    what: 'Any API key will do',
    at: ['GET /books'],
    caughtBy: 'auth-not-enforced',
    seeded: habit('any key'),
  },
  {
    name: 'any-token',
    what: 'Any bearer token will do',
    at: ['GET /books'],
    caughtBy: 'auth-not-enforced',
    seeded: habit('any token'),
  },
  {
    name: 'any-scheme',
    what: 'Any Authorization header will do',
    at: ['GET /books'],
    caughtBy: 'auth-not-enforced',
    seeded: habit('any scheme'),
  },
  {
    name: 'key-in-query',
    what: 'The key is taken from the query too',
    at: ['GET /books'],
    caughtBy: 'auth-not-enforced',
    seeded: habit('key in the query'),
  },
  {
    name: 'first-alternative-refused',
    what: 'API keys are documented, and refused',
    at: ['GET /readers', 'GET /books'],
    caughtBy: 'credentials-refused',
    seeded: habit('no keys'),
  },
  {
    name: 'second-alternative-refused',
    what: 'Bearer tokens are documented, and refused',
    at: ['GET /readers', 'GET /books'],
    caughtBy: 'credentials-refused',
    seeded: habit('no tokens'),
  },
  {
    name: 'no-challenge',
    what: '401 without WWW-Authenticate',
    at: ['GET /readers'],
    caughtBy: 'response-headers',
    seeded: heading('GET /readers', 401, { 'WWW-Authenticate': undefined }),
  },
];
