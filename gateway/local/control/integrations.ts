/**
 * Integrations: what stands behind a method.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
import {
  CONNECTION_TYPES,
  CONTENT_HANDLING,
  INTEGRATION_TYPES,
  integrationFault,
  keptIntegration,
  TIMEOUT,
  TRANSFER_MODES,
} from '../rules/integration-rules.ts';
import { keptTemplates } from '../rules/templates.ts';
import type { Integration } from '../state/records.ts';
import { refuseFault } from './aws-error.ts';
import { notGiven, notInSet, refuseViolations } from './framework-check.ts';
import { integrationPatches } from './integration-patch.ts';
import { type FoundMethod, integrationOf, methodOf, restApiOf } from './lookup.ts';
import { present } from './members.ts';
import { putIntegrationOn } from './method-store.ts';
import type { Body, Call, Operation } from './operation.ts';
import { applyPatches } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { nonEmpty } from './patch-values.ts';
import { type Read, readInput } from './read-input.ts';

const ITEM = '/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration';

export const INTEGRATION_OPERATIONS: readonly Operation[] = [
  { name: 'PutIntegration', method: 'PUT', path: ITEM, status: 201, answer: putIntegration },
  {
    name: 'GetIntegration',
    method: 'GET',
    path: ITEM,
    status: 200,
    answer: call => ({ ...integrationOf(call).integration }),
  },
  { name: 'UpdateIntegration', method: 'PATCH', path: ITEM, status: 200, answer: updateIntegration },
  { name: 'DeleteIntegration', method: 'DELETE', path: ITEM, status: 204, answer: deleteIntegration },
];

/** `httpMethod` is what clients call `integrationHttpMethod`. */
const SHAPE = {
  type: 'text',
  httpMethod: 'text',
  uri: 'text',
  connectionType: 'text',
  connectionId: 'text',
  credentials: 'text',
  requestParameters: 'texts',
  requestTemplates: 'texts or null',
  passthroughBehavior: 'text',
  cacheNamespace: 'text',
  cacheKeyParameters: 'list',
  contentHandling: 'text',
  timeoutInMillis: 'number',
  tlsConfig: { insecureSkipVerification: 'flag', serverNameToVerify: 'text' },
  responseTransferMode: 'text',
  integrationTarget: 'text',
} as const;

function putIntegration(call: Call): Body {
  const given = readInput(call.input, SHAPE);
  refuseByModel(given);
  const found = methodOf(call);
  const { tlsConfig } = given;
  const integration = keptIntegration({
    type: given.type ?? '',
    ...present({
      httpMethod: nonEmpty(given.httpMethod),
      uri: nonEmpty(given.uri),
      connectionType: given.connectionType,
      connectionId: nonEmpty(given.connectionId),
      credentials: nonEmpty(given.credentials),
      requestParameters: given.requestParameters,
      requestTemplates: keptTemplates(given.requestTemplates),
    }),
    passthroughBehavior: (given.passthroughBehavior || 'WHEN_NO_MATCH').toUpperCase(),
    ...present({ contentHandling: given.contentHandling }),
    timeoutInMillis: given.timeoutInMillis ?? TIMEOUT,
    cacheNamespace: given.cacheNamespace || found.resource.id,
    cacheKeyParameters: given.cacheKeyParameters ?? [],
    ...present({
      tlsConfig: tlsConfig && present(tlsConfig),
      responseTransferMode: given.responseTransferMode,
      integrationTarget: nonEmpty(given.integrationTarget),
    }),
  });
  return put(call, found, integration);
}

function put(call: Call, found: FoundMethod, integration: Integration): Body {
  const { types } = restApiOf(call).endpointConfiguration;
  refuseFault(integrationFault(integration, { method: found.method, endpointTypes: types }));
  putIntegrationOn(call, found, integration);
  return { ...integration };
}

function refuseByModel(given: Read<typeof SHAPE>): void {
  const at = 'putIntegrationInput';
  refuseViolations(
    notGiven(given.type, `${at}.type`),
    notInSet(given.type, `${at}.type`, INTEGRATION_TYPES),
    notInSet(given.connectionType, `${at}.connectionType`, CONNECTION_TYPES),
    notInSet(given.contentHandling, `${at}.contentHandling`, CONTENT_HANDLING),
    notInSet(given.responseTransferMode, `${at}.responseTransferMode`, TRANSFER_MODES),
  );
}

function updateIntegration(call: Call): Body {
  const operations = patchOperationsOf(call, 'updateIntegrationInput');
  const found = integrationOf(call);
  const patches = integrationPatches(found.resource.id);
  return put(call, found, keptIntegration(applyPatches(found.integration, operations, patches)));
}

function deleteIntegration(call: Call): undefined {
  putIntegrationOn(call, integrationOf(call), undefined);
}
