/**
 * Gateway responses: what the gateway itself says where no method response is reached. Only those that were put are
 * kept; the others are filled in when they are read.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutGatewayResponse.html
 */
import { DEFAULT_TEMPLATES, effectiveResponse } from '../gateway-responses/effective-response.ts';
import { isResponseType, RESPONSE_TYPES, type ResponseType } from '../gateway-responses/response-types.ts';
import { gatewayMappingFault } from '../rules/mapping-expression.ts';
import type { GatewayResponse, Texts } from '../state/records.ts';
import { badRequest, notFound, refuseFault } from './aws-error.ts';
import { notAStatus, notInSet, refuseViolations, required, type Violation } from './framework-check.ts';
import { restApiOf, type Where } from './lookup.ts';
import { mapRow, NO_CONTENT_TYPE, NO_PARAMETER } from './map-rows.ts';
import { present } from './members.ts';
import type { Body, Call, Operation } from './operation.ts';
import { applyPatches, type PatchTable, plainRefusal } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { readInput } from './read-input.ts';

const COLLECTION = '/restapis/{restapi_id}/gatewayresponses';
const ITEM = '/restapis/{restapi_id}/gatewayresponses/{response_type}';

export const GATEWAY_RESPONSE_OPERATIONS: readonly Operation[] = [
  { name: 'GetGatewayResponses', method: 'GET', path: COLLECTION, status: 200, answer: getGatewayResponses },
  { name: 'PutGatewayResponse', method: 'PUT', path: ITEM, status: 201, answer: putGatewayResponse },
  { name: 'GetGatewayResponse', method: 'GET', path: ITEM, status: 200, answer: getGatewayResponse },
  { name: 'UpdateGatewayResponse', method: 'PATCH', path: ITEM, status: 200, answer: updateGatewayResponse },
  { name: 'DeleteGatewayResponse', method: 'DELETE', path: ITEM, status: 202, answer: deleteGatewayResponse },
];

/** In the order of AWS's message, which is not that of its list. */
const TYPES_AS_TOLD: readonly ResponseType[] = [
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'MISSING_AUTHENTICATION_TOKEN',
  'BAD_REQUEST_BODY',
  'INVALID_SIGNATURE',
  'INVALID_API_KEY',
  'BAD_REQUEST_PARAMETERS',
  'AUTHORIZER_FAILURE',
  'UNAUTHORIZED',
  'INTEGRATION_TIMEOUT',
  'ACCESS_DENIED',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'WAF_FILTERED',
  'QUOTA_EXCEEDED',
  'THROTTLED',
  'API_CONFIGURATION_ERROR',
  'UNSUPPORTED_MEDIA_TYPE',
  'INTEGRATION_FAILURE',
  'EXPIRED_TOKEN',
];

/** All 21 types. AWS gives no pages of them: `limit` is accepted and changes nothing. */
function getGatewayResponses(call: Call): Body {
  const put = call.store.list('gateway-response', restApiOf(call).id);
  return { item: RESPONSE_TYPES.map(type => effectiveResponse(put, type)) };
}

const SHAPE = { statusCode: 'text', responseParameters: 'texts', responseTemplates: 'texts' } as const;

function putGatewayResponse(call: Call): Body {
  const { statusCode, responseParameters = {}, responseTemplates = {} } = readInput(call.input, SHAPE);
  refuseViolations(notAStatus(statusCode, 'putGatewayResponseInput.statusCode'), wrongType(call));
  refuseFault(gatewayMappingFault(responseParameters));
  for (const [type, template] of Object.entries(responseTemplates)) templateOf(template, type);
  return keep(call, {
    responseType: typeOf(call),
    ...present({ statusCode }),
    responseParameters,
    responseTemplates: orDefault(responseTemplates),
    defaultResponse: false,
  });
}

function getGatewayResponse(call: Call): Body {
  refuseViolations(wrongType(call));
  return { ...shownResponse(call) };
}

function updateGatewayResponse(call: Call): Body {
  const operations = patchOperationsOf(call, 'updateGatewayResponseInput', wrongType(call));
  // A type that was never put begins as it is shown, and from then on is its own.
  const next = applyPatches<Partial<GatewayResponse>>(shownResponse(call), operations, PATCHES);
  refuseFault(gatewayMappingFault(next.responseParameters));
  return keep(call, {
    responseParameters: {},
    ...next,
    responseTemplates: orDefault(next.responseTemplates ?? {}),
    responseType: typeOf(call),
    defaultResponse: false,
  });
}

const PATCHES: PatchTable<Partial<GatewayResponse>> = {
  rows: [
    {
      path: '/statusCode',
      ops: ['replace'],
      apply: (response, { value = '' }) => {
        if (notAStatus(value, '') !== undefined) throw badRequest('Invalid status code specified');
        return { ...response, statusCode: value };
      },
    },
    mapRow('responseParameters', {
      absent: NO_PARAMETER,
      read: value => filled(value, 'responseParameters'),
    }),
    mapRow('responseTemplates', { absent: NO_CONTENT_TYPE, read: templateOf }),
  ],
  // An operation that the status does not know is told as a path that is not there.
  refusal: operation => plainRefusal(operation, undefined),
};

function templateOf(template: string | undefined, mediaType: string): string {
  if (!/^[^\s/]+\/[^\s/]+$/.test(mediaType)) throw badRequest(`Invalid content type specified: ${mediaType}`);
  return filled(template, 'responseTemplates');
}

function filled(value: string | undefined, member: string): string {
  if (value === undefined || value === '') throw badRequest(`Invalid null or empty value in ${member}`);
  return value;
}

function orDefault(templates: Texts): Texts {
  return Object.keys(templates).length === 0 ? DEFAULT_TEMPLATES : templates;
}

/** Without a status it has that of its type, but is kept without. */
function keep(call: Where, response: GatewayResponse): Body {
  const { id } = restApiOf(call);
  call.store.put('gateway-response', id, response.responseType, response);
  return { ...shownResponse(call) };
}

function deleteGatewayResponse(call: Call): undefined {
  refuseViolations(wrongType(call));
  const { id } = restApiOf(call);
  if (!call.store.remove('gateway-response', id, typeOf(call))) {
    throw notFound('Gateway response type not defined on api');
  }
}

function shownResponse(call: Where): GatewayResponse {
  const put = call.store.list('gateway-response', restApiOf(call).id);
  return effectiveResponse(put, typeOf(call));
}

function wrongType({ path }: Where): Violation {
  return notInSet(path['response_type'] ?? '', 'responseType', TYPES_AS_TOLD);
}

/** After {@link wrongType}. */
function typeOf({ path }: Where): ResponseType {
  const type = path['response_type'] ?? '';
  return required(isResponseType(type) ? type : undefined, 'responseType');
}
