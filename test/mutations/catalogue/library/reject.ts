/** Requests that the document allows, and are refused. */
import { type Fault, record, sentJson } from '../../fault.ts';
import type { Asked } from '../../served.ts';
import { contentType, cookie, header, queryValues } from '../../texts.ts';
import { onlyDeep, refused } from '../kinds.ts';

const LIST = 'GET /books';
const CREATE = 'POST /books';

const one = (asked: Asked, name: string): string | undefined => queryValues(asked, name)[0];
const sent = (asked: Asked, name: string): unknown => record(sentJson(asked))[name];
const has = (asked: Asked, name: string): boolean => Object.hasOwn(record(sentJson(asked)), name);

export const REJECT: readonly Fault[] = [
  refused(
    'optional-query-required',
    LIST,
    'An optional query parameter is asked for',
    asked => one(asked, 'limit') === undefined,
  ),
  refused(
    'all-parameters',
    LIST,
    'One optional query parameter is refused',
    asked => one(asked, 'isbn') !== undefined,
  ),
  refused(
    'two-parameters',
    LIST,
    'Two optional parameters are refused together only',
    asked => one(asked, 'sort') !== undefined && one(asked, 'illustrated') !== undefined,
  ),
  refused(
    'one-without-other',
    LIST,
    'A parameter is refused unless another one is there',
    asked => one(asked, 'page') !== undefined && one(asked, 'limit') === undefined,
  ),
  refused(
    'query-enum-value',
    LIST,
    'One value of an enum is refused',
    asked => one(asked, 'sort') === '-year',
  ),
  refused('query-boolean-value', LIST, 'false is refused', asked => one(asked, 'illustrated') === 'false'),
  refused('query-maximum', LIST, 'The maximum itself is refused', asked => one(asked, 'limit') === '50'),
  refused('query-minimum', LIST, 'The minimum itself is refused', asked => one(asked, 'limit') === '1'),
  refused(
    'query-many-items',
    LIST,
    'Three values are refused, one is taken',
    asked => queryValues(asked, 'genre').length > 2,
  ),
  refused(
    'header',
    LIST,
    'A documented header is refused',
    asked => header(asked, 'X-Request-Id') !== undefined,
  ),
  refused('cookie', LIST, 'A documented cookie is refused', asked => cookie(asked, 'view') !== undefined),
  refused(
    'cookie-value',
    LIST,
    'One value of a cookie is refused',
    asked => cookie(asked, 'view') === 'compact',
  ),
  refused(
    'optional-property-required',
    CREATE,
    'An optional property is asked for',
    asked => !has(asked, 'year'),
  ),
  refused('optional-property', CREATE, 'One optional property is refused', asked => has(asked, 'shelf')),
  refused(
    'enum-value',
    CREATE,
    'One value of an enum is refused',
    asked => sent(asked, 'genre') === 'travel',
  ),
  refused(
    'nested-enum-value',
    CREATE,
    'One value of a nested enum is refused',
    asked => record(sent(asked, 'shelf'))['row'] === 'lower',
  ),
  refused('maximum', CREATE, 'The maximum itself is refused', asked => sent(asked, 'year') === 2100),
  refused('minimum', CREATE, 'The minimum itself is refused', asked => sent(asked, 'year') === 1450),
  refused(
    'max-length',
    CREATE,
    'A text of the full length is refused',
    asked => [...String(sent(asked, 'title'))].length === 80,
  ),
  refused(
    'min-length',
    CREATE,
    'A text of the least length is refused',
    asked => String(sent(asked, 'title')).length === 1,
  ),
  refused('null', CREATE, 'null is refused where it is allowed', asked => sent(asked, 'subtitle') === null),
  refused(
    'not-null',
    CREATE,
    'Only null is taken where a text is allowed too',
    asked => typeof sent(asked, 'subtitle') === 'string',
  ),
  refused(
    'empty-list',
    CREATE,
    'An empty array is refused',
    asked => Array.isArray(sent(asked, 'tags')) && (sent(asked, 'tags') as unknown[]).length === 0,
  ),
  refused(
    'full-list',
    CREATE,
    'An array of maxItems is refused',
    asked => Array.isArray(sent(asked, 'tags')) && (sent(asked, 'tags') as unknown[]).length === 5,
  ),
  onlyDeep(
    'many servers take an empty text for a missing one, and the document says neither',
    refused(
      'empty-text',
      CREATE,
      'An empty text is refused where there is no minLength',
      asked => sent(asked, 'subtitle') === '',
    ),
  ),
  onlyDeep(
    'a server may know that a text is a name in ASCII, and the document does not say that it may be more',
    refused('unicode', 'POST /readers', 'Letters beyond ASCII are refused', asked =>
      /[^\0-\x7f]/.test(String(sent(asked, 'name'))),
    ),
  ),
  onlyDeep(
    'a server may know that a text is a name in ASCII, and the document does not say that it may be more',
    refused('emoji', 'POST /readers', 'Characters beyond the basic plane are refused', asked =>
      /[\u{10000}-\u{10ffff}]/u.test(String(sent(asked, 'name'))),
    ),
  ),
  onlyDeep(
    'the document names no length, and every server has one',
    refused(
      'long-text',
      'POST /readers',
      'A text without a maxLength is refused beyond 255',
      asked => String(sent(asked, 'name')).length > 255,
    ),
  ),
  refused(
    'big-integer',
    'POST /readers',
    'Integers beyond 32 bits are refused',
    asked => Number(sent(asked, 'card')) > 0x7fffffff,
  ),
  refused(
    'branch',
    'POST /readers',
    'One branch of a oneOf is refused',
    asked => record(sent(asked, 'contact'))['kind'] === 'post',
  ),
  refused('zero', 'POST /readers', '0 is taken for nothing', asked => sent(asked, 'card') === 0),
  refused('leap-day', CREATE, 'The last day of a leap February is refused', asked =>
    /-02-29$/.test(String(sent(asked, 'publishedOn'))),
  ),
  {
    ...refused(
      'behind-ids',
      'POST /loans',
      'A leap day is refused in what names others by their ids',
      asked => /-02-29$/.test(String(sent(asked, 'due'))),
    ),
    at: [
      'POST /loans',
      'GET /loans/{loanId}',
      'POST /books',
      'GET /books/{bookId}',
      'POST /readers',
      'GET /readers/{readerId}',
    ],
  },
  refused(
    'media-type',
    'PUT /books/{bookId}/cover',
    'The documented media type is refused with 415',
    asked => contentType(asked) === 'multipart/form-data',
    415,
  ),
  refused('not-implemented', 'GET /members', 'A method that was never routed', () => true, 405),
];
