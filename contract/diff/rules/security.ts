/** Rules about who may call: alternatives of credentials, their scopes, and how a scheme is sent. */
import type { Operation, RequiredScheme, SecurityRequirement, SecurityScheme } from '../../model.ts';
import { below, type Source } from '../../source.ts';
import type { DiffRule } from '../rule.ts';
import type { Collector, Spot } from '../spot.ts';

const sample = (security: string, key = 'X-Key'): string =>
  `paths:
  /pets:
    get:
      security: ${security}
      responses: { '200': { description: Pets } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: ${key} }
    login: { type: oauth2, flows: { clientCredentials: { tokenUrl: https://login.example.com, scopes: { read: Read, admin: All } } } }
`;

export const securityAdded: DiffRule = {
  name: 'security-added',
  severity: 'breaking',
  title: 'Credentials are asked for where none were.',
  why: 'Clients that send none are refused.',
  before: sample('[]'),
  after: sample('[{ key: [] }]'),
};

export const securityRemoved: DiffRule = {
  name: 'security-removed',
  severity: 'safe',
  title: 'No credentials are asked for any more.',
  why: 'Clients are let in with or without them.',
  before: sample('[{ key: [] }]'),
  after: sample('[]'),
};

export const securityAlternativeRemoved: DiffRule = {
  name: 'security-alternative-removed',
  severity: 'breaking',
  title: 'One of several kinds of credentials is not enough any more.',
  why: 'Clients that come with it are refused.',
  before: sample('[{ key: [] }, { login: [read] }]'),
  after: sample('[{ login: [read] }]'),
};

export const securityAlternativeAdded: DiffRule = {
  name: 'security-alternative-added',
  severity: 'safe',
  title: 'Another kind of credentials is enough.',
  why: 'Those that clients have are taken as before.',
  before: sample('[{ login: [read] }]'),
  after: sample('[{ key: [] }, { login: [read] }]'),
};

export const securityScopeAdded: DiffRule = {
  name: 'security-scope-added',
  severity: 'breaking',
  title: 'Credentials need a scope that they did not need.',
  why: 'Clients without it are refused.',
  before: sample('[{ login: [read] }]'),
  after: sample('[{ login: [read, admin] }]'),
};

export const securityScopeRemoved: DiffRule = {
  name: 'security-scope-removed',
  severity: 'safe',
  title: 'Credentials need a scope less.',
  why: 'Those that clients have are taken as before.',
  before: sample('[{ login: [read, admin] }]'),
  after: sample('[{ login: [read] }]'),
};

export const securitySchemeChanged: DiffRule = {
  name: 'security-scheme-changed',
  severity: 'breaking',
  title: 'Credentials of the same name are sent in another way.',
  why: 'Clients send them where nobody looks.',
  before: sample('[{ key: [] }]'),
  after: sample('[{ key: [] }]', 'X-Api-Key'),
};

export const SECURITY_RULES: readonly DiffRule[] = [
  securityAdded,
  securityRemoved,
  securityAlternativeRemoved,
  securityAlternativeAdded,
  securityScopeAdded,
  securityScopeRemoved,
  securitySchemeChanged,
];

/** Who may call an operation in both documents. */
export function compareSecurity(old: Operation, now: Operation, spot: Spot, { report }: Collector): void {
  const [before, after] = [old.security, now.security];
  const places = [securityOf(old), securityOf(now)] as const;
  const place = { ...spot, part: 'security' };
  if (isOpen(before) && isOpen(after)) return;
  if (isOpen(before)) {
    report(securityAdded, place, `${words(after)} must be sent now`, ...places);
  } else if (isOpen(after)) {
    report(securityRemoved, place, `${words(before)} need not be sent any more`, ...places);
  } else {
    compareAlternatives(before, after, place, places, report);
    compareSchemes(before, after, place, report);
  }
}

function compareAlternatives(
  before: readonly SecurityRequirement[],
  after: readonly SecurityRequirement[],
  place: Spot,
  places: readonly [before: Source, after: Source],
  report: Collector['report'],
): void {
  for (const alternative of before) {
    if (after.some(other => isEnough(alternative, other))) {
      const wider = after.find(other => namesOf(other) === namesOf(alternative));
      const less = wider === undefined ? [] : missingScopes(wider, alternative);
      if (less.length > 0)
        report(
          securityScopeRemoved,
          place,
          `${namesOf(alternative)} no longer needs ${less.join(', ')}`,
          ...places,
        );
      continue;
    }
    const stricter = after.find(other => namesOf(other) === namesOf(alternative));
    if (stricter === undefined)
      report(
        securityAlternativeRemoved,
        place,
        `${namesOf(alternative)} alone is not enough any more`,
        ...places,
      );
    else {
      const more = missingScopes(alternative, stricter).join(', ');
      report(securityScopeAdded, place, `${namesOf(alternative)} needs ${more} now`, ...places);
    }
  }
  for (const alternative of after) {
    if (!before.some(other => namesOf(other) === namesOf(alternative)))
      report(securityAlternativeAdded, place, `${namesOf(alternative)} is enough now`, ...places);
  }
}

function isOpen(security: readonly SecurityRequirement[]): boolean {
  return security.length === 0 || security.some(alternative => alternative.length === 0);
}

function securityOf({ source }: Operation): Source {
  return below(source, 'security');
}

function namesOf(alternative: SecurityRequirement): string {
  return alternative
    .map(({ name }) => name)
    .toSorted()
    .join(' and ');
}

function words(security: readonly SecurityRequirement[]): string {
  return security.map(namesOf).join(', or ');
}

/** True when who has the first is let in by the second. */
function isEnough(given: SecurityRequirement, asked: SecurityRequirement): boolean {
  return asked.every(({ name, scopes }) => {
    const has = given.find(one => one.name === name);
    return has !== undefined && scopes.every(scope => has.scopes.includes(scope));
  });
}

function missingScopes(given: SecurityRequirement, asked: SecurityRequirement): readonly string[] {
  return asked.flatMap(({ name, scopes }) => {
    const has = given.find(one => one.name === name)?.scopes ?? [];
    return scopes.filter(scope => !has.includes(scope));
  });
}

function compareSchemes(
  before: readonly SecurityRequirement[],
  after: readonly SecurityRequirement[],
  spot: Spot,
  report: Collector['report'],
): void {
  const schemes = (security: readonly SecurityRequirement[]): ReadonlyMap<string, RequiredScheme['scheme']> =>
    new Map(security.flat().map(({ name, scheme }) => [name, scheme]));
  const now = schemes(after);
  for (const [name, old] of schemes(before)) {
    const other = now.get(name);
    if (old === undefined || other === undefined || sent(old) === sent(other)) continue;
    report(
      securitySchemeChanged,
      spot,
      `${name}, ${sent(old)}, became ${sent(other)}`,
      old.source,
      other.source,
    );
  }
}

/** How credentials travel. */
function sent(scheme: SecurityScheme): string {
  switch (scheme.kind) {
    case 'apiKey': {
      const name = scheme.in === 'header' ? scheme.parameter.toLowerCase() : scheme.parameter;
      return `a key in ${scheme.in} "${name}"`;
    }
    case 'http':
      return `HTTP ${scheme.scheme.toLowerCase()}`;
    case 'oauth2':
      return 'OAuth 2';
    case 'openIdConnect':
      return 'OpenID Connect';
    case 'mutualTLS':
      return 'a certificate';
    default:
      return scheme satisfies never;
  }
}
