/** The faults of the buckets in what it answers. */
import { changing, type Fault, type Faults, habit, heading, record, replying, telling } from '../../fault.ts';
import { wrongBody } from '../kinds.ts';

const FIND = 'GET /buckets';
const READ = 'GET /buckets/{name}';
const PUT = 'PUT /buckets/{name}';
const DROP = 'DELETE /buckets/{name}';
const POST = 'POST /buckets/{name}/messages';
const LIST = 'GET /buckets/{name}/messages';
const MESSAGE = 'GET /buckets/{name}/messages/{messageId}';
const START = 'POST /jobs';
const LOG_IN = 'POST /sessions';
const BUCKET = [PUT, READ, DROP, FIND];
const MESSAGES = [PUT, READ, POST, LIST, MESSAGE, 'DELETE /buckets/{name}/messages/{messageId}', DROP];

const readAs = (members: Readonly<Record<string, unknown>>): Fault['seeded'] => changing(READ, 200, members);

export const ANSWERS: Pick<Faults, 'body' | 'status' | 'media' | 'header' | 'problem'> = {
  body: [
    wrongBody(
      'read-only-missing',
      READ,
      'A required readOnly property is missing',
      readAs({ size: undefined }),
    ),
    wrongBody('not-nullable', READ, 'null where nullable is not said', readAs({ owner: null })),
    wrongBody('boolean-as-number', READ, '1 for true', readAs({ public: 1 })),
    wrongBody('enum-with-null', READ, 'A value outside an enum that has null', readAs({ colour: 'black' })),
    wrongBody('exclusive-maximum', READ, 'A number on its exclusive bound', readAs({ quota: 1000 })),
    wrongBody(
      'too-many-properties',
      READ,
      'A map larger than its maxProperties',
      readAs({ labels: { a: '', b: '', c: '', d: '' } }),
    ),
    wrongBody(
      'map-value-length',
      READ,
      'A value of a map that is too long',
      readAs({ labels: { a: 'far too long' } }),
    ),
    wrongBody(
      'list-in-list',
      LIST,
      'A list inside a list',
      telling(LIST, 200, value => [value]),
    ),
    wrongBody(
      'item-date',
      LIST,
      'A date-time in the local form',
      telling(LIST, 200, () => [{ id: '00000001', text: 'a', at: '01.03.2025 12:00' }]),
    ),
    wrongBody(
      'base64',
      LIST,
      'Bytes that are not in Base64',
      telling(LIST, 200, () => [{ id: '00000001', text: 'a', at: '2025-03-01T12:00:00Z', data: 'a?b' }]),
    ),
    wrongBody('cursor-type', FIND, 'A cursor that is a number', changing(FIND, 200, { next: 3 })),
    wrongBody(
      'cursor-missing',
      FIND,
      'The last page has no cursor at all',
      telling(FIND, 200, value =>
        record(value)['next'] === null ? { items: record(value)['items'] } : value,
      ),
    ),
    wrongBody(
      'job-state',
      START,
      'A state that is not in the enum',
      changing(START, 202, { state: 'waiting' }),
    ),
    wrongBody(
      'version',
      'GET /versions',
      'A text that does not match its pattern',
      changing('GET /versions', 200, { api: 'v0.9' }),
    ),
    {
      name: 'write-only',
      what: 'The secret is told to whoever reads',
      at: BUCKET,
      caughtBy: 'write-only-returned',
      seeded: habit('the secret is told'),
    },
  ],
  status: [
    {
      name: 'not-documented',
      what: '204, for which only default is documented, in the place of 200',
      at: ['GET /versions'],
      caughtBy: 'undocumented-status',
      seeded: replying('GET /versions', 200, () => ({ status: 204, headers: {}, body: '' })),
    },
    {
      name: 'default-for-success',
      what: '203, which falls to the default of errors',
      at: [READ],
      caughtBy: 'response-body',
      seeded: replying(READ, 200, () => ({ status: 203 })),
    },
    {
      name: 'job-done-at-once',
      what: '200 in the place of 202, which falls to the default of errors',
      at: [START],
      caughtBy: 'response-body',
      seeded: replying(START, 202, () => ({ status: 200 })),
    },
    {
      name: 'body-with-204',
      what: '204 that announces a body',
      at: [LOG_IN],
      caughtBy: 'body-not-allowed',
      seeded: replying(LOG_IN, 204, ({ headers }) => ({ headers: { ...headers, 'Content-Length': '4' } })),
    },
    {
      name: 'redirection',
      what: 'Somebody without a session is sent to a page for logging in',
      at: [FIND],
      caughtBy: 'response-body',
      seeded: replying(FIND, 401, () => ({ status: 302, headers: { Location: '/login' }, body: '' })),
    },
  ],
  media: [
    {
      name: 'html',
      what: 'JSON that calls itself HTML',
      at: [LIST],
      caughtBy: 'undocumented-media-type',
      seeded: heading(LIST, 200, { 'Content-Type': 'text/html; charset=utf-8' }),
    },
    {
      name: 'missing',
      what: 'JSON without Content-Type',
      at: ['GET /versions'],
      caughtBy: 'undocumented-media-type',
      seeded: heading('GET /versions', 200, { 'Content-Type': undefined }),
    },
    {
      name: 'error-page',
      what: 'HTML where the default is JSON',
      at: [PUT],
      caughtBy: 'undocumented-media-type',
      seeded: replying(PUT, 422, () => ({ headers: { 'Content-Type': 'text/html' }, body: '<h1>No</h1>' })),
    },
  ],
  header: [
    {
      name: 'location-missing',
      what: 'No Location, so nobody knows the id',
      at: [POST],
      caughtBy: 'response-headers',
      seeded: heading(POST, 201, { Location: undefined }),
    },
    {
      name: 'location-relative',
      what: 'A relative Location where an absolute one is documented',
      at: [POST],
      caughtBy: 'response-headers',
      seeded: heading(POST, 201, { Location: 'messages/1' }),
    },
    {
      name: 'location-nowhere',
      what: 'A Location behind which there is nothing',
      at: MESSAGES,
      caughtBy: 'list-incomplete',
      seeded: replying(POST, 201, ({ headers }) => ({ headers: { Location: `${headers?.['Location']}0` } })),
    },
    {
      name: 'retry-after-missing',
      what: '202 without its Retry-After',
      at: [START],
      caughtBy: 'response-headers',
      seeded: replying(START, 202, ({ headers }) => ({
        headers: { 'Content-Type': 'application/json', Location: headers?.['Location'] ?? '' },
      })),
    },
    {
      name: 'retry-after-range',
      what: 'A Retry-After of an hour, where a minute is the most',
      at: [START],
      caughtBy: 'response-headers',
      seeded: replying(START, 202, ({ headers }) => ({ headers: { ...headers, 'Retry-After': '3600' } })),
    },
    {
      name: 'cookie-missing',
      what: 'Logged in, and no cookie',
      at: [LOG_IN],
      caughtBy: 'response-headers',
      seeded: heading(LOG_IN, 204, { 'Set-Cookie': undefined }),
    },
    {
      name: 'cookie-name',
      what: 'A cookie of another name',
      at: [LOG_IN],
      caughtBy: 'response-headers',
      seeded: heading(LOG_IN, 204, { 'Set-Cookie': 'sid=1' }),
    },
    {
      name: 'etag-malformed',
      what: 'An ETag without quotes',
      at: ['GET /versions'],
      caughtBy: 'cache-headers',
      seeded: heading('GET /versions', 200, { ETag: 'v1' }),
    },
    {
      name: 'cache-control-malformed',
      what: 'A Cache-Control that no cache can read',
      at: ['GET /versions'],
      caughtBy: 'cache-headers',
      seeded: heading('GET /versions', 200, { 'Cache-Control': 'max-age=soon' }),
    },
  ],
  problem: [
    {
      name: 'empty-list',
      what: 'A refusal that names no error',
      at: [PUT],
      caughtBy: 'response-body',
      seeded: telling(PUT, 422, () => ({ errors: [] })),
    },
    {
      name: 'other-schema',
      what: "A refusal in the framework's form",
      at: [PUT],
      caughtBy: 'response-body',
      seeded: telling(PUT, 422, () => ({ statusCode: 422, error: 'Unprocessable Entity' })),
    },
    {
      name: 'default',
      what: '400 in another form than the default',
      at: [PUT],
      caughtBy: 'response-body',
      seeded: telling(PUT, 400, () => ({ message: 'no' })),
    },
    {
      name: 'missing',
      what: '404 without a body',
      at: [MESSAGE],
      caughtBy: 'response-body',
      seeded: replying(MESSAGE, 404, () => ({ body: '' })),
    },
  ],
};
