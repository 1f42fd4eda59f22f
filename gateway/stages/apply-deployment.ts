/** Takes the steps of a plan, one call each. Whoever stops it between two finds, the next time, what is left to do. */
import { RehearsalError } from '../../contract/errors.ts';
import { askPlane } from './ask-plane.ts';
import type { ControlPlane } from './control-plane.ts';
import { DOCUMENT_TAG } from './find-api.ts';
import { type DeployPlan, type DeployStep, NEW_DEPLOYMENT } from './plan-deployment.ts';
import type { StageState } from './stage.ts';
import { stageState } from './stage-state.ts';

export interface Applied {
  readonly apiId: string;
  readonly state: StageState;
}

/**
 * @param onStep - hears of each step that was taken
 * @throws RehearsalError as `askPlane`, and STAGE_CHANGED for what was taken away meanwhile
 */
export async function applyDeployment(
  plane: ControlPlane,
  plan: DeployPlan,
  onStep: (step: DeployStep) => void | Promise<void> = () => {},
): Promise<Applied> {
  const { release } = plan;
  let apiId = plan.api?.id ?? '';
  let deploymentId = plan.deployment?.id ?? '';
  for (const step of plan.steps) {
    switch (step.kind) {
      case 'create-api':
        apiId = await createApi(plane, plan);
        break;
      case 'put-definition':
        await putDefinition(plane, apiId, plan);
        break;
      case 'create-deployment':
        deploymentId = await createDeployment(plane, apiId, step.description);
        break;
      case 'create-stage':
        await createStage(plane, apiId, deploymentId, plan);
        break;
      case 'update-stage':
        await updateStage(plane, apiId, deploymentId, plan, step);
        break;
      default:
        step satisfies never;
    }
    await onStep(step);
  }
  const { stageName } = release;
  const state = await stageState(plane, { apiId, stageName });
  if (state === undefined) throw changed(plan, `the stage ${stageName} is gone`);
  return { apiId, state };
}

async function createApi(plane: ControlPlane, { release }: DeployPlan): Promise<string> {
  const { title, document } = release;
  const { id = '' } = await askPlane('CreateRestApi', () =>
    plane.createRestApi({
      name: title,
      // By the tag it is found again, also by a run that never heard of its id.
      tags: { [DOCUMENT_TAG]: document },
      endpointConfiguration: { types: ['REGIONAL'] },
    }),
  );
  return id;
}

async function putDefinition(plane: ControlPlane, apiId: string, { release }: DeployPlan): Promise<void> {
  await askPlane('PutRestApi', () =>
    plane.putRestApi({
      restApiId: apiId,
      mode: 'overwrite',
      failOnWarnings: true,
      body: Buffer.from(release.definition, 'utf8'),
    }),
  );
}

/** No stage is named: it would be moved before its variables are what the release expects. */
async function createDeployment(plane: ControlPlane, apiId: string, description: string): Promise<string> {
  const { id = '' } = await askPlane('CreateDeployment', () =>
    plane.createDeployment({ restApiId: apiId, description }),
  );
  return id;
}

async function createStage(
  plane: ControlPlane,
  apiId: string,
  deploymentId: string,
  { release }: DeployPlan,
): Promise<void> {
  const { stageName, wishes, document } = release;
  await askPlane('CreateStage', () =>
    plane.createStage({
      restApiId: apiId,
      stageName,
      deploymentId,
      variables: { ...wishes.variables },
      tags: { [DOCUMENT_TAG]: document },
    }),
  );
}

/** All patches in one call, which the service takes as a whole or not at all. */
async function updateStage(
  plane: ControlPlane,
  apiId: string,
  deploymentId: string,
  plan: DeployPlan,
  { patches }: Extract<DeployStep, { kind: 'update-stage' }>,
): Promise<void> {
  const { stageName } = plan.release;
  const patchOperations = patches.map(patch =>
    patch.value === NEW_DEPLOYMENT ? { ...patch, value: deploymentId } : patch,
  );
  try {
    await askPlane('UpdateStage', () => plane.updateStage({ restApiId: apiId, stageName, patchOperations }));
  } catch (error) {
    const { message = '' } = error instanceof Error ? error : {};
    if (/deployment id does not exist/i.test(message))
      throw changed(plan, `somebody deleted the deployment ${deploymentId} meanwhile`);
    throw error;
  }
}

function changed({ release }: DeployPlan, reason: string): RehearsalError {
  return new RehearsalError('STAGE_CHANGED', {
    document: release.document,
    stage: release.stageName,
    reason,
  });
}
