/** The first API of the suite, in the manner of OpenAPI 3.1: its parts put together, stocked, and how it refuses. */
import type { Api, Refusal, Reply, Seeded } from '../served.ts';
import { bookRoutes } from './books.ts';
import { copyRoutes } from './copies.ts';
import { BASE_PATH, CREATED, type Library } from './desk.ts';
import { loanRoutes } from './loans.ts';
import { readerRoutes } from './readers.ts';
import { serviceRoutes } from './service.ts';

export function library(seeded: Seeded): Api {
  const kept: Library = {
    seeded,
    books: new Map(),
    versions: new Map(),
    copies: new Map(),
    covers: new Map(),
    readers: new Map(),
    loans: new Map(),
    keys: new Map(),
    last: { book: 0, copy: 0, reader: 0, loan: 0 },
  };
  stock(kept);
  const routes = {
    ...bookRoutes(kept),
    ...copyRoutes(kept),
    ...readerRoutes(kept),
    ...loanRoutes(kept),
    ...serviceRoutes(kept),
  };
  return { basePath: BASE_PATH, routes, refuse };
}

/** What stands on the shelves on the first morning. */
function stock(kept: Library): void {
  const titles = ['Persuasion', 'Walden', 'Middlemarch', 'Optics', 'Faust', 'Emma', 'Kim', 'Eugene Onegin'];
  for (const [index, title] of titles.entries()) {
    const id = `b${(kept.last.book += 1)}`;
    const genre = ['novel', 'travel', 'novel', 'science'][index % 4] ?? 'novel';
    const subtitle = index % 2 === 0 ? null : 'A new edition';
    kept.books.set(id, { id, createdAt: CREATED, title, subtitle, genre, year: 1800 + index, tags: [genre] });
    kept.versions.set(id, 1);
    const copy = (kept.last.copy += 1);
    kept.copies.set(id, new Map([[copy, { id: copy, state: 'good' }]]));
  }
  // The document's examples speak of them.
  kept.copies.set('b2', new Map([[1, { id: 1, state: 'worn', note: 'loose pages' }]]));
  kept.covers.set('b2', PICTURE);
  const id = (kept.last.reader += 1);
  const contact = { kind: 'phone', number: '+4930123' };
  kept.readers.set(id, { id, name: 'Ada', email: 'ada@example.org', password: 'correct horse', contact });
}

/** The smallest PNG there is: one transparent pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  412: 'Precondition Failed',
  415: 'Unsupported Media Type',
};

function refuse({ status, message, headers }: Refusal): Reply {
  const problem = { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail: message };
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
    body: JSON.stringify(problem),
  };
}
