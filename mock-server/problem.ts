/**
 * The refusals that no document wrote: problem details in JSON, each marked by a header, so that none can be taken
 * for an answer of the API. Knows no request and no operation.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
import { stringifyJson } from '../contract/json/stringify.ts';
import type { AnswerHeader } from '../contract/plan/answer-headers.ts';

/** What goes out: an answer of the document's or a refusal of ours. */
export interface Reply {
  readonly status: number;
  /** Without Content-Length, which is the transport's matter. */
  readonly headers: readonly AnswerHeader[];
  /** A text stands for its UTF-8. */
  readonly body: Uint8Array | string | undefined;
  /** The same object is given again and again, so what is made of it is worth keeping. */
  readonly lasting: boolean;
  /** Milliseconds to wait before it goes out. */
  readonly delay?: number;
  /** Why it is no answer of the API, for those who keep a log. */
  readonly refusal?: Pick<RefusalDetails, 'kind' | 'detail'>;
}

/** Says, on everything that the mock itself refused, why. Answers of the document never carry it. */
export const REFUSAL_HEADER = 'x-rehearsal-refusal';

/** What was wrong with the request, when the document's own error answer cannot tell. Visible ASCII, one line. */
export const REASON_HEADER = 'x-rehearsal-reason';

/** How a request breaks its contract, on the answer that it gets nevertheless when validation only warns. */
export const WARNING_HEADER = 'x-rehearsal-warning';

export type RefusalKind =
  | 'malformed-request'
  | 'invalid-request'
  | 'unauthenticated'
  | 'unknown-path'
  | 'unknown-status'
  | 'unknown-example'
  | 'unknown-method'
  | 'not-acceptable'
  | 'too-slow'
  | 'too-large'
  | 'unsupported-media-type'
  | 'headers-too-large'
  | 'mock-failed'
  | 'server-unreachable'
  | 'broken-answer'
  | 'server-too-slow';

/** The usual status of each kind of refusal, and its title. */
export const REFUSALS: Readonly<Record<RefusalKind, readonly [status: number, title: string]>> = {
  'malformed-request': [400, 'The request cannot be read'],
  'invalid-request': [400, 'The request breaks the contract'],
  unauthenticated: [401, 'Credentials are missing'],
  'unknown-path': [404, 'There is no such path'],
  'unknown-status': [404, 'There is no such response'],
  'unknown-example': [404, 'There is no such example'],
  'unknown-method': [405, 'The path does not have this method'],
  'not-acceptable': [406, 'No acceptable media type'],
  'too-slow': [408, 'The request took too long'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'The operation does not take this media type'],
  'headers-too-large': [431, 'The headers are too large'],
  'mock-failed': [500, 'The mock server failed'],
  // Of a proxy before the real server.
  'server-unreachable': [502, 'The real server does not answer'],
  'broken-answer': [502, 'The answer breaks the contract'],
  'server-too-slow': [504, 'The real server takes too long'],
};

/** One way in which a request breaks its contract. */
export interface Violation {
  /** `body`, `query`, …; `in` of the problem details. */
  readonly where: string;
  /** Of the parameter or security scheme. */
  readonly name: string | undefined;
  /** Into the value of the parameter or body. */
  readonly pointer: string;
  readonly keyword: string;
  readonly message: string;
}

export interface RefusalDetails {
  readonly kind: RefusalKind;
  /** One or two sentences: what is wrong and how to mend it. */
  readonly detail: string;
  /** Everything that is wrong with the request, each with its place. */
  readonly violations?: readonly Violation[];
  readonly headers?: readonly AnswerHeader[];
}

/**
 * A refusal as problem details.
 *
 * @example
 * ```ts
 * import { refuse } from './mock-server/problem.ts';
 *
 * console.log(refuse({ kind: 'unknown-path', detail: 'Nothing stands at /pet.' }).status); // 404
 * ```
 */
export function refuse(refusal: RefusalDetails): Reply {
  const { kind, detail, violations = [], headers } = refusal;
  const { status, front, marks } = FORMS[kind];
  return {
    status,
    headers: headers === undefined ? marks : [...marks, ...headers],
    body: `${front}${quoted(detail)}${violations.length === 0 ? '' : listOf(violations)}}`,
    lasting: false,
    refusal,
  };
}

/** Text by text, which takes half as long as to hand over objects. Places and keywords are words of ours. */
function listOf(violations: readonly Violation[]): string {
  let list = ',"violations":[';
  let comma = '';
  for (const { where, name, pointer, keyword, message } of violations) {
    const named = name === undefined ? '' : `,"name":${quoted(name)}`;
    list += `${comma}{"in":"${where}"${named},"pointer":${quoted(pointer)},"keyword":"${keyword}","message":${quoted(message)}}`;
    comma = ',';
  }
  return `${list}]`;
}

/** Most texts are JSON as they stand, and to ask costs less than `JSON.stringify` does. */
function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text.toWellFormed());
}

const PLAIN = /^[ !#-[\]-~]*$/;

interface RefusalForm {
  readonly status: number;
  /** The problem details as JSON, up to the value of `detail`. */
  readonly front: string;
  /** Frozen, which says that the very same list comes with every refusal of the kind. */
  readonly marks: readonly AnswerHeader[];
}

/** What all refusals of a kind have in common, written once. */
const FORMS = Object.fromEntries(
  Object.entries(REFUSALS).map(([kind, [status, title]]): [string, RefusalForm] => {
    const head = stringifyJson({ type: `urn:rehearsal:refusal:${kind}`, title, status });
    const marks = Object.freeze<AnswerHeader[]>([
      ['Content-Type', 'application/problem+json'],
      [REFUSAL_HEADER, kind],
    ]);
    return [kind, { status, front: `${head.slice(0, -1)},"detail":`, marks }];
  }),
) as Readonly<Record<RefusalKind, RefusalForm>>;

const MAX_REASON = 400;

/** The document's own error answer in the place of problem details: the same mark, and the reason in a header. */
export function refuseWith(answer: Reply, status: number, refusal: RefusalDetails): Reply {
  return {
    status,
    headers: [
      ...answer.headers,
      [REFUSAL_HEADER, refusal.kind],
      [REASON_HEADER, headerText(refusal.detail)],
      ...(refusal.headers ?? []).filter(([name]) => !answer.headers.some(([own]) => sameName(own, name))),
    ],
    body: answer.body,
    lasting: false,
    refusal,
  };
}

/** Whatever came in with a request leaves in a header only as visible ASCII. */
export function headerText(text: string): string {
  const visible = text.replace(/[^\x20-\x7e]+/g, '?');
  return visible.length > MAX_REASON ? `${visible.slice(0, MAX_REASON - 3)}...` : visible;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
