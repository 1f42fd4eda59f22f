/**
 * OAuth 2.0 client credentials: a token from the token endpoint, for the scopes of an operation.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
import { RehearsalError } from '../../contract/errors.ts';
import { type Json, own } from '../../contract/json/value.ts';
import type { Transport } from '../transport.ts';
import type { CredentialSource } from './credential.ts';

export interface ClientCredentials {
  /** The security scheme's name, for messages. */
  readonly scheme: string;
  /** Where tokens are had, or where OpenID Connect describes it. */
  readonly endpoint: { readonly tokenUrl: string } | { readonly discoveryUrl: string };
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  /** Further fields of the request, such as `audience`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** How the client says who it is: as Basic, or among the fields. */
  readonly authentication: 'basic' | 'body';
}

/** @param transport - reaches the token endpoint; the requests of cases need not go the same way */
export function clientCredentials(client: ClientCredentials, transport: Transport): CredentialSource {
  let tokenUrl: string | undefined = 'tokenUrl' in client.endpoint ? client.endpoint.tokenUrl : undefined;
  return {
    renewable: true,
    fetch: async () => {
      tokenUrl ??= await discover(client, transport);
      return fetchToken(client, tokenUrl, transport);
    },
  };
}

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig */
async function discover(client: ClientCredentials, transport: Transport): Promise<string> {
  const { scheme, endpoint } = client;
  const url = 'discoveryUrl' in endpoint ? endpoint.discoveryUrl : '';
  const { status, value } = await ask(scheme, transport, url, 'GET', [], undefined);
  const found = own(value, 'token_endpoint');
  if (status === 200 && typeof found === 'string' && isTokenUrl(found)) return found;
  throw unavailable(scheme, `${url} answers ${status} and names no token_endpoint of https`);
}

/** A secret goes nowhere in the clear, except within this machine. */
export function isTokenUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname))
  );
}

async function fetchToken(
  client: ClientCredentials,
  tokenUrl: string,
  transport: Transport,
): ReturnType<CredentialSource['fetch']> {
  const { scheme, clientId, clientSecret, scopes, authentication } = client;
  const fields = new URLSearchParams({ grant_type: 'client_credentials', ...client.parameters });
  if (scopes.length > 0) fields.set('scope', scopes.join(' '));
  if (authentication === 'body') {
    fields.set('client_id', clientId);
    fields.set('client_secret', clientSecret);
  }
  // RFC 6749, 2.3.1: both are form-encoded before they become a pair.
  const pair = `${formEncoded(clientId)}:${formEncoded(clientSecret)}`;
  const headers: [string, string][] =
    authentication === 'body' ? [] : [['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]];
  const { status, value } = await ask(scheme, transport, tokenUrl, 'POST', headers, fields.toString());
  const token = own(value, 'access_token');
  if (status === 200 && typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) {
    const life = own(value, 'expires_in');
    const credential = { kind: 'secret', secret: token } as const;
    return typeof life === 'number' && life > 0 ? { credential, lifeMs: life * 1000 } : { credential };
  }
  throw unavailable(scheme, `${withoutQuery(tokenUrl)} answers ${status}${refusal(value, scopes)}`);
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function refusal(value: Json | undefined, scopes: readonly string[]): string {
  const error = own(value, 'error');
  if (typeof error !== 'string') return ' and gives no access_token';
  const description = own(value, 'error_description');
  const asked = error === 'invalid_scope' ? ` for ${scopes.join(' ')}` : '';
  return ` ${error}${asked}${typeof description === 'string' ? ` (${description})` : ''}`;
}

interface Asked {
  readonly status: number;
  readonly value: Json | undefined;
}

async function ask(
  scheme: string,
  transport: Transport,
  address: string,
  method: 'GET' | 'POST',
  headers: readonly (readonly [string, string])[],
  form: string | undefined,
): Promise<Asked> {
  const { origin, pathname, search } = new URL(address);
  const sent = await transport.send(origin, {
    method,
    path: pathname,
    query: search.slice(1),
    headers: [...headers, ['Accept', 'application/json']],
    contentType: form === undefined ? undefined : 'application/x-www-form-urlencoded',
    body: form === undefined ? undefined : new TextEncoder().encode(form),
  });
  if (sent.kind === 'unanswered') {
    const { message, advice } = sent.trouble;
    throw unavailable(scheme, `${withoutQuery(address)} does not answer: ${message}`, advice);
  }
  const { status, body } = sent.response;
  try {
    return { status, value: JSON.parse(new TextDecoder().decode(body)) as Json };
  } catch {
    return { status, value: undefined };
  }
}

function withoutQuery(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}

function formEncoded(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}

function unavailable(scheme: string, reason: string, advice?: string): RehearsalError {
  return new RehearsalError('CREDENTIALS_UNAVAILABLE', {
    scheme,
    reason: reason.replace(/[\s.]+$/, ''),
    advice: advice ?? 'Check the client, its secret and its scopes with whoever runs the token endpoint.',
  });
}
