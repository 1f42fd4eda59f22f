/**
 * Sends no faster than a stage allows: at a rate that a person chose, and after the wait that the stage itself asks for
 * with 429 or 503. Waits are bounded, for a run has to end; what is still refused then is handed on.
 */
import { headerValues, type ReceivedResponse } from '../contract/exchange.ts';
import type { CaseRequest } from '../contract/plan/cases/case.ts';
import type { Sent, Transport } from './transport.ts';

export interface PaceOptions {
  /** Requests a second. Default: as fast as the stage answers. */
  readonly rate?: number;
  /** All waits of a run together that the stage may ask for. Default: 60 000. */
  readonly budgetMs?: number;
  /** Ends every wait. */
  readonly signal?: AbortSignal;
}

export interface Pace extends Transport {
  /** Requests that were sent again, and how long the stage made the run wait. */
  readonly told: () => { readonly again: number; readonly waitedMs: number };
}

/** A longer wait is no pace but a closed door. */
const LONGEST_MS = 30_000;
const TRIES = 4;
const FIRST_BACKOFF_MS = 500;

/** @param transport - what sends in the end */
export function withPace(transport: Transport, options: PaceOptions = {}): Pace {
  const { rate, signal } = options;
  const interval = rate === undefined ? 0 : 1000 / rate;
  let left = options.budgetMs ?? 60_000;
  let again = 0;
  let waitedMs = 0;
  /** Nothing is sent before this. */
  let open = 0;
  /** When the next request is due. */
  let due = 0;

  const turn = async (): Promise<void> => {
    while (signal?.aborted !== true) {
      const now = performance.now();
      const begin = Math.max(now, open, due);
      if (interval > 0) due = begin + interval;
      if (begin <= now) return;
      await pause(begin - now, signal);
      // The stage may have closed meanwhile.
      if (begin >= open) return;
    }
  };

  const send = async (baseUrl: string, request: CaseRequest): Promise<Sent> => {
    for (let tries = 1; ; tries += 1) {
      if (interval > 0 || open > 0) await turn();
      const sent = await transport.send(baseUrl, request);
      if (sent.kind === 'unanswered' || tries === TRIES || signal?.aborted === true) return sent;
      const wait = waitOf(sent.response, FIRST_BACKOFF_MS * 2 ** (tries - 1));
      if (wait === undefined) return sent;
      const now = performance.now();
      const until = now + wait;
      // Many are refused at once, and wait for the same moment.
      const longer = Math.max(0, until - Math.max(open, now));
      if (wait > LONGEST_MS || longer > left) return sent;
      left -= longer;
      waitedMs += longer;
      again += 1;
      open = Math.max(open, until);
    }
  };
  return { send, close: transport.close, told: () => ({ again, waitedMs }) };
}

/**
 * How long an answer asks to wait; undefined for one that does not.
 *
 * @param backoff - where a refusal for too many requests does not say how long
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
function waitOf(response: ReceivedResponse, backoff: number): number | undefined {
  const { status } = response;
  if (status !== 429 && status !== 503 && status !== 403) return undefined;
  const [after] = headerValues(response, 'retry-after');
  if (after !== undefined) {
    const ms = /^\s*\d+\s*$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
    if (!Number.isNaN(ms)) return Math.max(0, ms);
  }
  if (status === 503) return undefined;
  // Some say 403 for it, and only the count shows that it is no refusal of this request.
  if (status === 403 && !headerValues(response, 'x-ratelimit-remaining').includes('0')) return undefined;
  return resetOf(response) ?? backoff;
}

/** Seconds from now, or since 1970 as most write `X-RateLimit-Reset`. */
function resetOf(response: ReceivedResponse): number | undefined {
  const [structured] = headerValues(response, 'ratelimit');
  const [reset] = [
    ...headerValues(response, 'ratelimit-reset'),
    ...headerValues(response, 'x-ratelimit-reset'),
  ];
  const written = /\b(?:t|reset)=(\d+)/.exec(structured ?? '')?.[1] ?? reset?.trim();
  if (written === undefined || !/^\d+(\.\d+)?$/.test(written)) return undefined;
  const seconds = Number(written);
  return Math.max(0, seconds > 1e9 ? seconds * 1000 - Date.now() : seconds * 1000);
}

/** Ends at once when the run is interrupted. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve();
  return new Promise(resolve => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
