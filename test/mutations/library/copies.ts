/** What belongs to one book: its copies, a collection below a collection, and its cover, a file. */
import { partsOf } from '../form.ts';
import { type Asked, type Handler, Refusal, type Reply } from '../served.ts';
import { integer, record, text } from '../shape.ts';
import { asNumber, contentType, jsonBody } from '../texts.ts';
import { BASE_PATH, type Copy, guarded, json, type Library, offered, readable, rulesOf } from './desk.ts';

const copy = record(
  { state: text({ oneOf: ['good', 'worn'] }), note: text({ max: 200 }) },
  { required: ['state'], ignored: ['id'], open: true },
);

export function copyRoutes(kept: Library): Readonly<Record<string, Readonly<Record<string, Handler>>>> {
  const { seeded } = kept;

  const bookOf = (asked: Asked): string => {
    const id = asked.variables['bookId'] ?? '';
    text({ pattern: /^b[1-9][0-9]{0,8}$/ })(id, 'path bookId', rulesOf(kept, asked.key, 404));
    if (!kept.books.has(id)) throw new Refusal(404, `there is no book ${id}`);
    return id;
  };

  const copiesOf = (asked: Asked): Map<number, Copy> => {
    const id = bookOf(asked);
    const known = kept.copies.get(id) ?? new Map<number, Copy>();
    kept.copies.set(id, known);
    return known;
  };

  const found = (asked: Asked): Copy => {
    const id = asNumber(asked.variables['copyId'] ?? '');
    integer({ min: 1 })(id, 'path copyId', rulesOf(kept, asked.key, 404));
    const known = copiesOf(asked).get(Number(id));
    if (known === undefined) throw new Refusal(404, `there is no copy ${id}`);
    return known;
  };

  const all = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    const copies = [...copiesOf(asked).values()];
    return json(200, seeded.habit === 'new copies are not listed' ? copies.slice(0, 1) : copies);
  };

  const create = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    const must = rulesOf(kept, asked.key);
    const copies = copiesOf(asked);
    readable(must, asked, 'application/json');
    const body = jsonBody(asked);
    copy(body, 'body', must);
    const id = (kept.last.copy += 1);
    const made = { ...(body as Copy), id };
    copies.set(id, made);
    return json(201, made, { Location: `${BASE_PATH}/books/${bookOf(asked)}/copies/${id}` });
  };

  const read = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    return json(200, found(asked));
  };

  const remove = (asked: Asked): Reply => {
    const { id } = found(asked);
    if (seeded.habit !== 'a deleted copy is still read') copiesOf(asked).delete(id);
    return { status: 204 };
  };

  const cover = (asked: Asked): Reply => {
    offered(kept, asked, ['image/png']);
    const picture = kept.covers.get(bookOf(asked));
    if (picture === undefined) throw new Refusal(404, 'the book has no cover');
    return { status: 200, headers: { 'Content-Type': 'image/png' }, body: picture };
  };

  const replaceCover = (asked: Asked): Reply => {
    const must = rulesOf(kept, asked.key);
    const id = bookOf(asked);
    readable(must, asked, 'multipart/form-data');
    // Only a server that does not look at the media type comes here with another one.
    if (contentType(asked) !== 'multipart/form-data') return { status: 204 };
    const parts = partsOf(asked);
    const picture = parts.get('picture');
    must('picture required', picture !== undefined);
    const caption = parts.get('caption');
    if (caption !== undefined) text({ max: 60 })(caption.toString('utf8'), 'caption', must);
    if (picture !== undefined) kept.covers.set(id, picture);
    return { status: 204 };
  };

  return {
    '/books/{bookId}/copies': {
      GET: guarded(kept, 'GET /books/{bookId}/copies', all),
      POST: guarded(kept, 'POST /books/{bookId}/copies', create),
    },
    '/books/{bookId}/copies/{copyId}': {
      GET: guarded(kept, 'GET /books/{bookId}/copies/{copyId}', read),
      DELETE: guarded(kept, 'DELETE /books/{bookId}/copies/{copyId}', remove),
    },
    '/books/{bookId}/cover': {
      GET: guarded(kept, 'GET /books/{bookId}/cover', cover),
      PUT: guarded(kept, 'PUT /books/{bookId}/cover', replaceCover),
    },
  };
}
