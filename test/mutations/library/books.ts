/** Books: a collection with pages, filters and conditional requests. */
import type { Asked, Handler, Reply } from '../served.ts';
import { Refusal } from '../served.ts';
import {
  integer,
  isRecord,
  list,
  type Must,
  nullable,
  number,
  record,
  type Shape,
  text,
  truth,
} from '../shape.ts';
import { asNumber, asTruth, cookie, header, jsonBody, optional, queryValues } from '../texts.ts';
import {
  BASE_PATH,
  type Book,
  CREATED,
  guarded,
  json,
  type Library,
  offered,
  readable,
  rulesOf,
} from './desk.ts';

const genre = text({ oneOf: ['novel', 'poetry', 'science', 'travel'] });
const tag = text({ pattern: /^"[a-z0-9-]+"$/ });
const members: Readonly<Record<string, Shape>> = {
  title: text({ min: 1, max: 80 }),
  subtitle: nullable(text({ max: 120 })),
  genre,
  year: integer({ min: 1450, max: 2100 }),
  price: number({ above: 0, max: 1000, step: 0.5 }),
  isbn: text({ pattern: /^97[89][0-9]{10}$/ }),
  publishedOn: text({ format: 'date' }),
  tags: list(text({ min: 1, max: 20 }), { max: 5, unique: true }),
  shelf: record(
    { room: integer({ min: 1, max: 99 }), row: text({ oneOf: ['upper', 'lower'] }) },
    { required: ['room', 'row'] },
  ),
};
const book = record(members, { required: ['title', 'genre', 'subtitle'], ignored: ['id', 'createdAt'] });
const change = record(
  Object.fromEntries(['title', 'subtitle', 'genre', 'year'].map(name => [name, members[name] ?? genre])),
  { min: 1 },
);

export function bookRoutes(kept: Library): Readonly<Record<string, Readonly<Record<string, Handler>>>> {
  const { seeded, books, versions } = kept;

  const found = (asked: Asked): Book => {
    const id = asked.variables['bookId'] ?? '';
    const known = books.get(id);
    if (known !== undefined) return known;
    const must = rulesOf(kept, asked.key, 404);
    text({ pattern: /^b[1-9][0-9]{0,8}$/ })(id, 'path bookId', must);
    const [any] = books.values();
    if (seeded.unenforced?.startsWith(`${asked.key}: path`) === true && any !== undefined) return any;
    throw new Refusal(404, `there is no book ${id}`);
  };

  const etag = ({ id }: Book): string => `"${id}-${versions.get(id) ?? 1}"`;

  /** Only whoever knows the latest version may write over it. */
  const unchanged = (asked: Asked, known: Book): void => {
    const given = header(asked, 'If-Match');
    if (given === undefined || seeded.habit === 'If-Match is ignored') return;
    if (given !== etag(known)) throw new Refusal(412, 'the book has changed');
  };

  const write = (known: Book): Book => {
    books.set(known.id, known);
    if (seeded.habit !== 'ETag stays') versions.set(known.id, (versions.get(known.id) ?? 0) + 1);
    return known;
  };

  const all = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    const must = rulesOf(kept, 'GET /books');
    const { page, limit, matching } = question(asked, must, [...books.values()]);
    const start = (page - 1) * limit;
    const shift = seeded.habit === 'pages overlap' && page > 1 ? 1 : 0;
    const end = seeded.habit === 'the limit is ignored' ? matching.length : start + limit;
    const shown = matching.slice(start - shift, end - shift);
    const last = Math.max(1, Math.ceil(matching.length / limit));
    return json(200, seeded.habit === 'the last is left out' && page >= last ? shown.slice(0, -1) : shown, {
      'X-Total-Count': String(
        seeded.habit === 'the total is that of the page' ? shown.length : matching.length,
      ),
      'X-RateLimit-Remaining': '999',
      'Cache-Control': 'no-cache',
      Link: links(asked, seeded.habit === 'next points nowhere' ? '/v1/pages' : `${BASE_PATH}/books`, {
        page,
        limit,
        last: seeded.habit === 'pages never end' ? page + 1 : last,
      }),
    });
  };

  const create = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    const must = rulesOf(kept, 'POST /books');
    readable(must, asked, 'application/json');
    const body = jsonBody(asked);
    book(body, 'body', must);
    const id = seeded.habit === 'ids are used again' ? `b${kept.last.book}` : `b${(kept.last.book += 1)}`;
    const made = { ...stored(body), id, createdAt: CREATED } as Book;
    if (seeded.habit !== 'created is not stored') write(made);
    return json(201, made, { Location: `${BASE_PATH}/books/${id}`, ETag: etag(made) });
  };

  const read = (asked: Asked): Reply => {
    const mediaType = offered(kept, asked, ['application/json', 'application/xml']);
    const must = rulesOf(kept, asked.key);
    const known = found(asked);
    const given = header(asked, 'If-None-Match');
    optional(must, { at: 'header If-None-Match', value: given, shape: tag });
    const headers = { ETag: etag(known), 'Last-Modified': 'Thu, 29 Feb 2024 09:30:00 GMT' };
    if (given === headers.ETag && seeded.habit !== 'If-None-Match is ignored')
      return { status: 304, headers: { ETag: headers.ETag } };
    if (mediaType === 'application/xml')
      return { status: 200, headers: { 'Content-Type': mediaType, ...headers }, body: xml(known) };
    return json(200, known, headers);
  };

  const replace = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    const must = rulesOf(kept, asked.key);
    readable(must, asked, 'application/json');
    const body = jsonBody(asked);
    book(body, 'body', must);
    optional(must, { at: 'header If-Match', value: header(asked, 'If-Match'), shape: tag });
    const known = found(asked);
    unchanged(asked, known);
    const { id, createdAt } = known;
    const base = seeded.habit === 'PUT merges' ? known : {};
    const now = { ...base, ...stored(body), id, createdAt } as Book;
    const written = seeded.habit === 'the update is ignored' ? known : write(now);
    return json(200, seeded.habit === 'the update is ignored' ? now : written, { ETag: etag(written) });
  };

  const patch = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    const must = rulesOf(kept, asked.key);
    readable(must, asked, 'application/merge-patch+json');
    const body = jsonBody(asked);
    change(body, 'body', must);
    optional(must, { at: 'header If-Match', value: header(asked, 'If-Match'), shape: tag });
    const known = found(asked);
    unchanged(asked, known);
    const { id, createdAt, title, genre: kind, subtitle } = known;
    const base = seeded.habit === 'PATCH resets' ? { id, createdAt, title, genre: kind, subtitle } : known;
    return json(200, write({ ...base, ...stored(body), id, createdAt }), { ETag: etag(known) });
  };

  const remove = (asked: Asked): Reply => {
    const { id } = found(asked);
    if (seeded.habit !== 'delete does nothing') {
      books.delete(id);
      kept.copies.delete(id);
      kept.covers.delete(id);
    }
    return { status: 204 };
  };

  return {
    '/books': { GET: guarded(kept, 'GET /books', all), POST: guarded(kept, 'POST /books', create) },
    '/books/{bookId}': {
      GET: guarded(kept, 'GET /books/{bookId}', read),
      PUT: guarded(kept, 'PUT /books/{bookId}', replace),
      PATCH: guarded(kept, 'PATCH /books/{bookId}', patch),
      DELETE: guarded(kept, 'DELETE /books/{bookId}', remove),
    },
  };
}

/** The members that a client may set, as they were sent. */
function stored(body: unknown): Readonly<Record<string, unknown>> {
  const { id: _id, createdAt: _createdAt, ...rest } = isRecord(body) ? body : {};
  return rest;
}

interface Question {
  readonly page: number;
  readonly limit: number;
  readonly matching: readonly Book[];
}

/** What a request for the list asks for, and the books that it means. */
function question(asked: Asked, must: Must, books: readonly Book[]): Question {
  const one = (name: string): string | undefined => queryValues(asked, name)[0];
  const page = optional(must, {
    at: 'query page',
    value: one('page'),
    shape: integer({ min: 1, max: 100_000 }),
    as: asNumber,
  });
  const limit = optional(must, {
    at: 'query limit',
    value: one('limit'),
    shape: integer({ min: 1, max: 50 }),
    as: asNumber,
  });
  const sort = optional(must, {
    at: 'query sort',
    value: one('sort'),
    shape: text({ oneOf: ['title', '-title', 'year', '-year'] }),
  });
  const isbn = optional(must, { at: 'query isbn', value: one('isbn'), shape: members['isbn'] ?? genre });
  const after = optional(must, {
    at: 'query publishedAfter',
    value: one('publishedAfter'),
    shape: text({ format: 'date' }),
  });
  optional(must, { at: 'query illustrated', value: one('illustrated'), shape: truth, as: asTruth });
  optional(must, {
    at: 'header X-Request-Id',
    value: header(asked, 'X-Request-Id'),
    shape: text({ format: 'uuid' }),
  });
  optional(must, {
    at: 'cookie view',
    value: cookie(asked, 'view'),
    shape: text({ oneOf: ['compact', 'full'] }),
  });
  const genres = queryValues(asked, 'genre');
  if (genres.length > 0) list(genre, { min: 1, max: 3, unique: true })(genres, 'query genre', must);

  const matching = books
    .filter(known => genres.length === 0 || genres.includes(known.genre))
    .filter(known => isbn === undefined || known['isbn'] === isbn)
    .filter(known => after === undefined || String(known['publishedOn'] ?? '') > String(after));
  if (sort !== undefined) {
    const name = String(sort).replace('-', '');
    matching.sort((a, b) => (String(a[name]) < String(b[name]) ? -1 : 1));
    if (String(sort).startsWith('-')) matching.reverse();
  }
  return {
    page: typeof page === 'number' ? Math.max(1, page) : 1,
    limit: typeof limit === 'number' ? Math.max(1, limit) : 10,
    matching,
  };
}

/** The pages around one, with everything else that was asked (RFC 8288). */
function links(
  { query }: Asked,
  path: string,
  { page, limit, last }: { readonly page: number; readonly limit: number; readonly last: number },
): string {
  const to = (number: number, rel: string): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('page', String(number));
    parameters.set('limit', String(limit));
    return `<${path}?${parameters}>; rel="${rel}"`;
  };
  return [
    to(1, 'first'),
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next')] : []),
    to(last, 'last'),
  ].join(', ');
}

function xml(known: Book): string {
  const element = (name: string, value: unknown): string => {
    if (value === null || value === undefined) return '';
    if (Array.isArray(value)) return value.map(item => element(name, item)).join('');
    if (typeof value === 'object') {
      const inner = Object.entries(value).map(([key, member]) => element(key, member));
      return `<${name}>${inner.join('')}</${name}>`;
    }
    return `<${name}>${escaped(String(value))}</${name}>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>${element('book', known)}`;
}

function escaped(value: string): string {
  // Of the control characters XML 1.0 knows three.
  return value
    .replaceAll(/[\0-\b\v\f\x0e-\x1f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
