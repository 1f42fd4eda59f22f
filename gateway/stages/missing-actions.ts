/**
 * All that a deployment is not allowed, once one of its calls was refused: the others are tried in a form that API Gateway
 * refuses for what it says, after it has looked who asks. Nothing is changed by them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
import { RehearsalError } from '../../contract/errors.ts';
import { askPlane } from './ask-plane.ts';
import type { ControlPlane } from './control-plane.ts';
import type { DeployPlan, DeployStep } from './plan-deployment.ts';

/** No API has this id. Policies are asked before anybody looks for it. */
const NO_API = 'aaaaaaaaaa';

/**
 * The refusal with every action that is missing.
 *
 * @param first - PLANE_DENIED of one of the plan's steps
 */
export async function withAllMissing(
  plane: ControlPlane,
  plan: DeployPlan,
  first: RehearsalError,
): Promise<RehearsalError> {
  const denied = new Map([[first.details['actions'] ?? '', first.details['operation'] ?? '']]);
  for (const { operation, call } of probesOf(plane, plan)) {
    if (operation === first.details['operation']) continue;
    const error = await askPlane(operation, call).catch((thrown: unknown) => thrown);
    if (error instanceof RehearsalError && error.code === 'PLANE_DENIED')
      denied.set(error.details['actions'] ?? '', operation);
  }
  const operations = [...new Set(denied.values())];
  return new RehearsalError(
    'PLANE_DENIED',
    { operation: operations.join(' and '), actions: [...denied.keys()].join(', and ') },
    { cause: first },
  );
}

interface Probe {
  readonly operation: string;
  readonly call: () => Promise<unknown>;
}

function probesOf(plane: ControlPlane, { api, release, steps }: DeployPlan): readonly Probe[] {
  const restApiId = api?.id ?? NO_API;
  const { stageName } = release;
  const probe = ({ kind }: DeployStep): readonly Probe[] => {
    switch (kind) {
      case 'create-api':
        return [];
      case 'put-definition':
        // No document.
        return [
          {
            operation: 'PutRestApi',
            call: () => plane.putRestApi({ restApiId, mode: 'merge', body: Buffer.from('none') }),
          },
        ];
      case 'create-deployment':
        // A canary of no stage.
        return [
          {
            operation: 'CreateDeployment',
            call: () => plane.createDeployment({ restApiId, canarySettings: { percentTraffic: 0 } }),
          },
        ];
      case 'create-stage':
        return [
          {
            operation: 'CreateStage',
            call: () => plane.createStage({ restApiId, stageName, deploymentId: 'none' }),
          },
        ];
      case 'update-stage':
        return [
          {
            operation: 'UpdateStage',
            call: () => plane.updateStage({ restApiId, stageName, patchOperations: [] }),
          },
        ];
      default:
        return kind satisfies never;
    }
  };
  return steps.flatMap(probe);
}
