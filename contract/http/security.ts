/**
 * Credentials of a request: whether those that an operation asks for are there and have the right form. Whether they
 * are the right ones nobody can tell from a document.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#security-requirement-object
 */
import type { RequiredScheme, SecurityRequirement, SecurityScheme } from '../model.ts';

/** Where credentials are looked for. Names of headers are lower case. */
export interface CredentialSource {
  readonly header: (name: string) => string | undefined;
  readonly query: (name: string) => string | undefined;
  readonly cookie: (name: string) => string | undefined;
}

export interface CredentialCheck {
  /** Undefined when one of the alternatives is satisfied. */
  readonly missing: string | undefined;
  /** The schemes that the message is about, as far as it is about one alternative. */
  readonly scheme: string | undefined;
  /** What cannot be seen in a request. */
  readonly unchecked: readonly string[];
}

const SATISFIED: CredentialCheck = { missing: undefined, scheme: undefined, unchecked: [] };

/** Holds a request against the alternatives of `security`; any one is enough, and none at all means open. */
export function checkCredentials(
  alternatives: readonly SecurityRequirement[],
  source: CredentialSource,
): CredentialCheck {
  if (alternatives.length === 0) return SATISFIED;
  const reasons: string[] = [];
  let withUnchecked: readonly string[] | undefined;
  for (const alternative of alternatives) {
    const missing: string[] = [];
    const unchecked: string[] = [];
    for (const required of alternative) {
      const fault = checkScheme(required, source);
      if (fault === undefined) continue;
      if ('unchecked' in fault) unchecked.push(fault.unchecked);
      else missing.push(fault.missing);
    }
    if (missing.length > 0) reasons.push(missing.join(' and '));
    else if (unchecked.length === 0) return SATISFIED;
    else withUnchecked ??= unchecked;
  }
  if (withUnchecked !== undefined) return { missing: undefined, scheme: undefined, unchecked: withUnchecked };
  const [only] = alternatives;
  return {
    missing: `needs ${[...new Set(reasons)].join(', or ')}`,
    scheme: alternatives.length === 1 ? only?.map(({ name }) => name).join(' and ') : undefined,
    unchecked: [],
  };
}

function checkScheme(
  { name, scheme }: RequiredScheme,
  source: CredentialSource,
): { readonly missing: string } | { readonly unchecked: string } | undefined {
  if (scheme === undefined) return { unchecked: `the security scheme "${name}" is not defined` };
  switch (scheme.kind) {
    case 'apiKey': {
      const sent = source[scheme.in](
        scheme.in === 'header' ? scheme.parameter.toLowerCase() : scheme.parameter,
      );
      return sent === undefined || sent.trim() === ''
        ? { missing: `a key in the ${where(scheme)} "${scheme.parameter}"` }
        : undefined;
    }
    case 'http':
      return checkHttpScheme(scheme.scheme.toLowerCase(), source);
    case 'oauth2':
    case 'openIdConnect':
      return checkHttpScheme('bearer', source);
    case 'mutualTLS':
      return { unchecked: `the client certificate of "${name}" cannot be seen in a request` };
    default:
      return scheme satisfies never;
  }
}

function where(scheme: Extract<SecurityScheme, { kind: 'apiKey' }>): string {
  return scheme.in === 'query' ? 'query parameter' : scheme.in;
}

function checkHttpScheme(scheme: string, source: CredentialSource): { readonly missing: string } | undefined {
  const sent = source.header('authorization')?.trim() ?? '';
  const space = sent.indexOf(' ');
  const credentials = space === -1 ? '' : sent.slice(space + 1).trim();
  const named = sent.slice(0, space).toLowerCase() === scheme;
  if (named && credentials !== '' && wellFormed(scheme, credentials)) return undefined;
  const found =
    sent === ''
      ? ''
      : named && credentials !== ''
        ? ', and the one sent is malformed'
        : ', and something else was sent';
  return { missing: `"Authorization: ${titleCase(scheme)} …"${found}` };
}

function wellFormed(scheme: string, credentials: string): boolean {
  // Wider than RFC 6750's b64token: tokens with a bar or a colon are in everyday use.
  if (scheme === 'bearer') return /^[\x21-\x7e]+$/.test(credentials) && !/[",]/.test(credentials);
  if (scheme !== 'basic') return true;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(credentials)) return false;
  try {
    return atob(credentials).includes(':');
  } catch {
    return false;
  }
}

function titleCase(scheme: string): string {
  return scheme.charAt(0).toUpperCase() + scheme.slice(1);
}
