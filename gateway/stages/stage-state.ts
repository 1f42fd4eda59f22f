/** What is on a stage, and what a deployment is, as plain values. */
import type { GetStageCommandOutput } from '@aws-sdk/client-api-gateway';
import { findOnPlane } from './ask-plane.ts';
import type { ControlPlane } from './control-plane.ts';
import type { DeploymentState, StageState } from './stage.ts';

export interface StagePlace {
  readonly apiId: string;
  readonly stageName: string;
}

/**
 * @returns undefined when there is no such stage
 * @throws RehearsalError as `askPlane`
 */
export async function stageState(
  plane: ControlPlane,
  { apiId, stageName }: StagePlace,
): Promise<StageState | undefined> {
  const stage = await findOnPlane('GetStage', () => plane.getStage({ restApiId: apiId, stageName }));
  return stage === undefined ? undefined : stateOf(stage);
}

/** An answer that is a whole stage: GetStage's, UpdateStage's, CreateStage's. */
export function stateOf(stage: Omit<GetStageCommandOutput, '$metadata'>): StageState {
  const { canarySettings: canary, accessLogSettings: log } = stage;
  return {
    deploymentId: stage.deploymentId ?? '',
    variables: stage.variables ?? {},
    canary:
      canary === undefined
        ? undefined
        : {
            deploymentId: canary.deploymentId ?? '',
            percentTraffic: canary.percentTraffic ?? 0,
            variables: canary.stageVariableOverrides ?? {},
            useStageCache: canary.useStageCache ?? false,
          },
    methodSettings: Object.fromEntries(
      Object.entries(stage.methodSettings ?? {}).map(([key, settings]) => [key, { ...settings }]),
    ),
    accessLog:
      log?.destinationArn === undefined || log.format === undefined
        ? undefined
        : { destinationArn: log.destinationArn, format: log.format },
    cacheClusterSize: stage.cacheClusterEnabled === true ? stage.cacheClusterSize : undefined,
    tracing: stage.tracingEnabled ?? false,
    created: stage.createdDate?.getTime() ?? 0,
    updated: stage.lastUpdatedDate?.getTime() ?? 0,
    tags: stage.tags ?? {},
  };
}

/** @returns undefined when somebody deleted it */
export async function deploymentState(
  plane: ControlPlane,
  apiId: string,
  deploymentId: string,
): Promise<DeploymentState | undefined> {
  const found = await findOnPlane('GetDeployment', () =>
    plane.getDeployment({ restApiId: apiId, deploymentId }),
  );
  if (found === undefined) return undefined;
  const { id = deploymentId, description, createdDate } = found;
  return { id, description, created: createdDate?.getTime() ?? 0 };
}
