/**
 * Method responses: the statuses a method may answer with, and the headers and models of each.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethodResponse.html
 */
import { responseParametersFault } from '../rules/mapping-expression.ts';
import type { MethodResponse } from '../state/records.ts';
import { conflict, notFound, refuseFault } from './aws-error.ts';
import { notAStatus, refuseViolations } from './framework-check.ts';
import { type FoundMethod, methodOf, ownEntry, statusIn, type Where } from './lookup.ts';
import { mapRow, NO_CONTENT_TYPE, NO_PARAMETER } from './map-rows.ts';
import { present, withEntry, withMember, withoutEntry } from './members.ts';
import { putMethodOn } from './method-store.ts';
import { refuseModelNames } from './method-values.ts';
import type { Body, Call, Operation } from './operation.ts';
import { applyPatches, type PatchTable, plainRefusal } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { flagOf } from './patch-values.ts';
import { readInput } from './read-input.ts';

const ITEM = '/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}';

export const METHOD_RESPONSE_OPERATIONS: readonly Operation[] = [
  { name: 'PutMethodResponse', method: 'PUT', path: ITEM, status: 201, answer: putMethodResponse },
  { name: 'GetMethodResponse', method: 'GET', path: ITEM, status: 200, answer: getMethodResponse },
  // The one update whose success is 201.
  { name: 'UpdateMethodResponse', method: 'PATCH', path: ITEM, status: 201, answer: updateMethodResponse },
  { name: 'DeleteMethodResponse', method: 'DELETE', path: ITEM, status: 204, answer: deleteMethodResponse },
];

const SHAPE = { responseParameters: 'flags', responseModels: 'texts' } as const;

function putMethodResponse(call: Call): Body {
  const { responseParameters, responseModels } = readInput(call.input, SHAPE);
  const statusCode = statusIn(call);
  refuseViolations(notAStatus(statusCode, 'statusCode'));
  const found = methodOf(call);
  if (ownEntry(found.method.methodResponses, statusCode) !== undefined) {
    throw conflict('Response already exists for this resource');
  }
  refuseModelNames(call, Object.values(responseModels ?? {}));
  refuseFault(responseParametersFault(responseParameters));
  const response: MethodResponse = { statusCode, ...present({ responseParameters, responseModels }) };
  putResponse(call, found, response);
  return { ...response };
}

function getMethodResponse(call: Call): Body {
  refuseViolations(notAStatus(statusIn(call), 'statusCode'));
  return { ...responseOf(call).response };
}

function updateMethodResponse(call: Call): Body {
  const wrongStatus = notAStatus(statusIn(call), 'statusCode');
  const operations = patchOperationsOf(call, 'updateMethodResponseInput', wrongStatus);
  const found = responseOf(call);
  const next = applyPatches(found.response, operations, patchesIn(call));
  refuseFault(responseParametersFault(next.responseParameters));
  putResponse(call, found, next);
  return { ...next };
}

function patchesIn(call: Where): PatchTable<MethodResponse> {
  return {
    rows: [
      mapRow('responseParameters', { absent: NO_PARAMETER, read: flagOf }),
      mapRow('responseModels', {
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

function deleteMethodResponse(call: Call): undefined {
  refuseViolations(notAStatus(statusIn(call), 'statusCode'));
  const { resource, method, response } = responseOf(call);
  const left = withoutEntry(method.methodResponses, response.statusCode);
  putMethodOn(call, resource, withMember(method, 'methodResponses', left));
}

function putResponse(call: Where, { resource, method }: FoundMethod, response: MethodResponse): void {
  const methodResponses = withEntry(method.methodResponses, response.statusCode, response);
  putMethodOn(call, resource, { ...method, methodResponses });
}

function responseOf(call: Where): FoundMethod & { readonly response: MethodResponse } {
  const found = methodOf(call);
  const response = ownEntry(found.method.methodResponses, statusIn(call));
  if (response === undefined) throw notFound('Invalid Response status code specified');
  return { ...found, response };
}
