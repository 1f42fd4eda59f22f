/**
 * What a request says about who is asking: secrets that were handed over, else placeholders of the right form, which
 * is all that a mock can look at.
 */
import type { Operation, RequiredScheme, SecurityRequirement, SecurityScheme } from '../../model.ts';

/** Stands for a secret nobody gave. It is none itself, so it may be shown. */
const PLACEHOLDER = 'rehearsal';

export interface Credentials {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `name=value`, encoded. */
  readonly query: readonly string[];
  /** `name=value`. */
  readonly cookies: readonly string[];
}

export const NO_CREDENTIALS: Credentials = { headers: [], query: [], cookies: [] };

/**
 * The credentials of the first alternative whose every scheme can be sent, one with schemes before the empty one.
 * Undefined when there is none.
 */
export function credentialsFor(
  { security }: Operation,
  secrets: ReadonlyMap<string, string>,
): Credentials | undefined {
  const sendable = security.filter(alternative => isSendable(alternative, secrets));
  const known = sendable.filter(isDefined);
  const given = known.find(
    alternative =>
      alternative.length > 0 &&
      alternative.every(required => secrets.has(scopedName(required)) || secrets.has(required.name)),
  );
  const chosen = given ?? known.find(alternative => alternative.length > 0) ?? sendable[0];
  if (chosen === undefined) return security.length === 0 ? NO_CREDENTIALS : undefined;
  return credentialsOf(chosen, secrets);
}

/** The alternatives that ask for something, every part of which a request can say. */
export function waysIn(
  { security }: Operation,
  secrets: ReadonlyMap<string, string>,
): readonly SecurityRequirement[] {
  return security.filter(
    alternative => alternative.length > 0 && isSendable(alternative, secrets) && isDefined(alternative),
  );
}

/** A client certificate that is there needs nothing in the request. */
function isSendable(alternative: SecurityRequirement, secrets: ReadonlyMap<string, string>): boolean {
  return alternative.every(({ name, scheme }) => scheme?.kind !== 'mutualTLS' || secrets.has(name));
}

function isDefined(alternative: SecurityRequirement): boolean {
  return alternative.every(({ scheme }) => scheme !== undefined);
}

/** Under this name stands a secret that is for certain scopes of its scheme only. */
export function scopedName({ name, scopes }: RequiredScheme): string {
  return scopes.length === 0 ? name : `${name} ${scopes.toSorted().join(' ')}`;
}

/** True when every alternative asks for something that a request carries and that can be left out. */
export function needsCredentials({ security }: Operation): boolean {
  return (
    security.length > 0 &&
    security.every(alternative =>
      alternative.some(({ scheme }) => scheme !== undefined && scheme.kind !== 'mutualTLS'),
    )
  );
}

/** The credentials of one alternative, with placeholders for the secrets that are not there. */
export function credentialsOf(
  requirement: SecurityRequirement,
  secrets: ReadonlyMap<string, string>,
): Credentials {
  const headers: [string, string][] = [];
  const query: string[] = [];
  const cookies: string[] = [];
  for (const required of requirement) {
    const { name, scheme } = required;
    if (scheme === undefined) continue;
    const secret = secrets.get(scopedName(required)) ?? secrets.get(name);
    if (scheme.kind !== 'apiKey') {
      const value = authorization(scheme, secret);
      if (value !== undefined) headers.push(['Authorization', value]);
      continue;
    }
    const text = secret ?? PLACEHOLDER;
    if (scheme.in === 'header') headers.push([scheme.parameter, text]);
    else if (scheme.in === 'cookie') cookies.push(`${scheme.parameter}=${text}`);
    else query.push(`${encodeURIComponent(scheme.parameter)}=${encodeURIComponent(text)}`);
  }
  return { headers, query, cookies };
}

/** The value of an Authorization header. A secret for Basic may be `user:password` or already encoded. */
function authorization(scheme: SecurityScheme, secret: string | undefined): string | undefined {
  switch (scheme.kind) {
    case 'http': {
      if (scheme.scheme === 'bearer') return `Bearer ${secret ?? PLACEHOLDER}`;
      if (scheme.scheme !== 'basic') return `${capitalised(scheme.scheme)} ${secret ?? PLACEHOLDER}`;
      const pair = secret ?? `${PLACEHOLDER}:${PLACEHOLDER}`;
      return `Basic ${pair.includes(':') ? base64(pair) : pair}`;
    }
    case 'oauth2':
    case 'openIdConnect':
      return `Bearer ${secret ?? PLACEHOLDER}`;
    default:
      return undefined;
  }
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The names, in lower case, of headers that tell who is asking, for the case in which nobody does. */
export function credentialHeaders({ contract }: Operation): ReadonlySet<string> {
  const names = new Set(['authorization', 'cookie']);
  for (const scheme of contract.securitySchemes.values()) {
    if (scheme.kind === 'apiKey' && scheme.in === 'header') names.add(scheme.parameter.toLowerCase());
  }
  return names;
}
