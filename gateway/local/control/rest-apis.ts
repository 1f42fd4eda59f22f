/**
 * RestApis: create, read, list, update, delete. What a RestApi holds beside itself is made and removed with it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html
 */
import { apiId } from '../state/ids.ts';
import type { RestApi, Snapshot } from '../state/records.ts';
import { snapshotOf, writeSnapshot } from '../state/snapshot.ts';
import { badRequest, notFound } from './aws-error.ts';
import { defaultModels } from './default-models.ts';
import { notGiven, notInSet, refuseViolations, someNotInSet } from './framework-check.ts';
import { restApiOf } from './lookup.ts';
import { present } from './members.ts';
import type { Body, Call, Operation } from './operation.ts';
import { page } from './page.ts';
import { applyPatches } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { type Read, readInput } from './read-input.ts';
import { clonedSnapshot } from './rest-api-clone.ts';
import { restApiPatches } from './rest-api-patch.ts';
import {
  API_KEY_SOURCES,
  compressionSizeOf,
  ENDPOINT_TYPES,
  endpointConfigurationOf,
  IP_ADDRESS_TYPES,
  listedRestApi,
  policyOf,
  shownRestApi,
} from './rest-api-values.ts';

const ITEM = '/restapis/{restapi_id}';

export const REST_API_OPERATIONS: readonly Operation[] = [
  { name: 'CreateRestApi', method: 'POST', path: '/restapis', status: 201, answer: createRestApi },
  { name: 'GetRestApis', method: 'GET', path: '/restapis', status: 200, answer: getRestApis },
  {
    name: 'GetRestApi',
    method: 'GET',
    path: ITEM,
    status: 200,
    answer: call => ({ ...shownRestApi(restApiOf(call)) }),
  },
  { name: 'UpdateRestApi', method: 'PATCH', path: ITEM, status: 200, answer: updateRestApi },
  { name: 'DeleteRestApi', method: 'DELETE', path: ITEM, status: 202, answer: deleteRestApi },
];

const SHAPE = {
  name: 'text',
  description: 'text',
  version: 'text',
  cloneFrom: 'text',
  binaryMediaTypes: 'list',
  minimumCompressionSize: 'number',
  apiKeySource: 'text',
  endpointConfiguration: { types: 'list', ipAddressType: 'text', vpcEndpointIds: 'list' },
  policy: 'text',
  tags: 'texts',
  disableExecuteApiEndpoint: 'flag',
  securityPolicy: 'text',
  endpointAccessMode: 'text',
} as const;

function createRestApi(call: Call): Body {
  const given = readInput(call.input, SHAPE);
  refuseByModel(given);
  const { name = '', description, tags } = given;
  if (name === '') throw badRequest('Invalid Rest API name');
  if (description === '') throw badRequest('Description cannot be an empty string');
  const source = sourceOf(call, given.cloneFrom);
  const restApi: RestApi = {
    ...newRestApi(call, name),
    ...inherited(source),
    ...present({
      description,
      version: given.version,
      apiKeySource: given.apiKeySource,
      binaryMediaTypes: given.binaryMediaTypes?.length === 0 ? undefined : given.binaryMediaTypes,
      minimumCompressionSize: compressionSizeOf(given.minimumCompressionSize),
      disableExecuteApiEndpoint: given.disableExecuteApiEndpoint,
      securityPolicy: given.securityPolicy,
      endpointAccessMode: given.endpointAccessMode,
      tags: tags !== undefined && Object.keys(tags).length > 0 ? tags : undefined,
    }),
    ...(given.endpointConfiguration !== undefined || source === undefined
      ? { endpointConfiguration: endpointConfigurationOf(given.endpointConfiguration ?? {}) }
      : {}),
  };
  const whole = { ...restApi, ...present({ policy: policyOf(given.policy, restApi.id, call.account) }) };
  writeSnapshot(
    call.store,
    source === undefined ? newSnapshot(whole, call) : clonedSnapshot(source, whole, call.chance),
  );
  return { ...listedRestApi(whole) };
}

function refuseByModel({ name, apiKeySource, endpointConfiguration }: Read<typeof SHAPE>): void {
  const at = 'createRestApiInput';
  refuseViolations(
    notGiven(name, `${at}.name`),
    notInSet(apiKeySource, `${at}.apiKeySource`, API_KEY_SOURCES),
    someNotInSet(endpointConfiguration?.types, `${at}.endpointConfiguration.types`, ENDPOINT_TYPES),
    notInSet(
      endpointConfiguration?.ipAddressType,
      `${at}.endpointConfiguration.ipAddressType`,
      IP_ADDRESS_TYPES,
    ),
  );
}

function newRestApi({ now, chance, store }: Call, name: string): RestApi {
  return {
    id: apiId(chance, id => store.get('rest-api', '', id) !== undefined),
    name,
    createdDate: now(),
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: endpointConfigurationOf({}),
    rootResourceId: apiId(chance, isNew),
  };
}

/** Of what is in an API that was not there before. */
const isNew = (): boolean => false;

function newSnapshot(restApi: RestApi, { chance }: Call): Snapshot {
  return {
    restApi,
    resources: [{ id: restApi.rootResourceId, path: '/' }],
    models: defaultModels(chance),
    requestValidators: [],
    authorizers: [],
    gatewayResponses: [],
    documentationParts: [],
  };
}

function sourceOf({ store, account }: Call, cloneFrom: string | undefined): Snapshot | undefined {
  if (cloneFrom === undefined || cloneFrom === '') return undefined;
  const source = snapshotOf(store, cloneFrom);
  if (source === undefined) {
    throw notFound(`Invalid API identifier specified ${account.accountId}:${cloneFrom}`);
  }
  return source;
}

/** What a clone takes over of the API itself. Its tags and its policy, which names the API, it does not. */
function inherited(source: Snapshot | undefined): Partial<RestApi> {
  if (source === undefined) return {};
  const { id, name, createdDate, rootResourceId, tags, policy, ...rest } = source.restApi;
  return rest;
}

function getRestApis({ store, query }: Call): Body {
  return page(store.list('rest-api', '').map(listedRestApi), query);
}

function updateRestApi(call: Call): Body {
  const operations = patchOperationsOf(call, 'updateRestApiInput');
  const next = applyPatches(restApiOf(call), operations, restApiPatches(call.account));
  call.store.put('rest-api', '', next.id, next);
  return { ...shownRestApi(next) };
}

function deleteRestApi(call: Call): undefined {
  const { id } = restApiOf(call);
  call.store.removeScope(id);
  call.store.remove('rest-api', '', id);
}
