/**
 * A reply put on the wire. Where nobody has asked Fastify to be heard before an answer leaves, the answer goes past
 * Fastify's own sending, which would look up its length, its type and its listeners each time anew.
 */
import type { FastifyReply } from 'fastify';
import type { AnswerHeader } from '../contract/plan/answer-headers.ts';
import { ALLOW_ORIGIN } from './cors.ts';
import type { Reply } from './problem.ts';

/** A reply in the forms in which it is sent with the least work; kept as long as the reply is, where that lasts. */
export interface Sendable {
  readonly status: number;
  readonly headers: SentHeaders;
  readonly payload: string | Buffer | undefined;
  /** Names and values in turn, as Node writes them. */
  readonly lines: readonly string[];
  /** A short body as one character a byte, so that head and body go out in one write without being encoded again. */
  readonly direct: string | Buffer | undefined;
  readonly encoding: 'latin1' | 'utf8';
}

export type SentHeaders = Readonly<Record<string, string | string[]>>;

/** @param cors - lets pages of any origin read the answer */
export function sendable({ status, headers: list, body, lasting }: Reply, cors: boolean): Sendable {
  const forms = formsOf(list, cors);
  // A text that is sent once is not worth turning into bytes first.
  const [payload, direct] = typeof body === 'object' ? formsOfBytes(body) : ([body, body] as const);
  const length = typeof body === 'string' ? Buffer.byteLength(body) : (body?.byteLength ?? 0);
  // As many bytes as characters: none of them needs to be encoded.
  const encoding = direct?.length === length ? 'latin1' : 'utf8';
  // These have no length, not even none (RFC 9110, 8.6).
  const uncounted = status === 204 || status === 304;
  const lines = uncounted ? forms.lines : counted(forms, length, lasting);
  return { status, headers: forms.headers, payload, lines, direct, encoding };
}

/** What is sent once takes the list of its kind, which is read before the next one is written into it. */
function counted({ lines, once }: Forms, length: number, lasting: boolean): readonly string[] {
  if (lasting) return Object.freeze([...lines, 'content-length', String(length)]);
  once[once.length - 1] = String(length);
  return once;
}

/** Sends it, and says so to Fastify. */
export function sendDirectly(
  reply: FastifyReply,
  { status, lines, direct, encoding }: Sendable,
): FastifyReply {
  const { raw } = reply.hijack();
  // Node only reads the list, though its types ask for one that may be written.
  raw.writeHead(status, lines as string[]);
  if (direct === undefined) raw.end();
  else raw.end(direct, encoding);
  return reply;
}

/** Sends it as Fastify does, with all that its users have asked to happen on the way. */
export function sendByFastify(reply: FastifyReply, { status, headers, payload }: Sendable): FastifyReply {
  return reply.code(status).headers(headers).serializer(asItIs).send(payload);
}

/** Keeps Fastify from adding a charset that the document does not have. */
function asItIs(payload: unknown): string {
  return payload as string;
}

interface Forms {
  readonly headers: SentHeaders;
  readonly lines: readonly string[];
  /** The same with a length at the end. */
  readonly once: string[];
}

/** Of lists that come again, which are frozen. */
const known = [new WeakMap<readonly AnswerHeader[], Forms>(), new WeakMap<readonly AnswerHeader[], Forms>()];

function formsOf(list: readonly AnswerHeader[], cors: boolean): Forms {
  if (!Object.isFrozen(list)) return makeForms(list, cors);
  const kept = known[cors ? 1 : 0];
  let forms = kept?.get(list);
  if (forms === undefined) {
    forms = makeForms(list, cors);
    kept?.set(list, forms);
  }
  return forms;
}

function makeForms(list: readonly AnswerHeader[], cors: boolean): Forms {
  const headers: Record<string, string | string[]> = {};
  const lines: string[] = [];
  for (const [name, value] of list) {
    const key = name.toLowerCase();
    const before = headers[key];
    headers[key] =
      before === undefined ? value : [...(typeof before === 'string' ? [before] : before), value];
    lines.push(key, value);
  }
  if (cors && headers[ALLOW_ORIGIN] === undefined) {
    headers[ALLOW_ORIGIN] = '*';
    lines.push(ALLOW_ORIGIN, '*');
  }
  return { headers, lines, once: [...lines, 'content-length', ''] };
}

/** Node sends a short text together with the headers, and bytes after them in a write of their own. */
function formsOfBytes(body: Uint8Array): readonly [payload: string | Buffer, direct: string | Buffer] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (body.byteLength > SHORT) return [bytes, bytes];
  try {
    return [UTF8.decode(body), bytes.toString('latin1')];
  } catch {
    // Not a text.
    return [bytes, bytes.toString('latin1')];
  }
}

const SHORT = 16_384;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
