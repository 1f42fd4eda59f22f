/** What a log says of a request: one readable line. The query stays out of it, since it may hold credentials. */
import type { RefusalKind } from './problem.ts';

/** One request that was answered, refused or given up. */
export interface RequestEntry {
  readonly method: string;
  /** As it stood in the request line, without the query. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Set when the answer is a refusal of the mock server. */
  readonly refusal: { readonly kind: RefusalKind; readonly detail: string } | undefined;
  /** How the request breaks its contract, where that is only warned of. */
  readonly warning: string | undefined;
  /** True when the client left before the answer. */
  readonly aborted: boolean;
}

/**
 * An entry as a line of text, without its end.
 *
 * @example
 * ```ts
 * import { logLine } from './mock-server/request-log.ts';
 *
 * const refusal = { kind: 'unknown-path', detail: 'Nothing stands at /pet.' } as const;
 * const entry = { method: 'GET', path: '/pet', status: 404, milliseconds: 0.4, refusal, warning: undefined, aborted: false };
 * console.log(logLine(entry)); // GET /pet 404 0.4 ms  unknown-path: Nothing stands at /pet.
 * ```
 */
export function logLine({
  method,
  path,
  status,
  milliseconds,
  refusal,
  warning,
  aborted,
}: RequestEntry): string {
  const time = `${milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`;
  const notes = [
    ...(aborted ? ['the client went away'] : []),
    ...(refusal === undefined ? [] : [`${refusal.kind}: ${refusal.detail}`]),
    ...(warning === undefined ? [] : [`warning: ${warning}`]),
  ];
  const line = `${method} ${path} ${aborted ? '-' : status} ${time}`;
  return oneLine(notes.length === 0 ? line : `${line}  ${notes.join('; ')}`);
}

const LONGEST = 500;

/** Requests come from strangers: what would end the line or steer a terminal is shown as a question mark. */
function oneLine(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
  return shown.toWellFormed().replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?');
}
