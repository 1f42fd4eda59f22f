/** An answer that passed by, held against the checks. */
import type { IncomingMessage } from 'node:http';
import type { Check, CheckOptions } from '../../contract/checks/check.ts';
import { DEFAULT_CHECKS } from '../../contract/checks/index.ts';
import type { Exchange, FramingFault, ReceivedResponse } from '../../contract/exchange.ts';
import { judge } from '../../contract/judge.ts';
import type { CaseOutcome } from '../../contract-tests/events.ts';
import { decodeContent } from '../../contract-tests/transport/content-coding.ts';
import { shortFault } from '../../contract-tests/transport/framing.ts';
import type { ReadBytes } from './read-bytes.ts';
import { exchangeOf, type PassedRequest } from './traffic-exchange.ts';

/** What a compressed body may grow to. */
const MOST_DECODED = 64 * 1024 * 1024;

/** Which checks are asked, and what they are told. */
export interface Judging {
  readonly checks: readonly Check[];
  readonly options: CheckOptions;
}

const USUAL: Judging = { checks: DEFAULT_CHECKS, options: {} };

export function judged(
  passed: PassedRequest,
  incoming: IncomingMessage,
  read: ReadBytes,
  ms: number,
  { checks, options }: Judging = USUAL,
): { readonly exchange: Exchange; readonly outcome: CaseOutcome } {
  const exchange = exchangeOf(passed, receivedOf(incoming, read, ms));
  return { exchange, outcome: judge(exchange, checks, options) };
}

function receivedOf(incoming: IncomingMessage, { bytes, end }: ReadBytes, ms: number): ReceivedResponse {
  const { rawHeaders, statusCode = 0 } = incoming;
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  const cut = end === 'cut' ? shortFault(incoming, bytes.byteLength) : undefined;
  const { body, framing = cut } = decoded(incoming, bytes, cut !== undefined);
  const response = { status: statusCode, headers, body, ms };
  return framing === undefined ? response : { ...response, framing };
}

function decoded(
  { headers }: IncomingMessage,
  bytes: Uint8Array,
  cut: boolean,
): { readonly body: Uint8Array; readonly framing?: FramingFault } {
  const coding = headers['content-encoding'];
  if (coding === undefined || bytes.byteLength === 0 || cut) return { body: bytes };
  const result = decodeContent(coding, bytes, MOST_DECODED);
  switch (result.kind) {
    case 'decoded':
      return { body: result.body };
    case 'malformed':
      return { body: bytes, framing: { kind: 'malformed', received: result.reason } };
    case 'too-large':
      return {
        body: bytes,
        framing: { kind: 'malformed', received: `more than 64 MB without its Content-Encoding: ${coding}` },
      };
    default:
      return result satisfies never;
  }
}
