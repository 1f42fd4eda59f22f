/** What a stage's own values may be: its name, its variables, its canary. Section numbers in tests are of AWS's quotas page. */
import type { Json } from '../../../contract/json/value.ts';
import type { CanarySettings, Stage, Texts } from '../state/records.ts';
import { badRequest } from './aws-error.ts';
import { notInSet, refuseViolations, required } from './framework-check.ts';
import { booleanIn, numberIn, textIn, textsIn } from './input.ts';

/** A stage on its way to another: changed in place by one call; the stage it came from is left alone. */
export type StageDraft = { -readonly [K in keyof Stage]: Stage[K] };

const VARIABLE_NAME = /^[A-Za-z0-9_]{1,64}$/;
const VARIABLE_VALUE = /^[A-Za-z0-9-._~:/?#&=,]{1,512}$/;
const VARIABLES = 100;

/** @throws AwsError for a name that cannot stand in a stage's address */
export function stageNameOf(given: string | undefined): string {
  const name = required(given, 'createStageInput.stageName');
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(name)) throw badRequest('Stage name only allows a-zA-Z0-9_-');
  return name;
}

/** Variables as they are kept: none at all is no member. */
export function variablesOf(variables: Texts | undefined): Texts | undefined {
  if (variables === undefined) return undefined;
  const entries = Object.entries(variables);
  for (const [name, value] of entries) checkVariable(name, value);
  if (entries.length > VARIABLES) {
    throw badRequest(`Invalid stage variables: a stage holds at most ${VARIABLES} of them`);
  }
  return entries.length === 0 ? undefined : variables;
}

export function checkVariable(name: string, value: string): void {
  if (!VARIABLE_NAME.test(name)) {
    throw badRequest(
      `Invalid stage variable name: ${name}. Names have at most 64 of the characters A-Za-z0-9_`,
    );
  }
  if (!VARIABLE_VALUE.test(value)) {
    throw badRequest(
      `Invalid stage variable value for ${name}. Values have 1 to 512 of the characters A-Za-z0-9-._~:/?#&=,`,
    );
  }
}

/** A share of traffic, 0 to 100. */
export function percentOf(percent: number): number {
  if (percent >= 0 && percent <= 100) return percent;
  throw badRequest('Canary percent traffic must be between 0.0 and 100.0');
}

/** `canarySettings` of CreateDeployment and CreateStage, for a deployment that exists. */
export function canaryOf(settings: Readonly<Record<string, Json>>, deploymentId: string): CanarySettings {
  const overrides = variablesOf(textsIn(settings, 'stageVariableOverrides'));
  return {
    percentTraffic: percentOf(numberIn(settings, 'percentTraffic') ?? 0),
    deploymentId,
    ...(overrides === undefined ? {} : { stageVariableOverrides: overrides }),
    useStageCache: booleanIn(settings, 'useStageCache') ?? false,
  };
}

const CACHE_SIZES = ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'];

export function cacheSizeOf(size: string | undefined): string | undefined {
  refuseViolations(notInSet(size, 'cacheClusterSize', CACHE_SIZES));
  return size;
}

/** Members that CreateDeployment and CreateStage share, those that were given. */
export function sharedMembers(input: Readonly<Record<string, Json>>): {
  readonly cacheClusterEnabled?: boolean;
  readonly cacheClusterStatus?: string;
  readonly cacheClusterSize?: string;
  readonly variables?: Texts;
  readonly tracingEnabled?: boolean;
} {
  const enabled = booleanIn(input, 'cacheClusterEnabled');
  const size = cacheSizeOf(textIn(input, 'cacheClusterSize'));
  const variables = variablesOf(textsIn(input, 'variables'));
  const tracing = booleanIn(input, 'tracingEnabled');
  return {
    ...(enabled === undefined
      ? {}
      : { cacheClusterEnabled: enabled, cacheClusterStatus: cacheStatus(enabled) }),
    ...(size === undefined ? {} : { cacheClusterSize: size }),
    ...(variables === undefined ? {} : { variables }),
    ...(tracing === undefined ? {} : { tracingEnabled: tracing }),
  };
}

export function cacheStatus(enabled: boolean): string {
  return enabled ? 'AVAILABLE' : 'NOT_AVAILABLE';
}
