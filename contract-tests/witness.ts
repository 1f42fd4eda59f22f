/**
 * Tells whether a refusal is about the request or about the whole stage, by asking something again that was answered
 * before: the witness. Credentials that have expired look like thousands of broken operations, and so does a gateway
 * whose server is gone; neither says anything about the contract.
 */

import { contentTypeOf, headerValues, type ReceivedResponse } from '../contract/exchange.ts';
import type { CaseRequest } from '../contract/plan/cases/case.ts';
import { SAFE_METHODS } from '../contract/plan/cases/options.ts';
import { carries } from './credentials/credential.ts';
import { pause } from './pace.ts';
import type { Trouble } from './transport/trouble.ts';
import type { Sent, Transport } from './transport.ts';

export interface WitnessOptions {
  /** Secrets and stand-ins as the case plan writes them. */
  readonly credentials?: readonly string[];
  /** Waits for a server that is being started again, one after the other. Default: 0, 250, 500, 1000 and 2000. */
  readonly waitsMs?: readonly number[];
  readonly signal?: AbortSignal;
}

interface Asked {
  readonly baseUrl: string;
  readonly request: CaseRequest;
}

/** Asking again changes something each time, unless the method is safe. */
const UNSAFE_QUESTIONS = 5;

const REFUSED: Trouble = {
  kind: 'credentials',
  message:
    'the server refuses what it answered before: credentials have expired, or it no longer lets this machine in',
};

export function withWitness(transport: Transport, options: WitnessOptions = {}): Transport {
  const { credentials = [], waitsMs = [0, 250, 500, 1000, 2000], signal } = options;
  let unsafeLeft = UNSAFE_QUESTIONS;
  let anybody: Asked | undefined;
  let known: Asked | undefined;
  let refused = false;
  let down = false;
  let suspects: Promise<unknown> = Promise.resolve();
  let question: Promise<boolean> | undefined;

  const carriesAny = (request: CaseRequest): boolean =>
    credentials.some(credential => carries(request, credential));
  const remember = (asked: Asked): void => {
    if (anybody === undefined || better(asked, anybody)) anybody = asked;
    if (credentials.length === 0 || (known !== undefined && !better(asked, known))) return;
    if (carriesAny(asked.request)) known = asked;
  };
  const ask = async ({ baseUrl, request }: Asked): Promise<ReceivedResponse | undefined> => {
    if (!SAFE_METHODS.has(request.method)) unsafeLeft -= 1;
    const sent = await transport.send(baseUrl, request);
    return sent.kind === 'answered' ? sent.response : undefined;
  };
  const mayAsk = (asked: Asked | undefined): asked is Asked =>
    asked !== undefined && (SAFE_METHODS.has(asked.request.method) || unsafeLeft > 0);

  /** One question for all that were refused before it was put. */
  const refusesAll = (asked: Asked): Promise<boolean> => {
    question ??= Promise.resolve().then(async () => {
      question = undefined;
      const response = await ask(asked);
      return response !== undefined && isRefusal(response.status);
    });
    return question;
  };

  const afterGateway = async (sent: Sent, asked: Asked, page: ReceivedResponse): Promise<Sent> => {
    const gone: Sent = { kind: 'unanswered', trouble: gatewayTrouble(page) };
    if (!mayAsk(anybody)) return gone;
    for (const wait of down ? [0] : waitsMs) {
      await pause(wait, signal);
      if (signal?.aborted === true) return gone;
      const response = mayAsk(anybody) ? await ask(anybody) : undefined;
      if (response === undefined || isGatewayPage(response)) continue;
      down = false;
      // The server is there. Either it was down by chance, or this very request brings it down.
      const again = await transport.send(asked.baseUrl, asked.request);
      return again.kind === 'answered' ? again : sent;
    }
    down = true;
    return gone;
  };

  const send = async (baseUrl: string, request: CaseRequest): Promise<Sent> => {
    const sent = await transport.send(baseUrl, request);
    if (sent.kind === 'unanswered') return sent;
    const { status } = sent.response;
    if (status >= 200 && status < 300) {
      if (anybody?.request.method !== 'GET' || (credentials.length > 0 && known?.request.method !== 'GET'))
        remember({ baseUrl, request });
      return sent;
    }
    const elsewhere = anybody === undefined ? sentOn(sent.response, baseUrl, request) : undefined;
    if (elsewhere !== undefined) return { kind: 'unanswered', trouble: elsewhere };
    // Without credentials there are none to expire, but whoever asks too oddly may be shut out.
    const before = isRefusal(status) && carriesAny(request) ? known : status === 403 ? anybody : undefined;
    if (mayAsk(before)) {
      refused ||= await refusesAll(before);
      return refused ? { kind: 'unanswered', trouble: REFUSED } : sent;
    }
    if (!isGatewayPage(sent.response)) return sent;
    // One after the other, or the fall of one would be laid at the door of another.
    const settled = suspects.then(() => afterGateway(sent, { baseUrl, request }, sent.response));
    suspects = settled;
    return settled;
  };
  return { send, close: transport.close };
}

function better(asked: Asked, before: Asked): boolean {
  return SAFE_METHODS.has(asked.request.method) && !SAFE_METHODS.has(before.request.method);
}

function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}

/** What proxies and load balancers answer for a server that does not; a server's own answer has a body of its own kind. */
function isGatewayPage(response: ReceivedResponse): boolean {
  if (response.status !== 502 && response.status !== 503 && response.status !== 504) return false;
  return response.body.length === 0 || /^text\/(html|plain)\b/i.test(contentTypeOf(response) ?? 'text/html');
}

/** A server that sends every request on to the same path of another origin is not the one to test. */
function sentOn(response: ReceivedResponse, baseUrl: string, { path }: CaseRequest): Trouble | undefined {
  if (![301, 302, 307, 308].includes(response.status)) return undefined;
  const [location = ''] = headerValues(response, 'location');
  if (!URL.canParse(location, baseUrl)) return undefined;
  const [from, to] = [new URL(baseUrl), new URL(location, baseUrl)];
  if (to.origin === from.origin || !to.pathname.endsWith(path)) return undefined;
  return {
    kind: 'unreachable',
    message: `it sends requests on to ${to.origin}`,
    advice: `Redirections are not followed; test ${to.origin} itself.`,
  };
}

function gatewayTrouble({ status }: ReceivedResponse): Trouble {
  return { kind: 'gateway', message: `a gateway answers for a server that does not: ${status}` };
}
