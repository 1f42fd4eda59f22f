/**
 * Deployments: what the API was at one moment, kept whole and never written again. Creating one may point a stage at
 * it, or start a canary with it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html
 */
import { partId } from '../state/ids.ts';
import type { Deployment, Snapshot, Stage } from '../state/records.ts';
import { snapshotOf } from '../state/snapshot.ts';
import { badRequest, notFound } from './aws-error.ts';
import { structureIn, textIn } from './input.ts';
import { restApiOf } from './lookup.ts';
import type { Body, Call, Operation } from './operation.ts';
import { page } from './page.ts';
import { applyPatches, type PatchTable, typedRefusal } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { canaryOf, sharedMembers, stageNameOf } from './stage-values.ts';
import { newStage } from './stages.ts';

const COLLECTION = '/restapis/{restapi_id}/deployments';
const ITEM = '/restapis/{restapi_id}/deployments/{deployment_id}';

export const DEPLOYMENT_OPERATIONS: readonly Operation[] = [
  { name: 'CreateDeployment', method: 'POST', path: COLLECTION, status: 201, answer: createDeployment },
  { name: 'GetDeployments', method: 'GET', path: COLLECTION, status: 200, answer: getDeployments },
  { name: 'GetDeployment', method: 'GET', path: ITEM, status: 200, answer: getDeployment },
  { name: 'UpdateDeployment', method: 'PATCH', path: ITEM, status: 200, answer: updateDeployment },
  { name: 'DeleteDeployment', method: 'DELETE', path: ITEM, status: 202, answer: deleteDeployment },
];

function createDeployment(call: Call): Body {
  const { store, input, now, chance } = call;
  const { id: apiId } = restApiOf(call);
  const snapshot = snapshotOf(store, apiId);
  if (snapshot === undefined) throw notFound('Invalid REST API identifier specified');
  const canary = structureIn(input, 'canarySettings');
  const stageName = textIn(input, 'stageName');
  if (canary !== undefined && (stageName === undefined || stageName === '')) {
    throw badRequest(
      `Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is ${stageName ?? 'null'}`,
    );
  }
  const stage = stageName ? store.get('stage', apiId, stageName) : undefined;
  if (canary !== undefined && stage === undefined) {
    throw badRequest(
      `Invalid deployment content specified.Stage ${stageName} must already be created before making a canary release deployment`,
    );
  }
  refuseIncomplete(snapshot);
  const description = textIn(input, 'description');
  const deployment: Deployment = {
    id: partId(chance, id => store.get('deployment', apiId, id) !== undefined),
    ...(description === undefined ? {} : { description }),
    createdDate: now(),
  };
  store.put('deployment', apiId, deployment.id, deployment);
  store.put('snapshot', apiId, deployment.id, snapshot);
  if (stageName) putStage(call, apiId, stageName, stage, deployment.id);
  return { ...deployment };
}

/** What the new deployment is for the stage it names: its first, its next, or its canary's. */
function putStage(
  { store, input, now }: Call,
  apiId: string,
  stageName: string,
  stage: Stage | undefined,
  deploymentId: string,
): void {
  const members = sharedMembers(input);
  const stageDescription = textIn(input, 'stageDescription');
  const described = stageDescription === undefined ? {} : { description: stageDescription };
  if (stage === undefined) {
    const fresh = newStage(stageNameOf(stageName), deploymentId, now());
    store.put('stage', apiId, stageName, { ...fresh, ...members, ...described });
    return;
  }
  const canary = structureIn(input, 'canarySettings');
  const next: Stage = { ...stage, lastUpdatedDate: now() };
  if (canary !== undefined) {
    store.put('stage', apiId, stageName, { ...next, canarySettings: canaryOf(canary, deploymentId) });
  } else if (stage.canarySettings !== undefined) {
    // A stage with a canary takes new deployments into the canary; production moves by promotion only.
    const canarySettings = { ...stage.canarySettings, deploymentId };
    store.put('stage', apiId, stageName, { ...next, canarySettings });
  } else {
    store.put('stage', apiId, stageName, { ...next, ...members, ...described, deploymentId });
  }
}

/** An API that could not answer anything is not deployed. */
function refuseIncomplete({ resources }: Snapshot): void {
  const methods = resources.flatMap(({ resourceMethods = {} }) => Object.values(resourceMethods));
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some(({ methodIntegration }) => methodIntegration === undefined)) {
    throw badRequest('No integration defined for method');
  }
}

function getDeployments(call: Call): Body {
  const { id } = restApiOf(call);
  return page(call.store.list('deployment', id), call.query);
}

function getDeployment(call: Call): Body {
  const { id: apiId } = restApiOf(call);
  const deployment = deploymentOf(call, apiId);
  const embedded = call.query.getAll('embed').flatMap(value => value.split(','));
  if (!embedded.includes('apisummary')) return { ...deployment };
  const snapshot = call.store.get('snapshot', apiId, deployment.id);
  return { ...deployment, apiSummary: apiSummaryOf(snapshot?.resources ?? []) };
}

/** By path, then by verb, what each method asks of a caller. */
function apiSummaryOf(resources: Snapshot['resources']): Body {
  return Object.fromEntries(
    resources
      .filter(({ resourceMethods }) => resourceMethods !== undefined)
      .map(({ path, resourceMethods = {} }) => [
        path,
        Object.fromEntries(
          Object.entries(resourceMethods).map(([verb, { authorizationType, apiKeyRequired }]) => [
            verb,
            { authorizationType, apiKeyRequired },
          ]),
        ),
      ]),
  );
}

const PATCHES: PatchTable<Deployment> = {
  rows: [
    {
      path: '/description',
      ops: ['replace'],
      apply: (deployment, { value }) => ({ ...deployment, description: value ?? '' }),
    },
  ],
  refusal: typedRefusal,
};

function updateDeployment(call: Call): Body {
  const operations = patchOperationsOf(call, 'updateDeploymentInput');
  const { id: apiId } = restApiOf(call);
  const deployment = applyPatches(deploymentOf(call, apiId), operations, PATCHES);
  call.store.put('deployment', apiId, deployment.id, deployment);
  return { ...deployment };
}

function deleteDeployment(call: Call): undefined {
  const { id: apiId } = restApiOf(call);
  const { id } = deploymentOf(call, apiId);
  const serves = ({ deploymentId, canarySettings }: Stage): boolean =>
    deploymentId === id || canarySettings?.deploymentId === id;
  if (call.store.list('stage', apiId).some(serves)) {
    throw badRequest('Active stages pointing to this deployment must be moved or deleted');
  }
  call.store.remove('deployment', apiId, id);
  call.store.remove('snapshot', apiId, id);
}

function deploymentOf({ store, path }: Call, apiId: string): Deployment {
  const deployment = store.get('deployment', apiId, path['deployment_id'] ?? '');
  if (deployment === undefined) throw notFound('Invalid Deployment identifier specified');
  return deployment;
}
