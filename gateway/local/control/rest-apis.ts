/** RestApis: create, read, list, delete. What a RestApi holds beside itself is made and removed with it. */
import { apiId } from '../state/ids.ts';
import type { RestApi } from '../state/records.ts';
import { badRequest } from './aws-error.ts';
import { restApiOf } from './lookup.ts';
import type { Call, Operation } from './operation.ts';
import { page } from './page.ts';

export const REST_API_OPERATIONS: readonly Operation[] = [
  { name: 'CreateRestApi', method: 'POST', path: '/restapis', status: 201, answer: createRestApi },
  { name: 'GetRestApis', method: 'GET', path: '/restapis', status: 200, answer: getRestApis },
  {
    name: 'GetRestApi',
    method: 'GET',
    path: '/restapis/{restapi_id}',
    status: 200,
    answer: call => ({ ...restApiOf(call) }),
  },
  {
    name: 'DeleteRestApi',
    method: 'DELETE',
    path: '/restapis/{restapi_id}',
    status: 202,
    answer: deleteRestApi,
  },
];

function createRestApi({ store, input, now, chance }: Call): { readonly [key: string]: unknown } {
  const { name } = input;
  if (typeof name !== 'string' || name === '') throw badRequest('Invalid Rest API name');
  const restApi: RestApi = {
    id: apiId(chance),
    name,
    createdDate: now(),
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    rootResourceId: apiId(chance),
  };
  store.put('rest-api', '', restApi.id, restApi);
  store.put('resource', restApi.id, restApi.rootResourceId, { id: restApi.rootResourceId, path: '/' });
  return { ...restApi };
}

function getRestApis(call: Call): { readonly [key: string]: unknown } {
  return page(call.store.list('rest-api', ''), call.query);
}

function deleteRestApi(call: Call): undefined {
  const { id } = restApiOf(call);
  call.store.removeScope(id);
  call.store.remove('rest-api', '', id);
}
