/**
 * Who a run says it is: for each security scheme that the selected operations need, the secret or how it is had. What is
 * missing is told before anything is sent.
 */
import { RehearsalError } from '../contract/errors.ts';
import type { Operation, RequiredScheme, SecurityRequirement, SecurityScheme } from '../contract/model.ts';
import { credentialHeaders, scopedName } from '../contract/plan/cases/credentials.ts';
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
    const chosen = alternatives.find(alternative => alternative.length > 0 && alternative.every(usable));
    if (chosen !== undefined) {
      for (const required of chosen) if (required.scheme !== undefined) use(required, required.scheme);
    } else if (!isCovered(operation, alternatives, headers)) requireSet(operation, alternatives, read);
  }
  return { planned, live, hidden };
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
