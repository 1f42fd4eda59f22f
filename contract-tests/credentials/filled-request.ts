/** Requests with their credentials in them, for those who send by other means: nothing is renewed once they are made. */
import type { CaseRequest } from '../../contract/plan/cases/case.ts';
import type { Sent, Transport } from '../transport.ts';
import type { Credential } from './credential.ts';
import { type LiveCredential, withCredentials } from './with-credentials.ts';

/** Gives a request as it would leave. */
export type FillRequest = (baseUrl: string, request: CaseRequest) => Promise<CaseRequest>;

/**
 * The credentials are fetched when the first request asks, and once for all of them while they last.
 *
 * @param learn - told every credential before it is used, so that it is hidden
 */
export function requestFiller(
  credentials: readonly LiveCredential[],
  learn: (credential: Credential) => void,
): FillRequest {
  let filled: CaseRequest | undefined;
  const catching: Transport = {
    send: (_baseUrl, request) => {
      filled = request;
      return Promise.resolve(CAUGHT);
    },
    close: () => {},
  };
  let opened: Promise<Transport> | undefined;
  return async (baseUrl, request) => {
    if (credentials.length === 0) return request;
    opened ??= withCredentials(catching, credentials, learn);
    const transport = await opened;
    filled = undefined;
    await transport.send(baseUrl, request);
    return filled ?? request;
  };
}

/** Of an answer nothing is known, so nothing comes of it. */
const CAUGHT: Sent = { kind: 'unanswered', trouble: { kind: 'broken', message: 'not sent' } };
