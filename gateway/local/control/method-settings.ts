/**
 * Method settings of a stage: logging, throttling and caching for one method or, as `*` + `/*`, for all. The key of an
 * entry is the resource's path without its first slash, a slash and the verb.
 */
import type { MethodSetting } from '../state/records.ts';
import { type AwsError, badRequest } from './aws-error.ts';
import type { PatchOperation } from './patch-operations.ts';
import type { StageDraft } from './stage-values.ts';

type Setting = { -readonly [K in keyof MethodSetting]: MethodSetting[K] };

/** What a first touch of a key writes beside the one value it was about. */
const DEFAULTS: MethodSetting = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

const STRATEGIES = ['FAIL_WITH_403', 'SUCCEED_WITH_RESPONSE_HEADER', 'SUCCEED_WITHOUT_RESPONSE_HEADER'];

const SETTINGS: Readonly<Record<string, (setting: Setting, value: string) => void>> = {
  'metrics/enabled': (setting, value) => {
    setting.metricsEnabled = flag(value);
  },
  'logging/loglevel': (setting, value) => {
    setting.loggingLevel = oneOf(['OFF', 'ERROR', 'INFO'], value);
  },
  'logging/dataTrace': (setting, value) => {
    setting.dataTraceEnabled = flag(value);
  },
  'throttling/burstLimit': (setting, value) => {
    setting.throttlingBurstLimit = integer(value);
  },
  'throttling/rateLimit': (setting, value) => {
    setting.throttlingRateLimit = number(value);
  },
  'caching/enabled': (setting, value) => {
    setting.cachingEnabled = flag(value);
  },
  'caching/ttlInSeconds': (setting, value) => {
    const seconds = integer(value);
    if (seconds < 0 || seconds > 3600) {
      throw badRequest('Invalid cache TTL, must be between 0 and 3600 seconds');
    }
    setting.cacheTtlInSeconds = seconds;
  },
  'caching/dataEncrypted': (setting, value) => {
    setting.cacheDataEncrypted = flag(value);
  },
  'caching/requireAuthorizationForCacheControl': (setting, value) => {
    setting.requireAuthorizationForCacheControl = flag(value);
  },
  'caching/unauthorizedCacheControlHeaderStrategy': (setting, value) => {
    setting.unauthorizedCacheControlHeaderStrategy = oneOf(STRATEGIES, value);
  },
};

/** AWS names no setting for the method `ANY`: those of a greedy resource are set verb by verb. */
const VERBS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', '*'];

/** `/{resourcePath}/{verb}/{group}/{name}`. The path's own slashes come escaped; those that do not are understood. */
export function patchMethodSetting(stage: StageDraft, { op, path, parts, value = '' }: PatchOperation): void {
  const set = SETTINGS[parts.slice(-2).join('/')];
  const verb = parts.at(-3) ?? '';
  if (set === undefined || parts.length < 4 || !VERBS.includes(verb)) throw invalidSettingPath(path);
  if (op !== 'replace') throw badRequest(`Invalid ${op} operation with path: ${path}`);
  const key = keyOf(parts.slice(0, -2));
  // An entry begins as a copy of the stage's general one; what becomes of that later does not reach it.
  const setting: Setting = { ...(stage.methodSettings[key] ?? stage.methodSettings['*/*'] ?? DEFAULTS) };
  set(setting, value);
  stage.methodSettings = { ...stage.methodSettings, [key]: setting };
}

/** `/{resourcePath}/{verb}`: an entry goes as a whole. */
export function removeMethodSettings(stage: StageDraft, { path, parts }: PatchOperation): void {
  const { [keyOf(parts)]: removed, ...others } = stage.methodSettings;
  if (removed === undefined) throw nothingToRemove(path);
  stage.methodSettings = others;
}

function keyOf(parts: readonly string[]): string {
  return parts.join('/').replace(/^\/(?=.)/, '');
}

/** In AWS's words, the blank at the end included. */
export function nothingToRemove(path: string): AwsError {
  return badRequest(
    `Cannot remove method setting ${path.slice(1)} because there is no method setting for this method `,
  );
}

/** The list is AWS's own: it leaves out the canary's paths, and a comma here and there. */
export function invalidSettingPath(path: string): AwsError {
  return badRequest(`Invalid method setting path: ${path}. Must be one of: [${KNOWN_PATHS}]`);
}

const KNOWN_PATHS = [
  '/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId',
  '/accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format',
  '/{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace',
  '/{resourcePath}/{httpMethod}/logging/loglevel',
  '/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds',
  '/{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted',
  '/{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl',
  '/{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy',
  '/*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel',
  '/*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds',
  '/*/*/caching/enabled, /*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl',
  '/*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled',
].join(', ');

function flag(value: string): boolean {
  return value.toLowerCase() === 'true';
}

function integer(value: string): number {
  if (!/^-?\d{1,10}$/.test(value))
    throw badRequest(`Invalid value specified: ${value}. An integer is expected`);
  return Number(value);
}

function number(value: string): number {
  const read = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(read)) throw badRequest(`Invalid value specified: ${value}. A number is expected`);
  return read;
}

function oneOf(choices: readonly string[], value: string): string {
  if (choices.includes(value)) return value;
  throw badRequest(`Invalid value specified: ${value}. Must be one of: [${choices.join(', ')}]`);
}
