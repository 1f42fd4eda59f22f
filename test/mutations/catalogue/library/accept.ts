/** Requests that break a rule of the document, and are taken. */
import type { Fault } from '../../fault.ts';
import type { Reply } from '../../served.ts';
import { taken } from '../kinds.ts';

const query = (name: string, rule: string, what: string): Fault => taken(name, 'GET /books', rule, what);
const body = (name: string, rule: string, what: string): Fault => taken(name, 'POST /books', rule, what);

/** What is answered to a reader who was never read. */
const NOBODY: Reply = {
  status: 201,
  headers: { 'Content-Type': 'application/json', Location: '/v1/readers/1' },
  body: '{"id":1,"name":"Ada","email":"ada@example.org","contact":{"kind":"phone","number":"123"}}',
};

export const ACCEPT: readonly Fault[] = [
  query('query-type', 'query page type', 'A page number that is no number'),
  query('query-minimum', 'query limit minimum', 'A limit of 0'),
  query('query-maximum', 'query limit maximum', 'A limit above the maximum'),
  query('query-enum', 'query sort enum', 'A sort order that is not in the enum'),
  query('query-pattern', 'query isbn pattern', 'An ISBN that does not match'),
  query('query-format', 'query publishedAfter format', 'A date that is none'),
  query('query-boolean', 'query illustrated type', 'A boolean that is neither true nor false'),
  query('query-items-maximum', 'query genre maxItems', 'More values than maxItems'),
  query('query-items-unique', 'query genre uniqueItems', 'The same value twice'),
  query('query-item-enum', 'query genre item enum', 'A value outside the enum of the items'),
  query('header-format', 'header X-Request-Id format', 'A header that is no UUID'),
  query('cookie-enum', 'cookie view enum', 'A cookie outside its enum'),
  taken(
    'header-missing',
    'POST /loans',
    'header Idempotency-Key required',
    'A required header is not asked for',
  ),
  taken(
    'header-pattern',
    'GET /books/{bookId}',
    'header If-None-Match pattern',
    'An entity tag without quotes',
  ),
  taken('path-pattern', 'GET /books/{bookId}', 'path bookId pattern', 'A path parameter that does not match'),
  body('required', 'title required', 'A required property is not asked for'),
  body('required-nullable', 'subtitle required', 'A nullable, required property may be left out'),
  body('type', 'title type', 'A title that is no text'),
  body('null', 'genre type', 'null for a genre'),
  body('min-length', 'title minLength', 'An empty title'),
  body('max-length', 'title maxLength', 'A title too long'),
  body('nullable-max-length', 'subtitle maxLength', 'A subtitle too long, where null would do'),
  body('enum', 'genre enum', 'A genre that is not in the enum'),
  body('integer', 'year type', 'A year with a fraction, or as a string'),
  body('minimum', 'year minimum', 'A year below the minimum'),
  body('maximum', 'year maximum', 'A year above the maximum'),
  body('exclusive-minimum', 'price exclusiveMinimum', 'A price of 0'),
  body('multiple-of', 'price multipleOf', 'A price that is no multiple'),
  body('pattern', 'isbn pattern', 'An ISBN that does not match'),
  body('format', 'publishedOn format', 'A date that is none'),
  body('max-items', 'tags maxItems', 'More tags than maxItems'),
  body('unique-items', 'tags uniqueItems', 'The same tag twice'),
  body('item-type', 'tags item type', 'A tag that is no text'),
  body('item-length', 'tags item maxLength', 'A tag too long'),
  body('additional-property', 'body additionalProperties', 'A property that the closed schema does not name'),
  body('nested-required', 'shelf row required', 'A nested required property is not asked for'),
  body('nested-enum', 'shelf row enum', 'A nested value outside its enum'),
  body('nested-additional', 'shelf additionalProperties', 'A nested property that nobody named'),
  body('not-an-object', 'body type', 'An array where an object is asked for'),
  body('content-type', 'content type', 'JSON that calls itself something else'),
  taken('format-email', 'POST /readers', 'email format', 'An e-mail address that is none'),
  taken('discriminator', 'POST /readers', 'contact kind', 'A discriminator that names no branch'),
  taken(
    'branch-required',
    'POST /readers',
    'contact street required',
    'A branch of a oneOf without what it requires',
  ),
  taken(
    'branch-additional',
    'POST /readers',
    'contact additionalProperties',
    'A branch of a oneOf with members of the other',
  ),
  taken('min-properties', 'PATCH /books/{bookId}', 'body minProperties', 'A change that changes nothing'),
  taken('patch-maximum', 'PATCH /books/{bookId}', 'year maximum', 'A rule of POST that PATCH forgets'),
  taken('put-maximum', 'PUT /books/{bookId}', 'year maximum', 'A rule of POST that PUT forgets'),
  taken('patch-content-type', 'PATCH /books/{bookId}', 'content type', 'A change that is no merge patch'),
  taken(
    'nested-enum-of-copy',
    'POST /books/{bookId}/copies',
    'state enum',
    'A state that is not in the enum',
  ),
  taken('part-missing', 'PUT /books/{bookId}/cover', 'picture required', 'A form without its file'),
  taken('part-length', 'PUT /books/{bookId}/cover', 'caption maxLength', 'A form whose caption is too long'),
  taken('form-content-type', 'PUT /books/{bookId}/cover', 'content type', 'Any body for a form'),
  {
    name: 'missing',
    what: 'No body at all is taken for an empty one',
    at: ['POST /readers'],
    caughtBy: 'invalid-accepted',
    seeded: {
      alter: ({ key, body: sent }, { status }) =>
        key === 'POST /readers' && sent.length === 0 && status === 400 ? NOBODY : undefined,
    },
  },
  {
    name: 'malformed-json',
    what: 'JSON that breaks off is read as far as it goes',
    at: ['POST /readers'],
    caughtBy: 'invalid-accepted',
    seeded: {
      alter: (asked, { status, body: said }) =>
        asked.key === 'POST /readers' && status === 400 && String(said).includes('is not JSON')
          ? NOBODY
          : undefined,
    },
  },
];
