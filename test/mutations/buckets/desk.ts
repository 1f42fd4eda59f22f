/** What all parts of the buckets API share: what is kept, who may ask, and how requests are refused. */
import { type Asked, type Handler, Refusal, type Reply, type Seeded } from '../served.ts';
import { isRecord, type Must, type Shape } from '../shape.ts';
import { contentType, cookie, header, jsonBody, negotiated, queryValues } from '../texts.ts';

export const SESSION = 'a-session-of-somebody';
export const NAME: RegExp = /^[a-z][a-z0-9-]{2,29}$/;
export const FORM = 'application/x-www-form-urlencoded';
export const AT = '2025-03-01T12:00:00Z';

export interface Bucket {
  readonly name: string;
  readonly owner: string;
  readonly public: boolean;
  readonly messages: Map<string, Message>;
  readonly [member: string]: unknown;
}

export interface Message {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly [member: string]: unknown;
}

export interface Job {
  readonly id: number;
  readonly state: string;
  readonly doneAt: string | null;
}

export interface Desk {
  readonly seeded: Seeded;
  readonly buckets: Map<string, Bucket>;
  readonly jobs: Map<number, Job>;
  readonly last: { message: number; job: number };
}

/** The rules of one operation, each of which a fault may leave out. Values are refused with 422. */
export function rulesOf({ seeded }: Desk, { key }: Asked, status = 422): Must {
  return (rule, holds) => {
    if (!holds && seeded.unenforced !== `${key}: ${rule}`) throw new Refusal(status, rule);
  };
}

export function guarded({ seeded }: Desk, handler: Handler): Handler {
  return asked => {
    if (!isKnown(asked, seeded) && seeded.unenforced !== `${asked.key}: credentials`)
      throw new Refusal(401, 'session', { 'WWW-Authenticate': 'Cookie realm="buckets"' });
    return handler(asked);
  };
}

function isKnown(asked: Asked, { habit }: Seeded): boolean {
  const session = cookie(asked, 'session');
  if (habit === 'any session') return session !== undefined;
  if (habit === 'session in the query' && queryValues(asked, 'session')[0] === SESSION) return true;
  if (habit === 'session as a token' && header(asked, 'authorization') === `Bearer ${SESSION}`) return true;
  return session === SESSION;
}

export function wantsJson({ seeded }: Desk, asked: Asked): void {
  if (negotiated(asked, ['application/json']) === undefined && seeded.unenforced !== `${asked.key}: accept`)
    throw new Refusal(406, 'accept');
}

/** The media type of a body that must be there and be one of those given. */
export function readable(desk: Desk, asked: Asked, mediaTypes: readonly string[]): string {
  const must = rulesOf(desk, asked);
  const given = contentType(asked);
  // An empty form has no bytes either, and is refused for the field that it lacks.
  if (asked.body.length === 0 && given !== FORM) must('body required', false);
  if (mediaTypes.includes(given)) return given;
  if (desk.seeded.unenforced === `${asked.key}: content type`) return mediaTypes[0] ?? '';
  throw new Refusal(415, 'content-type');
}

export function readJson(desk: Desk, asked: Asked, shape: Shape): Readonly<Record<string, unknown>> {
  const body = jsonBody(asked);
  shape(body, 'body', rulesOf(desk, asked));
  return isRecord(body) ? body : {};
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
