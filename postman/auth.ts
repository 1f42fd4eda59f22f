/**
 * Who is asking, in Postman's words. A case carries placeholders where secrets belong; those that stand where the
 * document wants them become an `auth` or variables, and every other text is sent as it is, for it is wrong on purpose.
 */
import type { Json } from '../contract/json/value.ts';
import type { Operation, SecurityRequirement, SecurityScheme } from '../contract/model.ts';
import type { CaseRequest } from '../contract/plan/cases/case.ts';
import { type Credentials, credentialsOf } from '../contract/plan/cases/credentials.ts';
import type { Auth } from './format.ts';
import type { SchemeVariables, Variables } from './variables.ts';

/** A request whose secrets are variables. */
export interface SignedRequest {
  readonly request: CaseRequest;
  readonly auth: Auth;
  /** The query, not encoded, of keys that `auth` has no room for: `name={{variable}}`. */
  readonly query: readonly string[];
}

/** For a request that must not take the collection's credentials along. */
export const NO_AUTH: Auth = { type: 'noauth' };

/** The case plan is made without secrets, so that its cases are those of a run without any. */
const NO_SECRETS: ReadonlyMap<string, string> = new Map();

/** Puts variables where the placeholders of an alternative of the operation's are. */
export function signedRequest(
  operation: Operation,
  request: CaseRequest,
  variables: Variables,
): SignedRequest {
  const alternative = operation.security
    .filter(one => one.length > 0 && carriesAll(request, credentialsOf(one, NO_SECRETS)))
    .toSorted((a, b) => b.length - a.length)[0];
  return alternative === undefined
    ? { request, auth: NO_AUTH, query: [] }
    : withVariables(alternative, request, variables);
}

function carriesAll(request: CaseRequest, { headers, query, cookies }: Credentials): boolean {
  if (headers.length + query.length + cookies.length === 0) return false;
  return (
    headers.every(([name, value]) => request.headers.some(sent => isHeader(sent, name, value))) &&
    query.every(pair => request.query.split('&').includes(pair)) &&
    cookies.every(pair => cookiesOf(request).includes(pair))
  );
}

function isHeader([sent, text]: readonly [string, string], name: string, value: string): boolean {
  return sent.toLowerCase() === name.toLowerCase() && text === value;
}

function cookiesOf({ headers }: CaseRequest): readonly string[] {
  return headers.flatMap(([name, value]) => (name.toLowerCase() === 'cookie' ? value.split('; ') : []));
}

/** Postman's `auth` holds one scheme: the one in Authorization, else the first key outside of cookies. */
function withVariables(
  alternative: SecurityRequirement,
  request: CaseRequest,
  variables: Variables,
): SignedRequest {
  const known = alternative.flatMap(required => {
    const names = variables.credentials.get(required.name);
    const { scheme } = required;
    if (scheme === undefined || names === undefined) return [];
    return [{ scheme, names, auth: authOf(scheme, names), own: credentialsOf([required], NO_SECRETS) }];
  });
  const main =
    known.find(({ scheme, auth }) => auth !== undefined && scheme.kind !== 'apiKey') ??
    known.find(({ auth }) => auth !== undefined);
  let { headers } = request;
  let pairs: readonly string[] = request.query === '' ? [] : request.query.split('&');
  const query: string[] = [];
  for (const one of known) {
    const { own, names, scheme } = one;
    pairs = pairs.filter(pair => !own.query.includes(pair));
    const value = names.kind === 'token' ? `{{${names.token}}}` : undefined;
    if (one === main || value === undefined) {
      headers = headers.filter(header => !own.headers.some(([name, text]) => isHeader(header, name, text)));
      continue;
    }
    headers = headers.map(([name, text]) => [name, textWithVariable(name, text, own, value)]);
    if (own.query.length > 0 && scheme.kind === 'apiKey')
      query.push(`${encodeURIComponent(scheme.parameter)}=${value}`);
  }
  return { request: { ...request, headers, query: pairs.join('&') }, auth: main?.auth ?? NO_AUTH, query };
}

/** `Bearer {{token}}` for what stands behind a word, one cookie of several, or the whole value. */
function textWithVariable(name: string, text: string, own: Credentials, variable: string): string {
  if (name.toLowerCase() === 'cookie' && own.cookies.length > 0) {
    const named = (pair: string): string => `${pair.slice(0, pair.indexOf('='))}=${variable}`;
    return text
      .split('; ')
      .map(pair => (own.cookies.includes(pair) ? named(pair) : pair))
      .join('; ');
  }
  if (!own.headers.some(([header, value]) => isHeader([name, text], header, value))) return text;
  const space = name.toLowerCase() === 'authorization' ? text.indexOf(' ') : -1;
  return `${text.slice(0, space + 1)}${variable}`;
}

/** Undefined for a scheme that Postman's `auth` has no room for. */
function authOf(scheme: SecurityScheme, names: SchemeVariables): Auth | undefined {
  switch (names.kind) {
    case 'pair':
      return authWith('basic', { password: `{{${names.password}}}`, username: `{{${names.user}}}` });
    case 'signature':
      return authWith('awsv4', {
        accessKey: `{{${names.accessKey}}}`,
        region: `{{${names.region}}}`,
        secretKey: `{{${names.secretKey}}}`,
        service: 'execute-api',
        sessionToken: `{{${names.sessionToken}}}`,
      });
    case 'token':
      return tokenAuth(scheme, `{{${names.token}}}`);
    default:
      return names satisfies never;
  }
}

function tokenAuth(scheme: SecurityScheme, token: string): Auth | undefined {
  switch (scheme.kind) {
    case 'apiKey':
      if (scheme.in === 'cookie') return undefined;
      return authWith('apikey', { in: scheme.in, key: scheme.parameter, value: token });
    case 'http':
      return scheme.scheme === 'bearer' ? authWith('bearer', { token }) : undefined;
    case 'oauth2':
      return authWith('oauth2', { accessToken: token, addTokenTo: 'header', tokenType: 'Bearer' });
    case 'openIdConnect':
      return authWith('bearer', { token });
    case 'mutualTLS':
      return undefined;
    default:
      return scheme satisfies never;
  }
}

function authWith(type: string, members: Readonly<Record<string, string>>): Auth {
  const list: readonly Json[] = Object.entries(members).map(([key, value]) => ({
    key,
    value,
    type: 'string',
  }));
  return { type, [type]: list };
}
