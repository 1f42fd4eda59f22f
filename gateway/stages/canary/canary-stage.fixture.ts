/** For tests: a stage of a gateway with a canary on it, reached as every stage is. */
import { CREDENTIALS } from '../../local/control/control-client.fixture.ts';
import { type ControlPlane, openControlPlane } from '../control-plane.ts';
import type { StageAddress } from './operations.ts';
import type { Release } from './release.ts';

export interface CanaryStage extends StageAddress {
  /** What it serves at first. */
  readonly release: Release;
}

/** The control plane of a gateway on this machine. */
export function planeOf(endpoint: string): Promise<ControlPlane> {
  return openControlPlane({ endpoint, region: 'us-east-1', credentials: CREDENTIALS });
}

/** A stage `prod` whose canary gets a tenth of the requests, brings a variable and changes another. */
export async function newCanaryStage(plane: ControlPlane): Promise<CanaryStage> {
  const { id: apiId = '', rootResourceId: resourceId = '' } = await plane.createRestApi({ name: 'pets' });
  const method = { restApiId: apiId, resourceId, httpMethod: 'GET' };
  await plane.putMethod({ ...method, authorizationType: 'NONE' });
  await plane.putIntegration({ ...method, type: 'MOCK' });
  const stage = { restApiId: apiId, stageName: 'prod' };
  const variables = { backend: 'old.example', color: 'blue' };
  const overrides = { backend: 'new.example', flag: 'on' };
  const { id: old = '' } = await plane.createDeployment({ ...stage, variables });
  const canarySettings = { percentTraffic: 10, stageVariableOverrides: overrides };
  const { id: fresh = '' } = await plane.createDeployment({ ...stage, canarySettings });
  const canary = { deploymentId: fresh, percentTraffic: 10, variables: overrides, useStageCache: false };
  return { plane, apiId, stageName: 'prod', release: { deploymentId: old, variables, canary } };
}
