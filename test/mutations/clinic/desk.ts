/** What all parts of the clinic share: what is kept, who may ask, and how requests are refused. */
import { type Asked, type Handler, Refusal, type Reply, type Seeded } from '../served.ts';
import { integer, isRecord, type Must, type Shape } from '../shape.ts';
import { asNumber, contentType, header, jsonBody, optional, queryValues } from '../texts.ts';

export const TOKEN = 'a-token-of-the-front-desk';
export const BASE_PATH = '/api';
export const UUID: RegExp = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export type Kept = Readonly<Record<string, unknown>>;

export interface Desk {
  readonly seeded: Seeded;
  readonly patients: Map<string, Kept>;
  readonly appointments: Map<string, Kept>;
  clinic: Kept;
  last: number;
}

/** Refusals carry the code of their status, and the field where there is one. */
export const CODES: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  404: 'not_found',
  405: 'no_such_method',
  409: 'conflict',
  415: 'unsupported_type',
  422: 'invalid',
};

export function nextId(desk: Desk): string {
  desk.last += 1;
  return `7b0c5f2e-0000-4000-8000-${String(desk.last).padStart(12, '0')}`;
}

/** The rules of one operation, each of which a fault may leave out. */
export function rulesOf({ seeded }: Desk, { key }: Asked): Must {
  return (rule, holds) => {
    if (!holds && seeded.unenforced !== `${key}: ${rule}`) throw new Refusal(422, rule);
  };
}

export function guarded({ seeded }: Desk, handler: Handler): Handler {
  return asked => {
    const given = header(asked, 'authorization') ?? '';
    const known =
      seeded.habit === 'the beginning of a token is enough'
        ? /^Bearer a-token/i.test(given) || /^Bearer .{3}/i.test(given)
        : /^Bearer (.*)$/i.exec(given)?.[1] === TOKEN;
    if (!known && seeded.unenforced !== `${asked.key}: credentials`)
      throw new Refusal(401, 'token', { 'WWW-Authenticate': 'Bearer' });
    return handler(asked);
  };
}

export function readJson(desk: Desk, asked: Asked, shape: Shape): Kept {
  if (contentType(asked) !== 'application/json' && desk.seeded.unenforced !== `${asked.key}: content type`)
    throw new Refusal(415, 'content-type');
  const body = bodyOf(asked);
  shape(body, 'body', rulesOf(desk, asked));
  return isRecord(body) ? body : {};
}

function bodyOf(asked: Asked): unknown {
  try {
    return jsonBody(asked);
  } catch {
    throw new Refusal(422, 'body');
  }
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** A page of a list, and what is said about it. */
export function paged(desk: Desk, asked: Asked, all: readonly Kept[]): Reply {
  const must = rulesOf(desk, asked);
  const one = (name: string, max: number, usual: number): number => {
    const value = queryValues(asked, name)[0];
    const read = optional(must, {
      at: `query ${name}`,
      value,
      shape: integer({ min: 1, max }),
      as: asNumber,
    });
    return typeof read === 'number' ? Math.max(1, read) : usual;
  };
  const page = one('page', 10_000, 1);
  const size = one('per_page', 25, 10);
  const { habit } = desk.seeded;
  const start = habit === 'pages count from zero' ? page * size : (page - 1) * size;
  const shown = all.slice(start, start + size);
  const total = habit === 'the total counts what was deleted' ? desk.last : all.length;
  return json(200, {
    data: habit === 'the second page is the first' && page > 1 ? all.slice(0, size) : shown,
    meta: { page, per_page: size, total: habit === 'the total is that of the page' ? shown.length : total },
  });
}
