/**
 * Settings of methods on a stage: what the service keeps where nobody says anything, and the patches from what is there to
 * what is wanted.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch
 */
import type { StageChange, StagePatch } from './stage.ts';

export type MethodSettings = Readonly<Record<string, unknown>>;

/** By `*` for all, else by path as the service has it and verb. */
export interface SettingsPlace {
  readonly path: string;
  readonly verb: string;
}

interface Setting {
  /** What is there without a word about it; undefined where that is the account's matter. */
  readonly usual: unknown;
  /** Below the method in a patch. */
  readonly path: string;
}

const SETTINGS: Readonly<Record<string, Setting>> = {
  throttlingRateLimit: { usual: undefined, path: 'throttling/rateLimit' },
  throttlingBurstLimit: { usual: undefined, path: 'throttling/burstLimit' },
  cachingEnabled: { usual: false, path: 'caching/enabled' },
  cacheTtlInSeconds: { usual: 300, path: 'caching/ttlInSeconds' },
  cacheDataEncrypted: { usual: false, path: 'caching/dataEncrypted' },
  requireAuthorizationForCacheControl: { usual: true, path: 'caching/requireAuthorizationForCacheControl' },
  unauthorizedCacheControlHeaderStrategy: {
    usual: 'SUCCEED_WITH_RESPONSE_HEADER',
    path: 'caching/unauthorizedCacheControlHeaderStrategy',
  },
  metricsEnabled: { usual: false, path: 'metrics/enabled' },
  loggingLevel: { usual: 'OFF', path: 'logging/loglevel' },
  dataTraceEnabled: { usual: false, path: 'logging/dataTrace' },
};

export interface WantedSettings {
  readonly place: SettingsPlace;
  /** In AWS's words; what is missing is as for all methods, and else as the service has it. */
  readonly settings: MethodSettings;
}

/** What has to change so that the stage has these settings and no others. */
export function settingChanges(
  current: Readonly<Record<string, MethodSettings>>,
  wanted: readonly WantedSettings[],
): readonly StageChange[] {
  const general = wanted.find(({ place }) => place.path === '*')?.settings ?? {};
  const kept = new Set<string>();
  const changes = wanted.flatMap(({ place, settings }): readonly StageChange[] => {
    const key = keyOf(place, current);
    if (key !== undefined) kept.add(key);
    const there = key === undefined ? undefined : current[key];
    return Object.entries(SETTINGS).flatMap(([name, { usual, path }]): readonly StageChange[] => {
      const value = settings[name] ?? general[name] ?? usual;
      const before = there === undefined ? undefined : (there[name] ?? usual);
      // Of an entry that comes all is said: with what else it begins is the service's matter.
      if (value === undefined || before === value) return [];
      const patches = [{ op: 'replace', path: `${patchPath(place)}/${path}`, value: String(value) } as const];
      const from = before ?? usual;
      return [
        {
          what: `setting ${placeText(place)} ${name}`,
          from: from === undefined ? undefined : String(from),
          to: String(value),
          patches,
        },
      ];
    });
  });
  const gone = Object.keys(current).filter(key => !kept.has(key));
  return [
    // First: an entry that comes begins as a copy of the general one.
    ...gone.map(key => ({
      what: `settings of ${key}`,
      from: 'their own',
      to: undefined,
      patches: [{ op: 'remove', path: `/${escapedKey(key)}` }] satisfies readonly StagePatch[],
    })),
    ...changes,
  ];
}

function placeText({ path, verb }: SettingsPlace): string {
  return path === '*' ? '*' : `${verb} ${path}`;
}

function patchPath({ path, verb }: SettingsPlace): string {
  return path === '*' ? '/*/*' : `/${escaped(path)}/${verb}`;
}

/** The key under which the service keeps an entry; how it writes the root's is nowhere said. */
function keyOf(
  { path, verb }: SettingsPlace,
  current: Readonly<Record<string, MethodSettings>>,
): string | undefined {
  const known =
    path === '*' ? ['*/*'] : [`${path.slice(1)}/${verb}`, `${path}/${verb}`, `${escaped(path)}/${verb}`];
  return known.find(key => Object.hasOwn(current, key));
}

function escapedKey(key: string): string {
  const slash = key.lastIndexOf('/');
  const path = key.slice(0, slash);
  if (path === '*') return '*/*';
  return `${path.startsWith('~1') ? path : escaped(path.startsWith('/') ? path : `/${path}`)}${key.slice(slash)}`;
}

function escaped(path: string): string {
  return path.replaceAll('~', '~0').replaceAll('/', '~1');
}
