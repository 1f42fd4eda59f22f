/** Readers: numbered, with a password that is never told, and a contact that comes in two forms. */
import { type Asked, type Handler, Refusal, type Reply } from '../served.ts';
import { integer, isRecord, record, type Shape, text, truth } from '../shape.ts';
import { asNumber, jsonBody } from '../texts.ts';
import { BASE_PATH, guarded, json, type Library, offered, type Reader, readable, rulesOf } from './desk.ts';

const phone = record(
  { kind: text({ oneOf: ['phone'] }), number: text({ pattern: /^\+?[0-9]{3,15}$/ }) },
  { required: ['kind', 'number'] },
);
const post = record(
  { kind: text({ oneOf: ['post'] }), street: text({ min: 1 }), letters: truth },
  { required: ['kind', 'street'] },
);

const contact: Shape = (value, at, must) => {
  const kind = isRecord(value) ? value['kind'] : undefined;
  must(`${at} kind`, kind === 'phone' || kind === 'post');
  if (kind === 'phone') phone(value, at, must);
  if (kind === 'post') post(value, at, must);
};

const reader = record(
  {
    name: text({ min: 1 }),
    email: text({ format: 'email' }),
    password: text({ min: 8, max: 64 }),
    card: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    contact,
  },
  { required: ['name', 'email', 'password', 'contact'], ignored: ['id'], open: true },
);

export function readerRoutes(kept: Library): Readonly<Record<string, Readonly<Record<string, Handler>>>> {
  const { seeded, readers } = kept;

  const shown = ({ password, ...rest }: Reader): object =>
    seeded.habit === 'the password is told' ? { ...rest, password } : rest;

  const found = (asked: Asked): Reader => {
    const id = asNumber(asked.variables['readerId'] ?? '');
    integer({ min: 1 })(id, 'path readerId', rulesOf(kept, asked.key, 404));
    const known = readers.get(Number(id));
    if (known === undefined) throw new Refusal(404, `there is no reader ${id}`);
    return known;
  };

  const all = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    return json(200, [...readers.values()].map(shown));
  };

  const create = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    const must = rulesOf(kept, asked.key);
    readable(must, asked, 'application/json');
    const body = jsonBody(asked);
    reader(body, 'body', must);
    const id = (kept.last.reader += 1);
    const made = { ...(body as Reader), id };
    readers.set(id, made);
    return json(201, shown(made), { Location: `${BASE_PATH}/readers/${id}` });
  };

  const read = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    return json(200, shown(found(asked)));
  };

  const remove = (asked: Asked): Reply => {
    readers.delete(found(asked).id);
    return { status: 204 };
  };

  const members = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    const names = [...readers.values()].map(({ name }) => name);
    return json(200, names, { Deprecation: '@1735689600', Sunset: 'Wed, 31 Dec 2036 23:59:59 GMT' });
  };

  return {
    '/readers': { GET: guarded(kept, 'GET /readers', all), POST: guarded(kept, 'POST /readers', create) },
    '/readers/{readerId}': {
      GET: guarded(kept, 'GET /readers/{readerId}', read),
      DELETE: guarded(kept, 'DELETE /readers/{readerId}', remove),
    },
    '/members': { GET: guarded(kept, 'GET /members', members) },
  };
}
