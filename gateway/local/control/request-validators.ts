/**
 * Request validators: what of a request is held against its method before the integration is asked.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRequestValidator.html
 */
import { partId } from '../state/ids.ts';
import type { RequestValidator } from '../state/records.ts';
import { badRequest, conflict, notFound } from './aws-error.ts';
import { apiIdOf, restApiOf, type Where } from './lookup.ts';
import type { Body, Call, Operation } from './operation.ts';
import { page } from './page.ts';
import { applyPatches, type PatchTable, typedRefusal } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { flagOf } from './patch-values.ts';
import { readInput } from './read-input.ts';

const COLLECTION = '/restapis/{restapi_id}/requestvalidators';
const ITEM = '/restapis/{restapi_id}/requestvalidators/{requestvalidator_id}';

export const REQUEST_VALIDATOR_OPERATIONS: readonly Operation[] = [
  {
    name: 'CreateRequestValidator',
    method: 'POST',
    path: COLLECTION,
    status: 201,
    answer: createRequestValidator,
  },
  {
    name: 'GetRequestValidators',
    method: 'GET',
    path: COLLECTION,
    status: 200,
    answer: call => page(call.store.list('request-validator', restApiOf(call).id), call.query),
  },
  {
    name: 'GetRequestValidator',
    method: 'GET',
    path: ITEM,
    status: 200,
    answer: call => ({ ...validatorOf(call) }),
  },
  {
    name: 'UpdateRequestValidator',
    method: 'PATCH',
    path: ITEM,
    status: 200,
    answer: updateRequestValidator,
  },
  {
    name: 'DeleteRequestValidator',
    method: 'DELETE',
    path: ITEM,
    status: 202,
    answer: deleteRequestValidator,
  },
];

const SHAPE = { name: 'text', validateRequestBody: 'flag', validateRequestParameters: 'flag' } as const;

function createRequestValidator(call: Call): Body {
  const {
    name,
    validateRequestBody = false,
    validateRequestParameters = false,
  } = readInput(call.input, SHAPE);
  const apiId = apiIdOf(call);
  // The one creation that knows an unknown API by 400.
  if (call.store.get('rest-api', '', apiId) === undefined) {
    throw badRequest('Invalid REST API identifier specified');
  }
  const validator: RequestValidator = {
    id: partId(call.chance, id => call.store.get('request-validator', apiId, id) !== undefined),
    name: nameOf(name),
    validateRequestBody,
    validateRequestParameters,
  };
  call.store.put('request-validator', apiId, validator.id, validator);
  return { ...validator };
}

function nameOf(name: string | undefined): string {
  if (name === undefined || name.trim() === '') throw badRequest('Request Validator name cannot be blank');
  return name;
}

const PATCHES: PatchTable<RequestValidator> = {
  rows: [
    {
      path: '/name',
      ops: ['replace'],
      apply: (validator, { value }) => ({ ...validator, name: nameOf(value) }),
    },
    {
      path: '/validateRequestParameters',
      ops: ['replace'],
      apply: (validator, { value }) => ({ ...validator, validateRequestParameters: flagOf(value) }),
    },
    {
      path: '/validateRequestBody',
      ops: ['replace'],
      apply: (validator, { value }) => ({ ...validator, validateRequestBody: flagOf(value) }),
    },
  ],
  refusal: typedRefusal,
};

function updateRequestValidator(call: Call): Body {
  const operations = patchOperationsOf(call, 'updateRequestValidatorInput');
  const next = applyPatches(validatorOf(call), operations, PATCHES);
  call.store.put('request-validator', apiIdOf(call), next.id, next);
  return { ...next };
}

function deleteRequestValidator(call: Call): undefined {
  const { id } = validatorOf(call);
  for (const { path, resourceMethods = {} } of call.store.list('resource', apiIdOf(call))) {
    for (const { httpMethod, requestValidatorId } of Object.values(resourceMethods)) {
      if (requestValidatorId !== id) continue;
      throw conflict(
        `Cannot delete request validator '${id}', is referenced in method request: ${path}/${httpMethod}`,
      );
    }
  }
  call.store.remove('request-validator', apiIdOf(call), id);
}

function validatorOf(call: Where): RequestValidator {
  const id = call.path['requestvalidator_id'] ?? '';
  const validator = call.store.get('request-validator', apiIdOf(call), id);
  if (validator === undefined) throw notFound('Invalid Request Validator identifier specified');
  return validator;
}
