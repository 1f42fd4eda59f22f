/**
 * The variables of a collection: base addresses, and what a person has to say so that a server knows who is asking.
 * Both have one name wherever they stand, and credentials have no value in any file.
 */
import { basePathOf, serverUrl } from '../contract/build/server-object.ts';
import type { Contract, Operation, SecurityScheme, Server } from '../contract/model.ts';

export interface Variables {
  /** The variable that holds the address below which an operation's path begins. */
  readonly baseUrlOf: (operation: Operation) => string;
  /** Every one of those, with the servers that it may stand for; the contract's own first. */
  readonly bases: readonly Base[];
  readonly credentials: ReadonlyMap<string, SchemeVariables>;
}

export interface Base {
  readonly name: string;
  readonly servers: readonly Server[];
}

/** What has to be known of a scheme, as names of variables. */
export type SchemeVariables =
  | {
      readonly kind: 'token';
      readonly token: string;
      /** Of OAuth 2.0, where a client may fetch a token by itself. */
      readonly client: ClientVariables | undefined;
    }
  | { readonly kind: 'pair'; readonly user: string; readonly password: string }
  | {
      readonly kind: 'signature';
      readonly accessKey: string;
      readonly secretKey: string;
      readonly sessionToken: string;
      readonly region: string;
    };

/** Names of what a token is fetched with, and what the document says of it. */
export interface ClientVariables {
  readonly id: string;
  readonly secret: string;
  readonly url: string;
  readonly scope: string;
  readonly usual: { readonly url: string; readonly scope: string };
}

/** Names each variable of a contract. */
export function variablesOf(contract: Contract): Variables {
  const usual: Base = { name: 'baseUrl', servers: contract.servers };
  const bases = [usual];
  const named = new Map([[addressesOf(contract.servers), usual]]);
  for (const { servers } of contract.operations) {
    const key = addressesOf(servers);
    if (named.has(key)) continue;
    const base = { name: `baseUrl${bases.length + 1}`, servers };
    bases.push(base);
    named.set(key, base);
  }
  return {
    bases,
    baseUrlOf: ({ servers }) => named.get(addressesOf(servers))?.name ?? 'baseUrl',
    credentials: credentialVariables(contract),
  };
}

function addressesOf(servers: readonly Server[]): string {
  return servers.map(serverUrl).join(' ');
}

function credentialVariables(contract: Contract): ReadonlyMap<string, SchemeVariables> {
  const { securitySchemes } = contract;
  const taken = new Set<string>();
  const found = new Map<string, SchemeVariables>();
  for (const [name, scheme] of securitySchemes) {
    if (scheme.kind === 'mutualTLS') continue;
    let stem = name.replace(/[^\w.-]+/g, '_');
    while (/^baseUrl\d*$/.test(stem) || taken.has(stem)) stem += '_';
    taken.add(stem);
    found.set(name, variablesOfScheme(stem, scheme, contract));
  }
  return found;
}

function variablesOfScheme(stem: string, scheme: SecurityScheme, contract: Contract): SchemeVariables {
  if (isSigned(scheme))
    return {
      kind: 'signature',
      accessKey: `${stem}AccessKey`,
      secretKey: `${stem}SecretKey`,
      sessionToken: `${stem}SessionToken`,
      region: `${stem}Region`,
    };
  if (scheme.kind === 'http' && scheme.scheme === 'basic')
    return { kind: 'pair', user: `${stem}Username`, password: `${stem}Password` };
  return { kind: 'token', token: stem, client: clientOf(stem, scheme, contract) };
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
function clientOf(
  stem: string,
  scheme: SecurityScheme,
  { operations }: Contract,
): ClientVariables | undefined {
  const flow = scheme.kind === 'oauth2' ? scheme.flows.get('clientCredentials') : undefined;
  if (flow?.tokenUrl === undefined) return undefined;
  const scopes = operations
    .flatMap(({ security }) => security.flat())
    .flatMap(required => (required.name === scheme.name ? required.scopes : []));
  return {
    id: `${stem}ClientId`,
    secret: `${stem}ClientSecret`,
    url: `${stem}TokenUrl`,
    scope: `${stem}Scopes`,
    usual: { url: flow.tokenUrl, scope: [...new Set(scopes)].toSorted().join(' ') },
  };
}

/**
 * API Gateway writes a signature as an API key in Authorization.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
 */
function isSigned({ kind, extensions }: SecurityScheme): boolean {
  return kind === 'apiKey' && extensions.get('x-amazon-apigateway-authtype') === 'awsSigv4';
}

/** The names of one scheme's variables, each with whether it holds something that nobody may see. */
export function namesOf(variables: SchemeVariables): readonly (readonly [name: string, secret: boolean])[] {
  switch (variables.kind) {
    case 'token':
      return [[variables.token, true]];
    case 'pair':
      return [
        [variables.user, false],
        [variables.password, true],
      ];
    case 'signature':
      return [
        [variables.accessKey, true],
        [variables.secretKey, true],
        [variables.sessionToken, true],
        [variables.region, false],
      ];
    default:
      return variables satisfies never;
  }
}

/** Where the mock of a document listens unless told otherwise. */
export const MOCK_ADDRESS: string = 'http://127.0.0.1:4010';

/** The address of a server, absolute, with its variables' defaults and without a slash at the end. */
export function addressOf(server: Server): string {
  const url = serverUrl(server);
  const origin = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(url)?.[0] ?? MOCK_ADDRESS;
  return origin + basePathOf(server);
}
