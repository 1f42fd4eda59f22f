/**
 * Operations passed on to an address, and its answers passed back, with parameters and headers mapped one by one: only
 * what the document declares comes through, and every answer says which release gave it. A status that the document
 * does not know ends in 500.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
 */
import type { Json, JsonObject } from '../../contract/json/value.ts';
import { addressParameters, httpAddress } from './back-end-address.ts';
import {
  attributionParameters,
  type BackEndOperation,
  declaredIn,
  statusPattern,
} from './back-end-operation.ts';
import type { IntegrationSettings } from './integration-choice.ts';
import type { IntegratedResponse } from './mock-integration.ts';

/** Mapped, these fail the request (apigateway 16.2, recorded). */
const NOT_MAPPED = new Set([
  'content-length',
  'transfer-encoding',
  'x-amzn-trace-id',
  'x-amzn-apigateway-api-id',
]);

export function httpIntegration(
  { backend, uri }: Pick<IntegrationSettings, 'backend' | 'uri'>,
  one: BackEndOperation,
): JsonObject {
  const address = uri ?? httpAddress(backend, one.path);
  const query = declaredIn(one, 'query').map(name => [
    `integration.request.querystring.${name}`,
    `method.request.${isList(one, name) ? 'multivaluequerystring' : 'querystring'}.${name}`,
  ]);
  const headers = declaredIn(one, 'header')
    .filter(name => !NOT_MAPPED.has(name.toLowerCase()))
    .map(name => [`integration.request.header.${name}`, `method.request.header.${name}`]);
  return {
    type: 'http',
    httpMethod: one.operation.method,
    uri: address,
    passthroughBehavior: 'when_no_match',
    requestParameters: {
      ...addressParameters(address, one.path),
      ...Object.fromEntries([...query, ...headers]),
    },
    responses: statusResponses(one),
  };
}

/** A response for each that the document has, chosen by the status of the back end's answer. */
export function statusResponses(one: BackEndOperation): JsonObject {
  return Object.fromEntries(
    one.responses.map(response => [
      statusPattern(response, one.responses) ?? 'default',
      { statusCode: String(response.status), ...parametersOf(response, one) },
    ]),
  );
}

function parametersOf(
  { headers, carrier }: IntegratedResponse,
  one: BackEndOperation,
): { readonly responseParameters?: Json } {
  const marks = attributionParameters(one);
  const own = headers.filter(name => !Object.hasOwn(marks, `method.response.header.${name}`));
  const hasBody = carrier.response.answers.some(({ mediaType }) => mediaType !== undefined);
  const names = new Set([...own, ...(hasBody ? ['Content-Type'] : [])]);
  const mapped = [...names]
    .filter(name => !NOT_MAPPED.has(name.toLowerCase()))
    .map(name => [`method.response.header.${name}`, `integration.response.header.${name}`]);
  const responseParameters = { ...Object.fromEntries(mapped), ...marks };
  return Object.keys(responseParameters).length === 0 ? {} : { responseParameters };
}

/** A single mapping of a repeated parameter would take its last value alone. */
function isList({ operation }: BackEndOperation, name: string): boolean {
  return operation.parameters.some(
    parameter =>
      parameter.in === 'query' &&
      parameter.name === name &&
      parameter.schema?.types?.includes('array') === true,
  );
}
