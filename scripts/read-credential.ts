/** One entry of `credentials` in the configuration, made into a secret, a source of secrets, or what it lacks. */
import { RehearsalError } from '../contract/errors.ts';
import type { SecurityScheme } from '../contract/model.ts';
import { clientCredentials, isTokenUrl } from '../contract-tests/credentials/client-credentials.ts';
import type { CredentialSource, Fetched } from '../contract-tests/credentials/credential.ts';
import { calling } from '../contract-tests/hooks.ts';
import type { Transport } from '../contract-tests/transport.ts';
import type { CommandContext } from './command.ts';
import type {
  AwsCredential,
  ClientCredential,
  CredentialConfig,
  FromEnvironment,
  HookCredential,
} from './config/config.ts';

export type ReadCredential =
  /** It is in the environment. */
  | { readonly kind: 'secret'; readonly secret: string }
  /** It is had when it is needed. */
  | {
      readonly kind: 'live';
      /** Whether it is another one for other scopes. */
      readonly scoped: boolean;
      readonly sourceFor: (scopes: readonly string[]) => CredentialSource;
      readonly hidden: readonly string[];
    }
  /** These variables are not set. */
  | { readonly kind: 'missing'; readonly variables: readonly string[] };

/** @throws RehearsalError CONFIG_INVALID for an entry that does not fit the scheme */
export function readCredential(
  config: CredentialConfig,
  scheme: SecurityScheme,
  stageUrl: string,
  tokens: () => Transport,
  { env }: CommandContext,
): ReadCredential {
  const missing: string[] = [];
  const read = ({ env: variable }: FromEnvironment): string => {
    const value = env[variable] ?? '';
    if (value === '') missing.push(variable);
    return value;
  };
  const found = entryOf(config, scheme, stageUrl, tokens, env, read);
  return missing.length > 0 ? { kind: 'missing', variables: missing } : found;
}

function entryOf(
  config: CredentialConfig,
  scheme: SecurityScheme,
  stageUrl: string,
  tokens: () => Transport,
  env: CommandContext['env'],
  read: (name: FromEnvironment) => string,
): ReadCredential {
  if ('hook' in config) return hooked(config, scheme, env);
  if ('env' in config) return { kind: 'secret', secret: read(config) };
  if ('region' in config) return amazon(config, env, read);
  if ('clientId' in config) return client(config, scheme, stageUrl, tokens, read);
  if ('username' in config && 'password' in config) {
    if (scheme.kind !== 'http' || scheme.scheme !== 'basic')
      throw unfit(scheme, 'username and password are for a scheme of Basic');
    return { kind: 'secret', secret: `${read(config.username)}:${read(config.password)}` };
  }
  throw unfit(
    scheme,
    'give env, or username and password, or clientId and clientSecret, or region, or a hook',
  );
}

function client(
  config: ClientCredential,
  scheme: SecurityScheme,
  stageUrl: string,
  tokens: () => Transport,
  read: (name: FromEnvironment) => string,
): ReadCredential {
  // A file in YAML or JSON is not held to the types.
  if ((config.clientSecret as FromEnvironment | undefined) === undefined)
    throw unfit(scheme, 'clientId and clientSecret go together');
  const clientId = read(config.clientId);
  const clientSecret = read(config.clientSecret);
  const endpoint = endpointOf(config, scheme, stageUrl);
  const { parameters = {}, authentication = 'basic', scopes: always } = config;
  const common = { scheme: scheme.name, endpoint, clientId, clientSecret, parameters, authentication };
  return {
    kind: 'live',
    scoped: always === undefined,
    hidden: [clientSecret],
    sourceFor: scopes => clientCredentials({ ...common, scopes: always ?? scopes }, tokens()),
  };
}

function endpointOf(
  { tokenUrl }: ClientCredential,
  scheme: SecurityScheme,
  stageUrl: string,
): { readonly tokenUrl: string } | { readonly discoveryUrl: string } {
  const inDocument =
    scheme.kind === 'oauth2'
      ? (scheme.flows.get('clientCredentials') ??
        [...scheme.flows.values()].find(flow => flow.tokenUrl !== undefined))
      : undefined;
  const written = tokenUrl ?? inDocument?.tokenUrl ?? (scheme.kind === 'openIdConnect' ? scheme.url : '');
  // From 3.1 on such an address may be relative to the server.
  const url = written !== '' && URL.canParse(written, stageUrl) ? new URL(written, stageUrl).href : '';
  if (url === '') throw unfit(scheme, 'the document names no tokenUrl, so give one');
  if (!isTokenUrl(url)) throw unfit(scheme, `a secret is not sent to ${url}, which is not https`);
  return tokenUrl === undefined && scheme.kind === 'openIdConnect'
    ? { discoveryUrl: url }
    : { tokenUrl: url };
}

function amazon(
  config: AwsCredential,
  env: CommandContext['env'],
  read: (name: FromEnvironment) => string,
): ReadCredential {
  const accessKeyId = read(config.accessKeyId ?? { env: 'AWS_ACCESS_KEY_ID' });
  const secretAccessKey = read(config.secretAccessKey ?? { env: 'AWS_SECRET_ACCESS_KEY' });
  const token = config.sessionToken === undefined ? env['AWS_SESSION_TOKEN'] : read(config.sessionToken);
  const sessionToken = token === '' ? undefined : token;
  const { region, service = 'execute-api' } = config;
  const keys = { accessKeyId, secretAccessKey, sessionToken, region, service };
  return {
    kind: 'live',
    scoped: false,
    hidden: [secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])],
    sourceFor: () => ({
      renewable: false,
      fetch: async () => {
        const { signed } = await import('../contract-tests/credentials/sigv4.ts');
        return {
          credential: {
            kind: 'signature',
            sign: (baseUrl, request) => signed(baseUrl, request, keys, new Date()),
          },
        };
      },
    }),
  };
}

function hooked(
  { hook }: HookCredential,
  scheme: SecurityScheme,
  env: CommandContext['env'],
): ReadCredential {
  const { name } = scheme;
  if (typeof hook !== 'function') throw unfit(scheme, 'a hook is a function, so it needs a module');
  const basic = scheme.kind === 'http' && scheme.scheme === 'basic';
  return {
    kind: 'live',
    scoped: true,
    hidden: [],
    sourceFor: scopes => ({
      renewable: true,
      fetch: async (): Promise<Fetched> => {
        const given = await calling(`credentials.${name}`, () => hook({ scheme: name, scopes, env }));
        if (typeof given === 'string' && given !== '') {
          const secret = basic && given.includes(':') ? Buffer.from(given).toString('base64') : given;
          return { credential: { kind: 'secret', secret } };
        }
        if (typeof given !== 'object' || typeof given?.headers !== 'object') {
          const reason = 'it gives neither a secret nor { headers: { … } }';
          throw new RehearsalError('HOOK_FAILED', { hook: `credentials.${name}`, reason });
        }
        const credential = { kind: 'headers', headers: Object.entries(given.headers) } as const;
        return given.expiresIn === undefined
          ? { credential }
          : { credential, lifeMs: given.expiresIn * 1000 };
      },
    }),
  };
}

function unfit({ name }: SecurityScheme, reason: string): RehearsalError {
  return new RehearsalError('CONFIG_INVALID', {
    file: 'given',
    reasons: `  credentials.${name}: ${reason}.`,
  });
}
