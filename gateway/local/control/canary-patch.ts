/**
 * The canary's part of UpdateStage: starting one, moving its traffic, promoting it and giving it up. As recorded on AWS
 * (apigateway model 2015-07-09, recordings of 2025-05-30), where the guide says otherwise too.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
import type { CanarySettings } from '../state/records.ts';
import { badRequest } from './aws-error.ts';
import { invalidSettingPath, nothingToRemove } from './method-settings.ts';
import type { PatchOperation } from './patch-operations.ts';
import { checkVariable, percentOf, type StageDraft } from './stage-values.ts';

/** `add`, `replace` and `remove` on `/canarySettings` and below. */
export function patchCanary(
  stage: StageDraft,
  operation: PatchOperation,
  exists: (deploymentId: string) => boolean,
): void {
  const { op, path, parts } = operation;
  switch (op) {
    case 'remove':
      removeFromCanary(stage, operation);
      return;
    case 'replace':
      replaceInCanary(stage, operation, exists);
      return;
    default:
      if (parts.length === 1) throw invalidSettingPath(path);
      throw badRequest(`Invalid ${op} operation with path: ${path}`);
  }
}

function removeFromCanary(stage: StageDraft, { path, parts }: PatchOperation): void {
  const [, member, name] = parts;
  const canary = stage.canarySettings;
  if (member === undefined) {
    delete stage.canarySettings;
    return;
  }
  if (canary === undefined) throw nothingToRemove(path);
  if (member !== 'stageVariableOverrides' || parts.length > 3) throw invalidSettingPath(path);
  const { stageVariableOverrides = {}, ...rest } = canary;
  if (name === undefined) {
    stage.canarySettings = rest;
    return;
  }
  const { [name]: _removed, ...overrides } = stageVariableOverrides;
  stage.canarySettings =
    Object.keys(overrides).length === 0 ? rest : { ...canary, stageVariableOverrides: overrides };
}

function replaceInCanary(
  stage: StageDraft,
  { path, parts, value = '' }: PatchOperation,
  exists: (deploymentId: string) => boolean,
): void {
  const [, member = '', name] = parts;
  const canary = stage.canarySettings ?? freshCanary(stage);
  if (member === 'stageVariableOverrides' && name !== undefined && parts.length === 3) {
    checkVariable(name, value);
    stage.canarySettings = {
      ...canary,
      stageVariableOverrides: { ...canary.stageVariableOverrides, [name]: value },
    };
    return;
  }
  if (parts.length !== 2) throw invalidSettingPath(path);
  switch (member) {
    case 'percentTraffic':
      stage.canarySettings = {
        ...canary,
        percentTraffic: percentOf(value.trim() === '' ? -1 : Number(value)),
      };
      return;
    case 'deploymentId':
      if (!exists(value)) throw badRequest('Deployment id does not exist');
      stage.canarySettings = { ...canary, deploymentId: value };
      return;
    case 'useStageCache':
      stage.canarySettings = { ...canary, useStageCache: value.toLowerCase() === 'true' };
      return;
    default:
      throw invalidSettingPath(path);
  }
}

/** The first word about a canary makes one, of the stage's own deployment and without traffic. */
function freshCanary({ deploymentId }: StageDraft): CanarySettings {
  return { percentTraffic: 0, deploymentId, useStageCache: false };
}

/** `copy`, which knows two ways: the canary's deployment into the stage, and its variables into the stage's. */
export function promoteCanary(stage: StageDraft, { path, from = '' }: PatchOperation): void {
  const known =
    (path === '/deploymentId' && from === '/canarySettings/deploymentId') ||
    (path === '/variables' && from === '/canarySettings/stageVariableOverrides');
  if (!known) {
    throw badRequest(
      `Invalid copy operation with path: ${path} and from ${from}. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]`,
    );
  }
  const canary = stage.canarySettings;
  if (canary === undefined) throw badRequest('Promotion not available. Canary does not exist.');
  if (path === '/deploymentId') {
    stage.deploymentId = canary.deploymentId;
  } else if (canary.stageVariableOverrides !== undefined) {
    // Merged, as recorded; the guide's example replaces them.
    stage.variables = { ...stage.variables, ...canary.stageVariableOverrides };
  }
}
