/** What a library says about itself: a summary in two media types, and whether it is well. */
import type { Asked, Handler, Reply } from '../served.ts';
import { guarded, json, type Library, offered } from './desk.ts';

export function serviceRoutes(kept: Library): Readonly<Record<string, Readonly<Record<string, Handler>>>> {
  const summary = (asked: Asked): Reply => {
    const mediaType = offered(kept, asked, ['application/json', 'text/plain']);
    const books = kept.books.size;
    const headers = { Vary: 'Accept' };
    if (mediaType === 'text/plain')
      return { status: 200, headers: { 'Content-Type': mediaType, ...headers }, body: `${books} books` };
    return json(200, { books, readers: kept.readers.size, loans: kept.loans.size }, headers);
  };

  const health = (asked: Asked): Reply => {
    offered(kept, asked, ['text/plain']);
    return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'ok' };
  };

  return {
    '/summary': { GET: guarded(kept, 'GET /summary', summary) },
    '/health': { GET: health },
  };
}
