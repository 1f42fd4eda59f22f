/**
 * An integration of a REST API in the words of an HTTP API. These pass requests on as they are and hand answers back, so
 * there are no templates and no choice of responses, and what is mapped is mapped in words of their own.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
import { entriesOf, type Json, type JsonObject, own } from '../../contract/json/value.ts';

/** The longest that an HTTP API waits. */
const MAX_TIMEOUT = 30_000;

/** Members that mean the same for both kinds. */
const SAME = [
  'uri',
  'httpMethod',
  'credentials',
  'connectionType',
  'connectionId',
  'integrationSubtype',
] as const;

/**
 * @param integration - as `x-amazon-apigateway-integration`, of the type http_proxy or aws_proxy
 * @param payload - the format in which a function is told of requests, where the integration does not say
 * @param lose - hears of what cannot be said
 */
export function routeIntegration(
  integration: JsonObject,
  payload: '1.0' | '2.0',
  lose: (what: string) => void,
): JsonObject {
  const type = String(integration['type']).toLowerCase();
  const { timeoutInMillis, payloadFormatVersion, responseParameters, tlsConfig } = integration;
  const kept = SAME.flatMap(name => {
    const value = integration[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const parameters = requestParameters(integration['requestParameters'], lose);
  const answers = mappedAnswers(responseParameters);
  const verified = own(tlsConfig, 'serverNameToVerify');
  if (own(tlsConfig, 'insecureSkipVerification') === true)
    lose('calls a back end whose certificate is not verified');
  if (hasParameters(integration['responses'])) lose('maps headers of answers');
  return {
    type,
    ...Object.fromEntries(kept),
    ...(typeof timeoutInMillis === 'number'
      ? { timeoutInMillis: Math.min(timeoutInMillis, MAX_TIMEOUT) }
      : {}),
    ...(verified === undefined ? {} : { tlsConfig: { serverNameToVerify: verified } }),
    ...(Object.keys(parameters).length === 0 ? {} : { requestParameters: parameters }),
    ...(answers === undefined ? {} : { responseParameters: answers }),
    payloadFormatVersion: payloadFormatVersion ?? (type === 'aws_proxy' ? payload : '1.0'),
  };
}

/** Where an HTTP API puts a value: `overwrite:header.X`, and `append` and `remove` likewise. */
const OWN_TARGET = /^(append|overwrite|remove):(header|querystring|path)/;

function requestParameters(given: Json | undefined, lose: (what: string) => void): JsonObject {
  const mapped = entriesOf(given).flatMap(([target, source]): readonly (readonly [string, Json])[] => {
    // Words of services such as SQS, and those of an HTTP API already.
    if (OWN_TARGET.test(target) || !target.startsWith('integration.')) return [[target, source]];
    const [, place, name = ''] = /^integration\.request\.(header|querystring|path)\.(.+)$/.exec(target) ?? [];
    const value = typeof source === 'string' ? mappedValue(source) : undefined;
    // A variable of the path stands in the address by its name.
    if (place === 'path' && source === `method.request.path.${name}`) return [];
    if (place === undefined || place === 'path' || value === undefined) {
      lose(`sets ${target}`);
      return [];
    }
    return [[`overwrite:${place}.${name}`, value]];
  });
  return Object.fromEntries(mapped);
}

/** A mapping expression of a REST API as one of an HTTP API; undefined for what the latter cannot look for. */
function mappedValue(expression: string): string | undefined {
  const [, literal] = /^'(.*)'$/s.exec(expression) ?? [];
  if (literal !== undefined) return literal;
  const [, place, name = ''] =
    /^method\.request\.(header|querystring|path|body)\.(.+)$/.exec(expression) ?? [];
  if (place !== undefined) return `$request.${place}.${name}`;
  return /^(context|stageVariables)\./.test(expression) ? `$${expression}` : undefined;
}

/** By status, as an HTTP API has them. */
function mappedAnswers(given: Json | undefined): Json | undefined {
  return entriesOf(given).some(([status]) => /^\d{3}$/.test(status)) ? given : undefined;
}

function hasParameters(responses: Json | undefined): boolean {
  return entriesOf(responses).some(
    ([, response]) => entriesOf(own(response, 'responseParameters')).length > 0,
  );
}
