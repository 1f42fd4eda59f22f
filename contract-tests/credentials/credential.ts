/**
 * Credentials that are known only when a request is sent: tokens that are fetched and expire, signatures, whatever a hook
 * gives. The case plan writes a stand-in where the secret belongs, so that plans stay the same from run to run and no
 * secret gets into one.
 */
import type { SecurityScheme } from '../../contract/model.ts';
import type { CaseRequest } from '../../contract/plan/cases/case.ts';

/** What takes the place of a stand-in. */
export type Credential =
  /** A token or key; for Basic the encoded pair of user and password. */
  | { readonly kind: 'secret'; readonly secret: string }
  /** Headers in the place of the whole line that held the stand-in. */
  | { readonly kind: 'headers'; readonly headers: readonly (readonly [string, string])[] }
  /** Made of the whole request, after everything else is in it. */
  | { readonly kind: 'signature'; readonly sign: (baseUrl: string, request: CaseRequest) => CaseRequest };

export interface CredentialSource {
  /** Gets one, or a new one when the one before is no longer taken. */
  readonly fetch: () => Promise<Fetched>;
  /** False for those that would only come back the same. */
  readonly renewable: boolean;
}

export interface Fetched {
  readonly credential: Credential;
  /** How long it may be used; undefined as long as it is taken. */
  readonly lifeMs?: number;
}

/** A text that stands for the secret of a scheme until the request is sent. */
export function standInFor(scheme: SecurityScheme, index: number): string {
  const text = `rehearsal-credential-${index}`;
  // It has to look like what it stands for, or the plan would take its own requests for malformed.
  return scheme.kind === 'http' && scheme.scheme === 'basic' ? btoa(`${text}:`) : text;
}

/** Whether a request holds a stand-in as a whole value; one that was changed on purpose is meant to be wrong. */
export function carries({ headers, query }: CaseRequest, standIn: string): boolean {
  return (
    headers.some(([name, value]) => inHeader(name, value, standIn)) ||
    (query !== '' && query.split('&').some(pair => inPair(pair, standIn)))
  );
}

/** The request with a credential in the place of its stand-in. */
export function withCredential(
  request: CaseRequest,
  standIn: string,
  credential: Credential,
  baseUrl: string,
): CaseRequest {
  if (credential.kind === 'secret') {
    const { secret } = credential;
    const headers = request.headers.map(([name, value]): readonly [string, string] =>
      inHeader(name, value, standIn) ? [name, value.replace(standIn, () => secret)] : [name, value],
    );
    const query = mapPairs(request.query, standIn, name => `${name}=${encodeURIComponent(secret)}`);
    return { ...request, headers, query };
  }
  const headers = request.headers.filter(([name, value]) => !inHeader(name, value, standIn));
  const bare = { ...request, headers, query: mapPairs(request.query, standIn, () => undefined) };
  if (credential.kind === 'signature') return credential.sign(baseUrl, bare);
  const given = new Set(credential.headers.map(([name]) => name.toLowerCase()));
  const kept = headers.filter(([name]) => !given.has(name.toLowerCase()));
  return { ...bare, headers: [...kept, ...credential.headers] };
}

/** A whole header value, what stands behind `Bearer`, or one cookie of several. */
function inHeader(name: string, value: string, standIn: string): boolean {
  if (!value.includes(standIn)) return false;
  if (name.toLowerCase() === 'cookie') return value.split('; ').some(pair => inPair(pair, standIn));
  return value === standIn || /^\S+ (.*)$/.exec(value)?.[1] === standIn;
}

function inPair(pair: string, standIn: string): boolean {
  const value = pair.slice(pair.indexOf('=') + 1);
  return value === standIn || value === encodeURIComponent(standIn);
}

function mapPairs(query: string, standIn: string, replace: (name: string) => string | undefined): string {
  if (query === '') return query;
  return query
    .split('&')
    .map(pair => (inPair(pair, standIn) ? replace(pair.slice(0, pair.indexOf('='))) : pair))
    .filter(pair => pair !== undefined)
    .join('&');
}
