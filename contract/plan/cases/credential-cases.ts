/**
 * Requests that say in another way who is asking: each documented way in, and every way to get one wrong.
 *
 * Whether a made-up token is refused says nothing about a server that takes all of them, as mocks and servers on a desk
 * do: there the ordinary cases are made up as well. So what is only wrong because nobody gave it out is sent only where
 * real credentials are at hand; what is wrong in form, or not there, anybody can see.
 */
import type { Operation, RequiredScheme, SecurityRequirement } from '../../model.ts';
import { securityOf } from './anonymous.ts';
import {
  type Credentials,
  credentialHeaders,
  credentialsFor,
  credentialsOf,
  needsCredentials,
  scopedName,
  waysIn,
} from './credentials.ts';
import type { Basis, Draft, Step } from './draft.ts';
import { misplaced, wrongForms } from './wrong-credentials.ts';

/** Well-formed, and nobody's. */
const MADE_UP = 'rehearsal-nobodys';

export function* credentialCases(basis: Basis): Generator<Step> {
  const { operation, depth, secrets } = basis;
  const ways = waysIn(operation, secrets);
  if (depth === 'examples' || ways.length === 0) return;
  const real = ways.filter(way => isReal(basis, way));
  const usual = credentialsFor(operation, secrets);
  for (const way of real.length > 0 ? real : ways) {
    const credentials = credentialsOf(way, secrets);
    // The usual way is every other case's.
    if (JSON.stringify(credentials) === JSON.stringify(usual)) continue;
    yield draft(basis, 'accepted', `credentials of ${namesOf(way)}`, credentials);
  }
  if (!needsCredentials(operation)) return;
  for (const way of real.length > 0 ? real : ways.slice(0, 1)) {
    yield* missingOne(basis, way);
    for (const required of way) yield* wrongCases(basis, way, required, real.length > 0);
  }
  yield* lesserCases(basis, ways, real);
}

/** One of several that are asked for together left out. */
function* missingOne(basis: Basis, way: SecurityRequirement): Generator<Draft> {
  if (way.length < 2) return;
  for (const required of way) {
    if (required.scheme?.kind === 'mutualTLS') continue;
    const rest = way.filter(other => other !== required);
    const credentials = credentialsOf(rest, basis.secrets);
    yield draft(basis, 'unauthenticated', `credentials without ${required.name}`, credentials);
  }
}

function* wrongCases(
  basis: Basis,
  way: SecurityRequirement,
  required: RequiredScheme,
  real: boolean,
): Generator<Step> {
  const { secrets, safe } = basis;
  const { name, scheme } = required;
  // The connection's certificate is not for a request to say.
  if (scheme === undefined || scheme.kind === 'mutualTLS') return;
  const right = credentialsOf(way, secrets);
  const own = credentialsOf([required], secrets);
  for (const { what, credentials } of wrongForms(scheme, own, real)) {
    yield draft(
      basis,
      'unauthenticated',
      `credentials ${what} for ${name}`,
      instead(right, own, credentials),
    );
  }
  if (!real) return;
  // Basic takes a user and a password.
  const other = scheme.kind === 'http' && scheme.scheme === 'basic' ? `${MADE_UP}:${MADE_UP}` : MADE_UP;
  const madeUp = credentialsOf(way, new Map([...secrets, [name, other], [scopedName(required), other]]));
  yield { ...draft(basis, 'unauthenticated', `credentials made up for ${name}`, madeUp), certain: true };
  const elsewhere = misplaced(scheme, own);
  if (elsewhere === undefined) return;
  const words = `credentials in the ${elsewhere.place} for ${name}`;
  // What stands in a URL is written into logs, which nobody wants of a production's keys.
  if (safe && elsewhere.place === 'query') yield { kind: 'skip', reason: 'unsafe', what: words };
  else yield draft(basis, 'unauthenticated', words, instead(right, own, elsewhere.credentials));
}

/** Credentials that are right but for what they allow, where the operation asks for scopes. */
function* lesserCases(
  basis: Basis,
  ways: readonly SecurityRequirement[],
  real: readonly SecurityRequirement[],
): Generator<Step> {
  const { lesser, secrets } = basis;
  for (const way of ways) {
    for (const required of way) {
      if (required.scopes.length === 0) continue;
      const words = `${LESSER_WORDS}${required.name}`;
      const less = lesser.get(required.name);
      if (less === undefined || letsIn(basis, way, required, less.scopes)) {
        // Where all credentials are made up, so would these be.
        if (less !== undefined || real.includes(way))
          yield { kind: 'skip', reason: 'no-lesser-credential', what: words };
        continue;
      }
      const credentials = credentialsOf(
        way,
        new Map([...secrets, [required.name, less.secret], [scopedName(required), less.secret]]),
      );
      yield { ...draft(basis, 'unauthenticated', words, credentials), certain: true };
    }
  }
}

/** How the names begin of cases whose credentials allow too little; the rest is the name of the scheme. */
export const LESSER_WORDS = 'credentials of too little scope for ';

/** Whether some way in asks for no more than what a way says when one of its schemes has only some scopes. */
function letsIn(
  { operation }: Basis,
  way: SecurityRequirement,
  less: RequiredScheme,
  scopes: readonly string[],
): boolean {
  const said = new Set(way.filter(one => one !== less).map(placeOf));
  return operation.security.some(other =>
    other.every(one =>
      placeOf(one) === placeOf(less)
        ? one.scopes.every(scope => scopes.includes(scope))
        : said.has(placeOf(one)),
    ),
  );
}

/** Where a scheme's secret stands: two schemes of tokens are the same to whoever sends one. */
function placeOf({ name, scheme }: RequiredScheme): string {
  switch (scheme?.kind) {
    case 'apiKey':
      return `${scheme.in} ${scheme.parameter}`;
    case 'http':
      return scheme.scheme;
    case 'oauth2':
    case 'openIdConnect':
      return 'bearer';
    default:
      return name;
  }
}

/** Somebody gave a secret for each of its schemes, or a header that says who asks. */
function isReal({ secrets, least }: Basis, way: SecurityRequirement): boolean {
  if (way.every(required => secrets.has(required.name) || secrets.has(scopedName(required)))) return true;
  const { headers, query, cookies } = credentialsOf(way, secrets);
  const given = new Set(least.given.map(([name]) => name.toLowerCase()));
  return (
    query.length === 0 &&
    cookies.length === 0 &&
    headers.length > 0 &&
    headers.every(([name]) => given.has(name.toLowerCase()))
  );
}

/** The credentials of several schemes with those of one of them replaced. */
function instead(all: Credentials, own: Credentials, by: Credentials): Credentials {
  return {
    headers: [...all.headers.filter(one => !own.headers.some(([name]) => name === one[0])), ...by.headers],
    query: [...all.query.filter(one => !own.query.includes(one)), ...by.query],
    cookies: [...all.cookies.filter(one => !own.cookies.includes(one)), ...by.cookies],
  };
}

/** Headers given from outside that say who asks are held back, or they would say it still. */
function draft(
  { operation, least }: Basis,
  expectation: 'accepted' | 'unauthenticated',
  name: string,
  credentials: Credentials,
): Draft {
  const hidden = credentialHeaders(operation);
  const positive = expectation === 'accepted';
  return {
    kind: 'draft',
    intent: positive ? 'positive' : 'negative',
    expectation,
    ...(positive ? {} : { breaks: 'credentials' as const }),
    name,
    why: securityOf(operation),
    parts: {
      ...least,
      parameters: withoutHeaders(operation, least.parameters, hidden),
      credentials,
      given: least.given.filter(([header]) => !hidden.has(header.toLowerCase())),
    },
    fromExample: false,
  };
}

function withoutHeaders(
  { parameters: all }: Operation,
  parameters: Draft['parts']['parameters'],
  hidden: ReadonlySet<string>,
): Draft['parts']['parameters'] {
  return all.some(({ in: place, name }) => place === 'header' && hidden.has(name.toLowerCase()))
    ? new Map(
        [...parameters].filter(
          ([{ in: place, name }]) => place !== 'header' || !hidden.has(name.toLowerCase()),
        ),
      )
    : parameters;
}

function namesOf(way: SecurityRequirement): string {
  return way.map(({ name }) => name).join(' and ');
}
