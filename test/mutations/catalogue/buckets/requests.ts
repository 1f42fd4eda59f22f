/** The faults of the buckets in how it takes requests and what it remembers. */
import { type Faults, habit, heading, record, sentJson } from '../../fault.ts';
import type { Asked } from '../../served.ts';
import { contentType, cookie, header, queryValues } from '../../texts.ts';
import { crash, habitual, onlyDeep, open, refused, taken } from '../kinds.ts';

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

const first = (asked: Asked, name: string): string | undefined => queryValues(asked, name)[0];
const sent = (asked: Asked, name: string): unknown => record(sentJson(asked))[name];
const formOf = ({ body: bytes }: Asked): URLSearchParams => new URLSearchParams(bytes.toString('utf8'));

export const REQUESTS: Pick<Faults, 'accept' | 'reject' | 'crash' | 'auth' | 'method' | 'state' | 'paging'> =
  {
    accept: [
      taken('cursor-pattern', FIND, 'query cursor pattern', 'A cursor that does not match'),
      taken('size-maximum', FIND, 'query size maximum', 'A size above the maximum'),
      taken(
        'deep-object-additional',
        FIND,
        'query filter additionalProperties',
        'A filter that nobody named',
      ),
      taken('deep-object-length', FIND, 'query filter owner maxLength', 'A filter that is too long'),
      taken('deep-object-boolean', FIND, 'query filter public type', 'A filter that is no boolean'),
      taken('pipe-item', FIND, 'query colours item enum', 'A colour that is not in the enum'),
      taken('pipe-length', FIND, 'query colours maxItems', 'More colours than maxItems'),
      taken('cookie', FIND, 'cookie theme enum', 'A cookie outside its enum'),
      taken('path-pattern', PUT, 'path name pattern', 'A name that does not match'),
      taken('required', PUT, 'owner required', 'A required property is not asked for'),
      taken('boolean', PUT, 'public type', 'A boolean that is none'),
      taken('exclusive-maximum', PUT, 'quota exclusiveMaximum', 'A number on its exclusive bound'),
      taken('max-properties', PUT, 'labels maxProperties', 'A map larger than its maxProperties'),
      taken('map-value', PUT, 'labels member maxLength', 'A value of a map that is too long'),
      taken('write-only-length', PUT, 'secret minLength', 'A secret that is too short'),
      taken('nullable-enum', PUT, 'colour enum', 'A colour outside an enum that has null'),
      taken('header-maximum', POST, 'header X-Priority maximum', 'A priority above the maximum'),
      taken('header-type', POST, 'header X-Priority type', 'A priority that is no number'),
      taken('text-length', POST, 'plain maxLength', 'A plain text that is too long'),
      taken('form-required', POST, 'form text required', 'A form without its required field'),
      taken('form-list', POST, 'form tags maxItems', 'A form with too many of a list'),
      taken('byte', POST, 'data format', 'Bytes that are not in Base64'),
      taken('nullable-pattern', POST, 'answerTo pattern', 'A nullable text that does not match'),
      taken('media-type', POST, 'content type', 'Any media type'),
      taken('any-of', START, 'action enum', 'A word that no branch of anyOf allows'),
      taken('any-of-branch', START, 'action copyTo required', 'An object that no branch of anyOf allows'),
      taken('maximum-exclusive', START, 'share exclusiveMaximum', 'A share of the whole'),
      taken('pin', LOG_IN, 'form pin pattern', 'A form whose PIN does not match'),
      taken('days', LOG_IN, 'form days maximum', 'A form whose number is too large'),
      taken('user', LOG_IN, 'form user minLength', 'A form whose user is empty'),
    ],
    reject: [
      refused('deep-object', FIND, 'Filters are refused', asked => /filter(\[|%5b)/i.test(asked.query)),
      refused(
        'deep-object-value',
        FIND,
        'One filter is refused when it stands alone',
        asked => /public/.test(asked.query) && !/owner/.test(asked.query),
      ),
      refused('pipes', FIND, 'Values parted by pipes are refused', asked =>
        (first(asked, 'colours') ?? '').includes('|'),
      ),
      refused(
        'cookie',
        FIND,
        'A documented cookie is refused',
        asked => cookie(asked, 'theme') !== undefined,
      ),
      refused(
        'cookie-value',
        FIND,
        'One value of a cookie is refused',
        asked => cookie(asked, 'theme') === 'light',
      ),
      refused('size-boundary', FIND, 'The maximum itself is refused', asked => first(asked, 'size') === '20'),
      refused('null', PUT, 'null is refused where it is allowed', asked => sent(asked, 'colour') === null),
      refused(
        'map',
        PUT,
        'An empty map is refused',
        asked =>
          sent(asked, 'labels') !== undefined && Object.keys(record(sent(asked, 'labels'))).length === 0,
      ),
      refused('false', PUT, 'false is taken for missing', asked => sent(asked, 'public') === false),
      refused(
        'quota-boundary',
        PUT,
        'The largest integer below the exclusive bound is refused',
        asked => sent(asked, 'quota') === 999,
      ),
      refused(
        'form',
        POST,
        'A documented media type is refused',
        asked => contentType(asked) === 'application/x-www-form-urlencoded',
        415,
      ),
      refused('text', POST, 'Plain text is refused', asked => contentType(asked) === 'text/plain', 415),
      refused('json', POST, 'JSON is refused', asked => contentType(asked) === 'application/json', 415),
      refused(
        'header',
        POST,
        'A documented header is refused',
        asked => header(asked, 'X-Priority') !== undefined,
      ),
      refused('header-zero', POST, 'A header of 0 is refused', asked => header(asked, 'X-Priority') === '0'),
      refused(
        'longest',
        POST,
        'The longest text is refused',
        asked => [...String(sent(asked, 'text'))].length === 500,
      ),
      onlyDeep(
        'a server may know that a text is a name in ASCII, and the document does not say that it may be more',
        refused('emoji', POST, 'Characters beyond the basic plane are refused', asked =>
          /[\u{10000}-\u{10ffff}]/u.test(String(sent(asked, 'text'))),
        ),
      ),
      refused(
        'any-of-branch',
        START,
        'One branch of anyOf is refused',
        asked => typeof sent(asked, 'action') === 'object',
      ),
      refused('zero', START, 'A share of 0 is refused', asked => sent(asked, 'share') === 0),
      refused(
        'optional',
        LOG_IN,
        'An optional field of a form is asked for',
        asked => !formOf(asked).has('days'),
      ),
    ],
    crash: [
      crash(
        'deep-object',
        FIND,
        'A filter that is no object',
        asked => queryValues(asked, 'filter').length > 0,
      ),
      crash('form-empty', LOG_IN, 'A form without fields', asked => asked.body.length === 0),
      crash(
        'text-unicode',
        POST,
        'Plain text beyond ASCII',
        asked => contentType(asked) === 'text/plain' && /[^\0-\x7f]/.test(asked.body.toString('utf8')),
      ),
      crash('null', PUT, 'A colour that is null', asked => sent(asked, 'colour') === null),
      crash('array', START, 'An array where an object is asked for', asked => Array.isArray(sentJson(asked))),
      crash(
        'unknown-cookie',
        FIND,
        'A cookie outside its enum',
        asked => !['dark', 'light', undefined].includes(cookie(asked, 'theme')),
      ),
    ],
    auth: [
      open('one-operation', LIST, 'One operation is open'),
      open('one-method', PUT, 'One method of a path is open'),
      open('delete', DROP, 'Anybody may drop a bucket'),
      {
        name: 'any-session',
        what: 'Any session will do',
        at: [FIND],
        caughtBy: 'auth-not-enforced',
        seeded: habit('any session'),
      },
      {
        name: 'session-in-query',
        what: 'The session is taken from the query too',
        at: [FIND],
        caughtBy: 'auth-not-enforced',
        seeded: habit('session in the query'),
      },
    ],
    method: [
      {
        name: 'head-type',
        what: 'HEAD that says another media type than GET has',
        at: ['GET /versions'],
        caughtBy: 'head-unlike-get',
        seeded: heading('HEAD /versions', 200, { 'Content-Type': 'text/html' }),
      },
      {
        name: 'undocumented',
        what: 'POST is taken like PUT',
        at: BUCKET,
        caughtBy: 'method-not-refused',
        seeded: {
          alter: (asked, { status }) =>
            asked.key === 'POST /buckets/{name}' && status === 405
              ? { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{}' }
              : undefined,
        },
      },
      {
        name: 'allow-missing',
        what: '405 without Allow',
        at: ['GET /versions'],
        caughtBy: 'allow',
        seeded: {
          alter: ({ key }, { status }) =>
            key.endsWith(' /versions') && status === 405
              ? { headers: { 'Content-Type': 'application/json' } }
              : undefined,
        },
      },
    ],
    state: [
      habitual(
        'not-stored',
        BUCKET,
        'created is not stored',
        'created-not-readable',
        'What was put is not stored',
      ),
      habitual(
        'first-put-stays',
        BUCKET,
        'the first PUT stays',
        'update-not-visible',
        'The second PUT says yes and changes nothing',
      ),
      habitual('put-merges', BUCKET, 'PUT merges', 'put-merged', 'PUT keeps what was left out'),
      habitual(
        'delete-does-nothing',
        BUCKET,
        'delete does nothing',
        'use-after-delete',
        'DELETE says yes and removes nothing',
      ),
      habitual(
        'message-lost',
        MESSAGES,
        'messages are lost',
        'created-not-readable',
        'What was posted is not stored',
      ),
      habitual(
        'not-listed',
        MESSAGES,
        'only old messages are listed',
        'list-incomplete',
        'What was posted is not in the list',
      ),
      habitual(
        'read-after-delete',
        MESSAGES,
        'a dropped message is still read',
        'use-after-delete',
        'A dropped message is still read',
      ),
    ],
    paging: [
      {
        name: 'overlap',
        what: 'A page begins with the last item of the one before',
        at: BUCKET,
        caughtBy: 'page-overlap',
        seeded: habit('pages overlap'),
      },
      {
        name: 'skip',
        what: 'One item between two pages is on neither',
        at: BUCKET,
        caughtBy: 'list-incomplete',
        seeded: habit('pages skip'),
      },
      {
        name: 'never-ends',
        what: 'There is always a next page',
        at: BUCKET,
        caughtBy: 'endless-list',
        seeded: habit('pages never end'),
      },
      {
        name: 'same-page',
        what: 'The next page is the same again',
        at: BUCKET,
        caughtBy: 'page-overlap',
        seeded: habit('the cursor stays'),
      },
      {
        name: 'size-ignored',
        what: 'All items on the first page',
        at: BUCKET,
        caughtBy: 'page-size',
        seeded: habit('the size is ignored'),
      },
    ],
  };
