/** Why a request was not answered, in words that say how to mend it where that is known. */
import { RehearsalError } from '../../contract/errors.ts';
import { isProxyError, type Target } from './target.ts';
import { tlsTrouble } from './tls.ts';

export interface Trouble {
  /**
   * - `unreachable`: no connection, so the server has not seen the request
   * - `timeout`, `broken`: the server was sent the request and did not answer it to the end
   * - `too-large`: the body or the headers went beyond the limit
   * - `credentials`: there were none to send, or the server no longer takes those that it took before
   * - `gateway`: a proxy or load balancer answered for a server that did not
   */
  readonly kind: 'unreachable' | 'timeout' | 'broken' | 'too-large' | 'credentials' | 'gateway';
  readonly message: string;
  /** How to mend it: a sentence, where there is more to say than that the server should run. */
  readonly advice?: string;
}

const NEVER_CONNECTED: ReadonlySet<string | undefined> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
]);

const PROXY_ADVICE = 'Check HTTPS_PROXY and HTTP_PROXY, or name the host in NO_PROXY to reach it directly.';

/** What an error of the connection comes to. */
export function troubleOf(
  error: NodeJS.ErrnoException,
  target: Pick<Target, 'proxy' | 'authority'>,
): Trouble {
  const { proxy } = target;
  const never = NEVER_CONNECTED.has(error.code);
  if (proxy !== undefined && (never || isProxyError(error))) {
    const message = `the proxy ${proxy} does not help: ${reasonOf(error)}`;
    return { kind: 'unreachable', message, advice: PROXY_ADVICE };
  }
  if (never) return { kind: 'unreachable', message: reasonOf(error) };
  const tls = tlsTrouble(error, target.authority.replace(/:\d+$/, ''));
  return tls === undefined ? { kind: 'broken', message: reasonOf(error) } : { kind: 'unreachable', ...tls };
}

/** A proxy that is told the whole address answers for itself with this status (RFC 9110, 15.5.8). */
export function proxyRefusal(status: number, { proxy }: Target): Trouble | undefined {
  if (proxy === undefined || status !== 407) return undefined;
  const message = `the proxy ${proxy} does not help: it refuses to connect: 407 Proxy Authentication Required`;
  return { kind: 'unreachable', message, advice: PROXY_ADVICE };
}

/** The error of a run that never reached its server. */
export function unreachable(url: string, { message, advice }: Trouble): RehearsalError {
  return advice === undefined
    ? new RehearsalError('STAGE_UNREACHABLE', { url, reason: message })
    : new RehearsalError('STAGE_CONNECTION', { url, reason: message, advice });
}

/** What went wrong in words; several addresses that all failed come as one error without a message. */
function reasonOf(error: NodeJS.ErrnoException): string {
  const inner = error instanceof AggregateError ? (error.errors[0] as Error | undefined) : undefined;
  return error.message === '' ? (inner?.message ?? error.code ?? 'no reason given') : error.message;
}
