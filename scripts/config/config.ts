/**
 * The configuration a project may keep in `rehearsal.config.ts`, typed. The same keys, in words for machines, are in
 * `config-schema.ts`; a test holds the two together.
 */

import type { Hooks } from '../../contract-tests/hooks.ts';
import type { GatewayStageSettings } from '../../gateway/stage-settings.ts';

export interface Config {
  /** The documents by name, as paths relative to the configuration file. Default: every document in `specs/`. */
  readonly specs?: Readonly<Record<string, string>>;
  /** Where the API is deployed, by name: what `rehearsal test <stage>` can be told. */
  readonly stages?: Readonly<Record<string, StageConfig>>;
  /** Credentials by security scheme. Secrets are named by environment variable and never written here. */
  readonly credentials?: Readonly<Record<string, CredentialConfig>>;
  readonly mock?: MockConfig;
  readonly test?: TestConfig;
  /** How `rehearsal canary run` goes about it. */
  readonly canary?: CanaryConfig;
  /** What to do around the runs of `rehearsal test`, `start` and `replay`, and of vitest suites, which may have their own. */
  readonly hooks?: Hooks;
}

/** A stage, by what opens it. */
export type StageConfig = UrlStageConfig | GatewayStageConfig;

/** What every stage may have. */
interface AnyStageConfig {
  /** Only safe methods are sent. */
  readonly production?: boolean;
  /** What answers there, which decides what is asked of it. Default: server; for local and aws by `integration`. */
  readonly kind?: 'server' | 'apigateway' | 'apigateway-mock';
  /** Sent with every request. Credentials do not belong here but under `credentials`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tls?: TlsConfig;
  /** The proxy on the way there, or false for none. Default: what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say. */
  readonly proxy?: string | false;
  /** Seconds to wait for an answer. Default: 30. */
  readonly timeout?: number;
  /** At most so many requests a second. Default: as fast as it answers. */
  readonly rate?: number;
  /** Those of this stage, over the common ones of the same scheme. */
  readonly credentials?: Readonly<Record<string, CredentialConfig>>;
}

/** A server that is reached by its address. */
export interface UrlStageConfig extends AnyStageConfig {
  readonly provider: 'url';
  /** Replaces the document's first server, base path included. */
  readonly url: string;
}

/** A stage of API Gateway, on this machine or at AWS: one REST API for each document, with a stage of this name on it. */
export interface GatewayStageConfig extends AnyStageConfig, GatewayStageSettings {
  readonly provider: 'local' | 'aws';
  /** Its name at the service. Default: the name it has here. */
  readonly stage?: string;
  /** The REST API of each document, by its id or name. Default: the one that deploy made and tagged. */
  readonly apis?: Readonly<Record<string, string>>;
  /** Stage variables; values that are secret are named by environment variable. */
  readonly variables?: Readonly<Record<string, string | FromEnvironment>>;
  /** Settings of methods, by operation (`GET /pets`), or `*` for all that have none of their own. */
  readonly settings?: Readonly<Record<string, MethodSettingsConfig>>;
  /** Gigabytes of the stage's cache, as AWS writes them. Default: no cache. */
  readonly cacheClusterSize?: '0.5' | '1.6' | '6.1' | '13.5' | '28.4' | '58.2' | '118' | '237';
  readonly tracingEnabled?: boolean;
  /** Where the service writes a line for each request. A local stage has lines by which a canary can be judged. */
  readonly accessLogSettings?: AccessLogConfig;
  /** What a canary may cost. */
  readonly budgets?: BudgetConfig;
  /** AWS's region. Default for aws: as the SDK finds it; for local: us-east-1. */
  readonly region?: string;
  /** A profile of the AWS configuration files. Default: as the SDK finds it. */
  readonly profile?: string;
  /** The address of the control plane. Default for local: the gateway of this folder, started where none runs. */
  readonly endpoint?: string;
  /** Where requests go, with `{api}`, `{stage}` and `{region}`: for a domain name of your own. */
  readonly url?: string;
}

/** Of a method on a stage, in AWS's words. What is not named is AWS's default, or for limits of requests what is there. */
export interface MethodSettingsConfig {
  readonly throttlingRateLimit?: number;
  readonly throttlingBurstLimit?: number;
  readonly cachingEnabled?: boolean;
  readonly cacheTtlInSeconds?: number;
  readonly cacheDataEncrypted?: boolean;
  readonly requireAuthorizationForCacheControl?: boolean;
  readonly unauthorizedCacheControlHeaderStrategy?:
    | 'FAIL_WITH_403'
    | 'SUCCEED_WITH_RESPONSE_HEADER'
    | 'SUCCEED_WITHOUT_RESPONSE_HEADER';
  readonly metricsEnabled?: boolean;
  readonly loggingLevel?: 'OFF' | 'ERROR' | 'INFO';
  readonly dataTraceEnabled?: boolean;
}

export interface AccessLogConfig {
  /** Of a log group of CloudWatch Logs or a delivery stream of Firehose. */
  readonly destinationArn: string;
  readonly format: string;
}

/** How much worse than the baseline a canary may be, and how sure the answer has to be. */
export interface BudgetConfig {
  /** The chance that a healthy canary is rolled back, however often one looks. */
  readonly alpha?: number;
  /** How much larger its share of failed answers may be: 0.02 is two of a hundred more. */
  readonly failureRate?: number;
  /** How much longer its answers may take, as a share of the baseline's: 0.25 is a quarter more. */
  readonly slowdown?: number;
  /** The least answers of each operation and side on which anything is decided. */
  readonly answers?: number;
  /** After so many minutes without a decision it is inconclusive. */
  readonly minutes?: number;
}

/** Files in PEM, as paths relative to the configuration file. */
export interface TlsConfig {
  /** Certificates to trust beside the usual ones. */
  readonly ca?: string;
  /** The client's own certificate. */
  readonly cert?: string;
  /** Its key. */
  readonly key?: string;
  /** What unlocks the key. Default: `{ env: 'REHEARSAL_KEY_PASSPHRASE' }`. */
  readonly passphrase?: FromEnvironment;
}

/** A secret, named by the environment variable that holds it. */
export interface FromEnvironment {
  readonly env: string;
}

/** How the secret of a security scheme is had. Secrets are named by environment variable and never written here. */
export type CredentialConfig = (
  | SecretCredential
  | PairCredential
  | ClientCredential
  | AwsCredential
  | HookCredential
) & {
  /** A credential that is valid and has fewer scopes, to see that operations which ask for others refuse it. */
  readonly lesser?: LesserCredentialConfig;
};

/** As the credential itself, with the scopes that it has: a client asks for these, a hook is called with them. */
export type LesserCredentialConfig = (
  | SecretCredential
  | PairCredential
  | ClientCredential
  | HookCredential
) & { readonly scopes: readonly string[] };

/** A token or key as it is sent, or `user:password` for Basic. */
export interface SecretCredential {
  readonly env: string;
}

/** User and password of Basic. */
export interface PairCredential {
  readonly username: FromEnvironment;
  readonly password: FromEnvironment;
}

/** OAuth 2.0 client credentials: tokens are fetched, kept, and renewed before they expire. */
export interface ClientCredential {
  readonly clientId: FromEnvironment;
  readonly clientSecret: FromEnvironment;
  /** Default: that of the document. */
  readonly tokenUrl?: string;
  /** Default: those of each operation. */
  readonly scopes?: readonly string[];
  /** Further fields for the token endpoint, such as `audience`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether the client says who it is as Basic or in the body. Default: basic. */
  readonly authentication?: 'basic' | 'body';
}

/** AWS Signature Version 4: each request is signed as it is sent. */
export interface AwsCredential {
  readonly region: string;
  /** Default: execute-api. */
  readonly service?: string;
  /** Default: `{ env: 'AWS_ACCESS_KEY_ID' }`. */
  readonly accessKeyId?: FromEnvironment;
  /** Default: `{ env: 'AWS_SECRET_ACCESS_KEY' }`. */
  readonly secretAccessKey?: FromEnvironment;
  /** Default: `{ env: 'AWS_SESSION_TOKEN' }`, which need not be set. */
  readonly sessionToken?: FromEnvironment;
}

/** Anything else: called before the first request, and again when what it gave is no longer taken. */
export interface HookCredential {
  readonly hook: (request: CredentialRequest) => HookedCredential | Promise<HookedCredential>;
}

export interface CredentialRequest {
  /** The security scheme's name. */
  readonly scheme: string;
  /** What the operations of this credential need of it. */
  readonly scopes: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The secret, or the headers to send in the place of the scheme's own. */
export type HookedCredential =
  | string
  | { readonly headers: Readonly<Record<string, string>>; readonly expiresIn?: number };

export interface MockConfig {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: 4010; 0 takes any that is free. */
  readonly port?: number;
  /** Requests that break the contract: refused (on), answered with a header that tells why (warn), answered (off). Default: on. */
  readonly validate?: 'on' | 'warn' | 'off';
  /** Repeats path, query and header values in properties of the same name. Default: false. */
  readonly echo?: boolean;
  /** Which pages may read the answers: those of any origin (true), of none, or of the origins named. Default: true. */
  readonly cors?: boolean | readonly string[];
  /** Answers over TLS, with a certificate made for each run or with the files named. Default: false. */
  readonly https?: boolean | MockCertificate;
  /** Serves a page of each document under `/__docs`. Default: false. */
  readonly docs?: boolean;
  /** Prints a line for each request. Default: false. */
  readonly log?: boolean;
  /** Serves documents anew when their files change. Default: false. */
  readonly watch?: boolean;
  /** Passes everything on to a real server and holds the traffic against the documents. Default: the mock answers. */
  readonly proxy?: ProxyConfig;
}

/** How `rehearsal mock` stands before a real server. The checks weigh as under `test`. */
export interface ProxyConfig {
  /** A URL, or a stage by its name. */
  readonly server: string;
  /** What breaks the documents and is therefore not passed on. Default: nothing. */
  readonly errors?: 'requests' | 'responses' | 'all';
  /** When the mock answers in the server's place. Default: never. */
  readonly fallback?: readonly ('undocumented' | 'unimplemented' | 'unreachable')[];
  /** Which exchanges are written into the documents as named examples. Default: none. */
  readonly record?: 'kept' | 'all';
}

/** Files in PEM, as paths relative to the configuration file. */
export interface MockCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface CanaryConfig {
  /** Percentages of the requests, each judged before the next. Default: 5, 25, 50. */
  readonly steps?: readonly number[];
  /** What follows the last step. Default: promote. */
  readonly ending?: 'promote' | 'hold';
  /** Commands and addresses that are told of each turn, beside `hooks.onTransition`. */
  readonly onTransition?: string | readonly string[];
}

export interface TestConfig {
  /** Default: standard. */
  readonly depth?: 'examples' | 'standard' | 'deep';
  /** Requests under way at once. Default: 16. */
  readonly concurrency?: number;
  /** Varies the sampled values. Default: 0. */
  readonly seed?: number;
  /** How often a failed case is sent again before its failures count. Default: 1. */
  readonly retries?: number;
  /** What a case is that fails and then passes: told, or a break. Default: warn. */
  readonly flaky?: 'warn' | 'fail';
  /** A file of known breaks that are accepted, each until its day. */
  readonly baseline?: string;
  /** How much each check weighs, by its name: the others keep their own severity. */
  readonly checks?: Readonly<Record<string, 'error' | 'warning' | 'off'>>;
  /** Milliseconds that an answer may take where the document names no budget. Default: as long as it likes. */
  readonly maxResponseTime?: number;
  /** Whether things that single cases make are deleted at the end. Default: true. */
  readonly cleanUp?: boolean;
  /** What sequences cannot tell from paths, by operation, such as `POST /pets`; false leaves the operation out. */
  readonly sequences?: Readonly<Record<string, false | SequenceConfig>>;
}

/** Of an operation that makes something. */
export interface SequenceConfig {
  /** Where the id of what was made stands: `$response.body#/data/key`, `$response.header.Location`. */
  readonly id?: string;
  /** The path of what was made: `/pets/{petId}`. */
  readonly item?: string;
}

/**
 * Gives a configuration its type; at run time it hands back what it is given.
 *
 * @example
 * ```ts
 * import { defineConfig } from './scripts/config/config.ts';
 *
 * export const config = defineConfig({
 *   specs: { petstore: 'specs/petstore.yaml' },
 *   stages: { mine: { provider: 'url', url: 'http://localhost:3000/v1' } },
 *   credentials: { bearerAuth: { env: 'API_TOKEN' } },
 *   hooks: { beforeCase: request => ({ ...request, headers: [...request.headers, ['X-Tenant', 'test']] }) },
 * });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
