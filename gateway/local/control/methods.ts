/**
 * Methods: a verb on a resource, with what it asks of a request.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html
 */
import { methodParametersFault } from '../rules/mapping-expression.ts';
import type { Method } from '../state/records.ts';
import { conflict, refuseFault } from './aws-error.ts';
import { notGiven, refuseViolations } from './framework-check.ts';
import { methodOf, ownEntry, resourceOf, type Where } from './lookup.ts';
import { mapRow, NO_CONTENT_TYPE, NO_PARAMETER } from './map-rows.ts';
import { present, withMember } from './members.ts';
import { putMethodOn, removeMethodFrom } from './method-store.ts';
import {
  authorizationTypeOf,
  refuseModelNames,
  requestValidatorIdOf,
  verbOf,
  withAuthorizer,
} from './method-values.ts';
import type { Body, Call, Operation } from './operation.ts';
import { applyPatches, type PatchTable, plainRefusal } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { flagOf, nonEmpty } from './patch-values.ts';
import { readInput } from './read-input.ts';

const ITEM = '/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}';

export const METHOD_OPERATIONS: readonly Operation[] = [
  { name: 'PutMethod', method: 'PUT', path: ITEM, status: 201, answer: putMethod },
  {
    name: 'GetMethod',
    method: 'GET',
    path: ITEM,
    status: 200,
    answer: call => ({ ...methodOf(call).method }),
  },
  { name: 'UpdateMethod', method: 'PATCH', path: ITEM, status: 200, answer: updateMethod },
  { name: 'DeleteMethod', method: 'DELETE', path: ITEM, status: 204, answer: deleteMethod },
];

const SHAPE = {
  authorizationType: 'text',
  authorizerId: 'text',
  apiKeyRequired: 'flag',
  operationName: 'text',
  requestParameters: 'flags',
  requestModels: 'texts',
  requestValidatorId: 'text',
  authorizationScopes: 'list',
} as const;

function putMethod(call: Call): Body {
  const given = readInput(call.input, SHAPE);
  refuseViolations(notGiven(given.authorizationType, 'putMethodInput.authorizationType'));
  const resource = resourceOf(call);
  const httpMethod = verbOf(call.path['http_method'] ?? '');
  if (ownEntry(resource.resourceMethods, httpMethod) !== undefined) {
    throw conflict('Method already exists for this resource');
  }
  const { requestParameters, requestModels, authorizationScopes } = given;
  const method: Method = withAuthorizer(call, {
    httpMethod,
    authorizationType: authorizationTypeOf(given.authorizationType ?? ''),
    apiKeyRequired: given.apiKeyRequired ?? false,
    ...present({
      authorizerId: nonEmpty(given.authorizerId),
      authorizationScopes: authorizationScopes?.length === 0 ? undefined : authorizationScopes,
      operationName: nonEmpty(given.operationName),
      requestParameters,
      requestModels,
    }),
  });
  const requestValidatorId = requestValidatorIdOf(call, given.requestValidatorId);
  refuseModelNames(call, Object.values(requestModels ?? {}));
  refuseFault(methodParametersFault(requestParameters));
  const whole = withMember(method, 'requestValidatorId', requestValidatorId);
  putMethodOn(call, resource, whole);
  return { ...whole };
}

function updateMethod(call: Call): Body {
  const operations = patchOperationsOf(call, 'updateMethodInput');
  const { resource, method } = methodOf(call);
  const next = withAuthorizer(call, applyPatches(method, operations, patchesIn(call)));
  refuseFault(methodParametersFault(next.requestParameters));
  putMethodOn(call, resource, next);
  return { ...next };
}

/** The authorizer is looked at when all operations are done: its type and its id come in any order. */
function patchesIn(call: Where): PatchTable<Method> {
  return {
    rows: [
      {
        path: '/authorizationType',
        ops: ['replace'],
        apply: (method, { value = '' }) => ({ ...method, authorizationType: authorizationTypeOf(value) }),
      },
      {
        path: '/authorizerId',
        ops: ['replace'],
        apply: (method, { value }) => withMember(method, 'authorizerId', nonEmpty(value)),
      },
      {
        path: '/authorizationScopes',
        ops: ['add', 'replace', 'remove'],
        apply: (method, { op, value = '' }) => {
          const others = (method.authorizationScopes ?? []).filter(scope => scope !== value);
          const next = op === 'remove' ? others : op === 'add' ? [...others, value] : [value];
          return withMember(method, 'authorizationScopes', next.length === 0 ? undefined : next);
        },
      },
      {
        path: '/apiKeyRequired',
        ops: ['replace'],
        apply: (method, { value }) => ({ ...method, apiKeyRequired: flagOf(value) }),
      },
      {
        path: '/operationName',
        ops: ['replace'],
        apply: (method, { value }) => withMember(method, 'operationName', nonEmpty(value)),
      },
      {
        path: '/requestValidatorId',
        ops: ['replace'],
        apply: (method, { value }) =>
          withMember(method, 'requestValidatorId', requestValidatorIdOf(call, value)),
      },
      mapRow('requestParameters', { absent: NO_PARAMETER, read: flagOf }),
      mapRow('requestModels', {
        absent: NO_CONTENT_TYPE,
        read: (value = '') => {
          refuseModelNames(call, [value]);
          return value;
        },
      }),
    ],
    refusal: plainRefusal,
  };
}

function deleteMethod(call: Call): undefined {
  removeMethodFrom(call, methodOf(call));
}
