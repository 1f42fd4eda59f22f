/**
 * Who a run says it is: for each security scheme that the selected operations need, the secret or how it is had. What is
 * missing is told before anything is sent.
 */
import { RehearsalError } from '../contract/errors.ts';
import type { Operation, RequiredScheme, SecurityRequirement, SecurityScheme } from '../contract/model.ts';
import { credentialHeaders, scopedName } from '../contract/plan/cases/credentials.ts';
import type { LesserCredential } from '../contract/plan/cases/options.ts';
import { standInFor } from '../contract-tests/credentials/credential.ts';
import type { LiveCredential } from '../contract-tests/credentials/with-credentials.ts';
import type { Transport } from '../contract-tests/transport.ts';
import type { CommandContext } from './command.ts';
import type { CredentialConfig } from './config/config.ts';
import { type ReadCredential, readCredential } from './read-credential.ts';
import { suggestion } from './select-cases.ts';

export interface RunCredentials {
  /** Secrets and stand-ins for the case plan, by scheme. */
  readonly planned: ReadonlyMap<string, string>;
  /** Those of less scope, by scheme. */
  readonly lesser: ReadonlyMap<string, LesserCredential>;
  /** What is put in the place of the stand-ins. */
  readonly live: readonly LiveCredential[];
  /** What no report may show. */
  readonly hidden: readonly string[];
}

export interface CredentialsNeeded {
  readonly config: Readonly<Record<string, CredentialConfig>>;
  readonly stageUrl: string;
  /** Those that will be tested. */
  readonly operations: readonly Operation[];
  /** Given for every request; they stand over credentials. */
  readonly headers: readonly (readonly [string, string])[];
  /** Whether the connection shows a certificate of the client. */
  readonly certificate: boolean;
  /** Reaches token endpoints. */
  readonly tokens: () => Transport;
}

/** @throws RehearsalError CREDENTIALS_MISSING, USAGE */
export function readCredentials(needed: CredentialsNeeded, context: CommandContext): RunCredentials {
  const { config, operations, headers } = needed;
  const defined = new Map(operations.flatMap(({ contract }) => [...contract.securitySchemes]));
  tellUnknown(Object.keys(config), defined, context);
  const read = new Map<string, ReadCredential>();
  for (const [name, scheme] of defined) {
    const written = Object.hasOwn(config, name) ? config[name] : undefined;
    if (written !== undefined)
      read.set(name, readCredential(written, scheme, needed.stageUrl, needed.tokens, context));
  }
  const usable = ({ name, scheme }: RequiredScheme): boolean => {
    if (scheme?.kind === 'mutualTLS') return needed.certificate;
    const credential = read.get(name);
    return credential !== undefined && credential.kind !== 'missing';
  };

  const planned = new Map<string, string>();
  if (needed.certificate) {
    for (const [name, { kind }] of defined) if (kind === 'mutualTLS') planned.set(name, 'client-certificate');
  }
  const live: LiveCredential[] = [];
  const hidden: string[] = [];
  const use = (required: RequiredScheme, scheme: SecurityScheme): void => {
    const credential = read.get(required.name);
    if (credential === undefined || credential.kind === 'missing') return;
    const key = credential.kind === 'live' && credential.scoped ? scopedName(required) : required.name;
    if (planned.has(key)) return;
    if (credential.kind === 'secret') {
      planned.set(key, credential.secret);
      hidden.push(credential.secret);
      return;
    }
    const standIn = standInFor(scheme, live.length);
    planned.set(key, standIn);
    hidden.push(standIn, ...credential.hidden);
    live.push({ standIn, source: credential.sourceFor(required.scopes.toSorted()) });
  };

  for (const operation of operations) {
    const alternatives = operation.security.filter(alternative =>
      alternative.every(({ scheme }) => scheme !== undefined),
    );
    const known = eachWay(
      alternatives.filter(alternative => alternative.length > 0 && alternative.every(usable)),
    );
    for (const required of known.flat()) if (required.scheme !== undefined) use(required, required.scheme);
    if (known.length === 0 && !isCovered(operation, alternatives, headers))
      requireSet(operation, alternatives, read);
  }
  const lesser = lesserCredentials(needed, planned, defined, live.length, context);
  return {
    planned,
    lesser: lesser.planned,
    live: [...live, ...lesser.live],
    hidden: [...hidden, ...lesser.hidden],
  };
}

/** One alternative of each set of schemes: another with other scopes is no other way to say who asks. */
function eachWay(alternatives: readonly SecurityRequirement[]): readonly SecurityRequirement[] {
  const ways = new Map<string, SecurityRequirement>();
  for (const alternative of alternatives) {
    const schemes = alternative.map(({ name }) => name).toSorted();
    const key = JSON.stringify(schemes);
    if (!ways.has(key)) ways.set(key, alternative);
  }
  return [...ways.values()];
}

/** Those of less scope, for schemes whose own credential is sent. One whose variable is not set is told and left out. */
function lesserCredentials(
  { config, stageUrl, tokens }: CredentialsNeeded,
  planned: ReadonlyMap<string, string>,
  defined: ReadonlyMap<string, SecurityScheme>,
  taken: number,
  context: CommandContext,
): {
  readonly planned: ReadonlyMap<string, LesserCredential>;
  readonly live: readonly LiveCredential[];
  readonly hidden: readonly string[];
} {
  const lesser = new Map<string, LesserCredential>();
  const live: LiveCredential[] = [];
  const hidden: string[] = [];
  const used = new Set([...planned.keys()].map(key => key.split(' ', 1)[0] ?? ''));
  for (const [name, scheme] of defined) {
    const written = Object.hasOwn(config, name) ? config[name]?.lesser : undefined;
    if (written === undefined || !used.has(name)) continue;
    const credential = readCredential(written, scheme, stageUrl, tokens, context);
    const { scopes } = written;
    if (credential.kind === 'missing') {
      const variables = credential.variables.join(' and ');
      context.stderr.write(
        `note: credentials.${name}.lesser is left out: ${variables} ${credential.variables.length === 1 ? 'is' : 'are'} not set.\n`,
      );
    } else if (credential.kind === 'secret') {
      lesser.set(name, { secret: credential.secret, scopes });
      hidden.push(credential.secret);
    } else {
      const standIn = standInFor(scheme, taken + live.length);
      lesser.set(name, { secret: standIn, scopes });
      hidden.push(standIn, ...credential.hidden);
      live.push({ standIn, source: credential.sourceFor(scopes.toSorted()) });
    }
  }
  return { planned: lesser, live, hidden };
}

/** Nobody has to be known, or a header given by hand says who asks. */
function isCovered(
  operation: Operation,
  alternatives: readonly SecurityRequirement[],
  headers: CredentialsNeeded['headers'],
): boolean {
  const names = credentialHeaders(operation);
  return (
    alternatives.some(alternative => alternative.length === 0) ||
    headers.some(([name]) => names.has(name.toLowerCase()))
  );
}

function requireSet(
  { key }: Operation,
  alternatives: readonly SecurityRequirement[],
  read: ReadonlyMap<string, ReadCredential>,
): void {
  for (const { name } of alternatives.flat()) {
    const credential = read.get(name);
    if (credential?.kind !== 'missing') continue;
    const { variables } = credential;
    throw new RehearsalError('CREDENTIALS_MISSING', {
      scheme: name,
      operation: key,
      variables: `${variables.join(' and ')} ${variables.length === 1 ? 'is' : 'are'}`,
    });
  }
}

/** A scheme that no document defines is most likely a slip, unless the configuration is for other documents too. */
function tellUnknown(
  names: readonly string[],
  defined: ReadonlyMap<string, SecurityScheme>,
  { stderr }: CommandContext,
): void {
  for (const name of names) {
    const meant = suggestion(name, defined.keys());
    if (!defined.has(name) && meant !== '.')
      stderr.write(`note: credentials.${name} is no security scheme of the document${meant}\n`);
  }
}
