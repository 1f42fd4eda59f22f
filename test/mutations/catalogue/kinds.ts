/** The kinds of fault that come again and again, each with the check that should see it. */
import { crashing, type Fault, habit, refusing, unenforced } from '../fault.ts';
import type { Alter, Asked, Reply } from '../served.ts';

/** A body that breaks its schema or cannot be read. */
export function wrongBody(name: string, at: string, what: string, seeded: Fault['seeded']): Fault {
  return { name, what, at: [at], caughtBy: 'response-body', seeded };
}

/** A rule that is not enforced. */
export function taken(name: string, at: string, rule: string, what: string): Fault {
  const caughtBy = rule === 'content type' ? 'content-type-not-refused' : 'invalid-accepted';
  return { name, what, at: [at], caughtBy, seeded: unenforced(`${at}: ${rule}`) };
}

/** Valid requests of some kind that are refused. */
export function refused(
  name: string,
  at: string,
  what: string,
  when: (asked: Asked) => boolean,
  status = 400,
): Fault {
  return { name, what, at: [at], caughtBy: 'valid-refused', seeded: refusing(at, when, status) };
}

/** Requests of some kind that end in a 500. */
export function crash(
  name: string,
  at: string,
  what: string,
  when: (asked: Asked, reply: Reply) => boolean,
): Fault {
  return { name, what, at: [at], caughtBy: 'server-error', seeded: crashing(at, when) };
}

/** Requests of some kind whose connection is closed, after whatever is sent in the place of an answer. */
export function dropped(
  name: string,
  at: string,
  what: string,
  when: (asked: Asked, reply: Reply) => boolean,
  instead = '',
): Fault {
  const alter: Alter = (asked, reply) =>
    asked.key === at && when(asked, reply) ? { raw: Buffer.from(instead) } : undefined;
  return { name, what, at: [at], caughtBy: 'connection-dropped', seeded: { alter } };
}

/** An operation that asks nobody for credentials. */
export function open(name: string, at: string, what: string): Fault {
  return { name, what, at: [at], caughtBy: 'auth-not-enforced', seeded: unenforced(`${at}: credentials`) };
}

/** A way of treating data that only several requests in a row show. */
export function habitual(
  name: string,
  at: readonly string[],
  way: string,
  caughtBy: string,
  what: string,
): Fault {
  return { name, what, at, caughtBy, seeded: habit(way) };
}

/** The document names no edge there, so `standard` leaves it to the server. */
export function onlyDeep(because: string, fault: Fault): Fault {
  return { ...fault, deep: because };
}
