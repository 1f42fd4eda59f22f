/** What a seeded fault is, and the few ways in which one is put into a server that otherwise keeps its document. */
import type { Alter, Asked, Reply, Seeded } from './served.ts';
import { Refusal } from './served.ts';
import { isRecord } from './shape.ts';

export type FaultClass =
  | 'body'
  | 'status'
  | 'media'
  | 'header'
  | 'problem'
  | 'accept'
  | 'reject'
  | 'crash'
  | 'auth'
  | 'method'
  | 'state'
  | 'paging';

/** A fault as its file lists it. */
export interface Fault {
  /** Kebab-case; with its API and class it is unique. */
  readonly name: string;
  /** One line, as a developer would confess it. */
  readonly what: string;
  /** The operations to test. The failure must be at one of them. */
  readonly at: readonly string[];
  /** The check that must see it, as an error. */
  readonly caughtBy: string;
  /** Why only depth `deep` may show it. Default: `standard` does. */
  readonly deep?: string;
  readonly seeded: Partial<Seeded>;
}

/** The faults of one API. */
export type Faults = Readonly<Record<FaultClass, readonly Fault[]>>;

/** A rule that is not enforced: `POST /books: title maxLength`. */
export function unenforced(rule: string): Partial<Seeded> {
  return { unenforced: rule };
}

/** A way of treating data that the server should not have. */
export function habit(name: string): Partial<Seeded> {
  return { habit: name };
}

/** Other answers of one status to one operation. */
export function replying(
  key: string,
  status: number,
  change: (reply: Reply) => Partial<Reply>,
): Partial<Seeded> {
  const alter: Alter = (asked, reply) =>
    (asked.key === key || asked.key === headOf(key)) && reply.status === status ? change(reply) : undefined;
  return { alter };
}

/** HEAD is answered by what answers GET. */
function headOf(key: string): string {
  return key.replace(/^GET /, 'HEAD ');
}

/** Another JSON body in answers of one status to one operation. */
export function telling(key: string, status: number, change: (value: Json) => unknown): Partial<Seeded> {
  return replying(key, status, ({ headers, body }) => {
    const isJson = /json/.test(headers?.['Content-Type'] ?? '');
    return isJson ? { body: JSON.stringify(change(parsed(body))) } : {};
  });
}

/** Members of a JSON object changed, or left out where the new value is undefined. */
export function changing(
  key: string,
  status: number,
  members: Readonly<Record<string, unknown>>,
): Partial<Seeded> {
  return telling(key, status, value => ({ ...record(value), ...members }));
}

/** Headers changed in answers of one status, or left out where the new value is undefined. */
export function heading(
  key: string,
  status: number,
  headers: Readonly<Record<string, string | undefined>>,
): Partial<Seeded> {
  return replying(key, status, reply => ({ headers: withHeaders(reply, headers) }));
}

export function withHeaders(
  reply: Reply,
  changed: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const all = { ...reply.headers, ...changed };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Valid requests of some kind refused. */
export function refusing(key: string, when: (asked: Asked) => boolean, status = 400): Partial<Seeded> {
  const alter: Alter = (asked, reply, refuse) =>
    asked.key === key && reply.status < 400 && when(asked)
      ? refuse(new Refusal(status, 'that is not taken here'))
      : undefined;
  return { alter };
}

/** A crash on requests of some kind, whatever they would have come to. */
export function crashing(key: string, when: (asked: Asked, reply: Reply) => boolean): Partial<Seeded> {
  const alter: Alter = (asked, reply) =>
    asked.key === key && when(asked, reply)
      ? { status: 500, headers: { 'Content-Type': 'text/plain' }, body: 'Internal Server Error' }
      : undefined;
  return { alter };
}

type Json = unknown;

export function parsed(body: Reply['body']): Json {
  return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** The request's body, read as JSON; undefined when it is none. */
export function sentJson({ body }: Asked): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
