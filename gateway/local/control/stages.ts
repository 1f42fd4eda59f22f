/**
 * Stages: names under which deployments are served. A stage points at one deployment, and with a canary at two.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html
 */
import type { Stage } from '../state/records.ts';
import { badRequest, conflict, notFound } from './aws-error.ts';
import { required } from './framework-check.ts';
import { structureIn, textIn, textsIn } from './input.ts';
import { restApiOf } from './lookup.ts';
import type { Body, Call, Operation } from './operation.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { patchStage } from './stage-patch.ts';
import { canaryOf, sharedMembers, stageNameOf } from './stage-values.ts';

const COLLECTION = '/restapis/{restapi_id}/stages';
const ITEM = '/restapis/{restapi_id}/stages/{stage_name}';

export const STAGE_OPERATIONS: readonly Operation[] = [
  { name: 'CreateStage', method: 'POST', path: COLLECTION, status: 201, answer: createStage },
  { name: 'GetStages', method: 'GET', path: COLLECTION, status: 200, answer: getStages },
  { name: 'GetStage', method: 'GET', path: ITEM, status: 200, answer: call => ({ ...stageOf(call) }) },
  { name: 'UpdateStage', method: 'PATCH', path: ITEM, status: 200, answer: updateStage },
  { name: 'DeleteStage', method: 'DELETE', path: ITEM, status: 202, answer: deleteStage },
];

/** A stage with nothing but a deployment. */
export function newStage(stageName: string, deploymentId: string, now: number): Stage {
  return {
    deploymentId,
    stageName,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: {},
    tracingEnabled: false,
    createdDate: now,
    lastUpdatedDate: now,
  };
}

function createStage(call: Call): Body {
  const { store, input, now } = call;
  const { id: apiId } = restApiOf(call);
  const stageName = stageNameOf(textIn(input, 'stageName'));
  const deploymentId = required(textIn(input, 'deploymentId'), 'createStageInput.deploymentId');
  const exists = (id: string): boolean => store.get('deployment', apiId, id) !== undefined;
  if (!exists(deploymentId)) throw badRequest('Deployment id does not exist');
  if (store.get('stage', apiId, stageName) !== undefined) throw conflict('Stage already exists');
  const canary = structureIn(input, 'canarySettings');
  const canaryDeployment = (canary && textIn(canary, 'deploymentId')) ?? deploymentId;
  if (!exists(canaryDeployment)) throw badRequest('Deployment id does not exist');
  const description = textIn(input, 'description');
  const documentationVersion = textIn(input, 'documentationVersion');
  const tags = textsIn(input, 'tags');
  const stage: Stage = {
    ...newStage(stageName, deploymentId, now()),
    ...sharedMembers(input),
    ...(description === undefined ? {} : { description }),
    ...(documentationVersion === undefined ? {} : { documentationVersion }),
    ...(canary === undefined ? {} : { canarySettings: canaryOf(canary, canaryDeployment) }),
    ...(tags === undefined || Object.keys(tags).length === 0 ? {} : { tags }),
  };
  store.put('stage', apiId, stageName, stage);
  return { ...stage };
}

/** All of them: this list has no pages. */
function getStages(call: Call): Body {
  const { id } = restApiOf(call);
  const wanted = call.query.get('deploymentId');
  const all = call.store.list('stage', id);
  return { item: wanted === null ? all : all.filter(({ deploymentId }) => deploymentId === wanted) };
}

function updateStage(call: Call): Body {
  const { store, now } = call;
  const { id: apiId } = restApiOf(call);
  const stage = stageOf(call);
  const patched = patchStage(
    stage,
    patchOperationsOf(call, 'updateStageInput'),
    id => store.get('deployment', apiId, id) !== undefined,
  );
  const next: Stage = { ...patched, lastUpdatedDate: now() };
  store.put('stage', apiId, stage.stageName, next);
  return { ...next };
}

function deleteStage(call: Call): undefined {
  const { id } = restApiOf(call);
  call.store.remove('stage', id, stageOf(call).stageName);
}

/** The stage the path names, of an API that is there. */
export function stageOf(call: Call): Stage {
  const { id } = restApiOf(call);
  const stage = call.store.get('stage', id, call.path['stage_name'] ?? '');
  if (stage === undefined) throw notFound('Invalid Stage identifier specified');
  return stage;
}
