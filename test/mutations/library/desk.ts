/** What all parts of the library share: what is remembered, who may ask, and which rules are held. */
import { type Asked, type Handler, Refusal, type Reply, type Seeded } from '../served.ts';
import type { Must } from '../shape.ts';
import { contentType, header, negotiated, queryValues } from '../texts.ts';

export const KEY = 'a-library-key';
export const TOKEN = 'a-library-token';
export const BASE_PATH = '/v1';

export const CREATED = '2024-02-29T09:30:00Z';

export interface Book {
  readonly id: string;
  readonly createdAt: string;
  readonly title: string;
  readonly subtitle: string | null;
  readonly genre: string;
  readonly [member: string]: unknown;
}

export interface Copy {
  readonly id: number;
  readonly state: string;
  readonly note?: string;
}

export interface Reader {
  readonly id: number;
  readonly name: string;
  readonly password: string;
  readonly [member: string]: unknown;
}

export interface Loan {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** All that one server remembers. */
export interface Library {
  readonly seeded: Seeded;
  readonly books: Map<string, Book>;
  /** How often each book was written. */
  readonly versions: Map<string, number>;
  readonly copies: Map<string, Map<number, Copy>>;
  readonly covers: Map<string, Buffer>;
  readonly readers: Map<number, Reader>;
  readonly loans: Map<string, Loan>;
  /** Loans by their Idempotency-Key. */
  readonly keys: Map<string, Loan>;
  /** The number given last, of each kind. */
  readonly last: { book: number; copy: number; reader: number; loan: number };
}

/** Wraps a handler in what every protected operation asks first. */
export function guarded({ seeded }: Library, operation: string, handler: Handler): Handler {
  return asked => {
    if (!isKnown(asked, seeded) && seeded.unenforced !== `${operation}: credentials`) {
      throw new Refusal(401, 'who is asking?', { 'WWW-Authenticate': 'Bearer realm="library"' });
    }
    return handler(asked);
  };
}

function isKnown(asked: Asked, { habit }: Seeded): boolean {
  const key = header(asked, 'x-api-key');
  const token = header(asked, 'authorization');
  if (habit === 'any key' && key !== undefined) return true;
  if (habit === 'any token' && token?.startsWith('Bearer ') === true) return true;
  if (habit === 'any scheme' && token !== undefined) return true;
  if (habit === 'key in the query' && queryValues(asked, 'X-Api-Key').includes(KEY)) return true;
  if (key === KEY) return habit !== 'no keys';
  return token === `Bearer ${TOKEN}` && habit !== 'no tokens';
}

/** The rules of one operation, each of which a fault may leave out. */
export function rulesOf({ seeded }: Library, operation: string, status = 400): Must {
  return (rule, holds) => {
    if (!holds && seeded.unenforced !== `${operation}: ${rule}`) throw new Refusal(status, rule);
  };
}

/** Refuses a body of another media type, and none at all. */
export function readable(must: Must, asked: Asked, mediaType: string): void {
  if (asked.body.length === 0) must('body required', false);
  if (contentType(asked) === mediaType) return;
  try {
    must('content type', false);
  } catch {
    throw new Refusal(415, `${mediaType} is read here`);
  }
}

/** Refuses a client that takes none of the media types. */
export function offered({ seeded }: Library, asked: Asked, mediaTypes: readonly string[]): string {
  const chosen = negotiated(asked, mediaTypes);
  if (chosen !== undefined) return chosen;
  const [first = ''] = mediaTypes;
  if (seeded.unenforced === `${asked.key}: accept`) return first;
  throw new Refusal(406, `there is only ${mediaTypes.join(', ')}`);
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
