/**
 * Integration responses: how what the back end said becomes a response of the method. One per status.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html
 */
import { CONTENT_HANDLING, contentHandlingFault } from '../rules/integration-rules.ts';
import { responseMappingFault } from '../rules/mapping-expression.ts';
import { keptTemplates, templatesFault } from '../rules/templates.ts';
import type { IntegrationResponse } from '../state/records.ts';
import { notFound, refuseFault } from './aws-error.ts';
import { notAStatus, notInSet, refuseViolations } from './framework-check.ts';
import { INTEGRATION_RESPONSE_PATCHES } from './integration-patch.ts';
import {
  type FoundIntegration,
  integrationOf,
  ownEntry,
  resourceOf,
  statusIn,
  type Where,
} from './lookup.ts';
import { present, withEntry, withoutEntry } from './members.ts';
import { putIntegrationResponses } from './method-store.ts';
import type { Body, Call, Operation } from './operation.ts';
import { applyPatches } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { readInput } from './read-input.ts';

const ITEM =
  '/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}';

export const INTEGRATION_RESPONSE_OPERATIONS: readonly Operation[] = [
  { name: 'PutIntegrationResponse', method: 'PUT', path: ITEM, status: 201, answer: putIntegrationResponse },
  { name: 'GetIntegrationResponse', method: 'GET', path: ITEM, status: 200, answer: getIntegrationResponse },
  {
    name: 'UpdateIntegrationResponse',
    method: 'PATCH',
    path: ITEM,
    status: 200,
    answer: updateIntegrationResponse,
  },
  {
    name: 'DeleteIntegrationResponse',
    method: 'DELETE',
    path: ITEM,
    status: 204,
    answer: deleteIntegrationResponse,
  },
];

const SHAPE = {
  selectionPattern: 'text',
  responseParameters: 'texts',
  responseTemplates: 'texts or null',
  contentHandling: 'text',
} as const;

/** Puts over an older one. No method response has to be there, but what is mapped must be declared by one. */
function putIntegrationResponse(call: Call): Body {
  const { selectionPattern, responseParameters, responseTemplates, contentHandling } = readInput(
    call.input,
    SHAPE,
  );
  const statusCode = statusIn(call);
  refuseViolations(
    notInSet(contentHandling, 'putIntegrationResponseInput.contentHandling', CONTENT_HANDLING),
    notAStatus(statusCode, 'statusCode'),
  );
  const found = integrationOf(call);
  const response: IntegrationResponse = {
    statusCode,
    ...present({
      selectionPattern,
      responseParameters,
      responseTemplates: keptTemplates(responseTemplates),
      contentHandling,
    }),
  };
  return putResponse(call, found, response);
}

function getIntegrationResponse(call: Call): Body {
  refuseViolations(notAStatus(statusIn(call), 'statusCode'));
  return { ...responseOf(call, integrationOf(call)) };
}

function updateIntegrationResponse(call: Call): Body {
  const wrongStatus = notAStatus(statusIn(call), 'statusCode');
  const operations = patchOperationsOf(call, 'updateIntegrationResponseInput', wrongStatus);
  const found = integrationOf(call);
  const next = applyPatches(responseOf(call, found), operations, INTEGRATION_RESPONSE_PATCHES);
  return putResponse(call, found, next);
}

function deleteIntegrationResponse(call: Call): undefined {
  refuseViolations(notAStatus(statusIn(call), 'statusCode'));
  const found = integrationToDeleteFrom(call);
  const { statusCode } = responseOf(call, found);
  putIntegrationResponses(call, found, withoutEntry(found.integration.integrationResponses, statusCode));
}

/** This operation alone does not tell an unknown method from a method without an integration. */
function integrationToDeleteFrom(call: Where): FoundIntegration {
  const { resourceMethods } = resourceOf(call);
  const method = ownEntry(resourceMethods, call.path['http_method'] ?? '');
  if (method === undefined) throw notFound('Invalid Integration identifier specified');
  return integrationOf(call);
}

function putResponse(call: Where, found: FoundIntegration, response: IntegrationResponse): Body {
  const declared = found.method.methodResponses?.[response.statusCode];
  refuseFault(
    contentHandlingFault(response.contentHandling) ??
      templatesFault(response.responseTemplates) ??
      responseMappingFault(response.responseParameters, declared && (declared.responseParameters ?? {})),
  );
  const { integrationResponses } = found.integration;
  putIntegrationResponses(call, found, withEntry(integrationResponses, response.statusCode, response));
  return { ...response };
}

function responseOf(call: Where, { integration }: FoundIntegration): IntegrationResponse {
  const response = ownEntry(integration.integrationResponses, statusIn(call));
  if (response === undefined) throw notFound('Invalid Response status code specified');
  return response;
}
