/**
 * Mapping expressions of parameters: what may stand on either side of `requestParameters` and `responseParameters`.
 * The stages read them; the control plane refuses those that mean nothing.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
import type { IntegrationResponse, Method, Texts } from '../state/records.ts';
import { type AwsError, badRequest } from './aws-error.ts';

const NAME = '[a-zA-Z0-9._$-]+';
const SHARED = [`stageVariables\\.${NAME}`, `context\\.${NAME}`, "'[^']*'"];

const REQUEST_TARGET = new RegExp(`^integration\\.request\\.(path|querystring|header)\\.${NAME}$`);
const REQUEST_SOURCE = oneOf(
  ...SHARED,
  `method\\.request\\.(path|querystring|header|multivaluequerystring|multivalueheader)\\.${NAME}`,
  'method\\.request\\.body(\\..+)?',
);
const DECLARED = new RegExp(
  `^method\\.request\\.(path|querystring|header|multivaluequerystring|multivalueheader)\\.(${NAME})$`,
);
const RESPONSE_TARGET = new RegExp(`^method\\.response\\.header\\.${NAME}$`);
const RESPONSE_SOURCE = oneOf(
  ...SHARED,
  `integration\\.response\\.(header|multivalueheader)\\.${NAME}`,
  'integration\\.response\\.body(\\..+)?',
);
const METHOD_PARAMETER = new RegExp(`^method\\.request\\.(path|querystring|header)\\.(${NAME})$`);
const GATEWAY_TARGET = new RegExp(`^gatewayresponse\\.(path|querystring|header)\\.${NAME}$`);
const GATEWAY_SOURCE = oneOf(...SHARED, `method\\.request\\.(path|querystring|header)\\.${NAME}`);

/** `requestParameters` of an integration: what the back end is sent, from what the method declares. */
export function refuseRequestMappings(mappings: Texts | undefined, method: Method): void {
  for (const [target, source] of Object.entries(mappings ?? {})) {
    if (!REQUEST_TARGET.test(target)) throw invalidParameter(target);
    if (!REQUEST_SOURCE.test(source)) throw invalidExpression(source);
    const [, place = '', name] = DECLARED.exec(source) ?? [];
    const declared = `method.request.${place.replace('multivalue', '')}.${name}`;
    if (name !== undefined && !Object.hasOwn(method.requestParameters ?? {}, declared)) {
      throw invalidParameter(source);
    }
  }
}

/** `responseParameters` of an integration response: what the client is sent, as far as the method declares it. */
export function refuseResponseMappings(
  mappings: Texts | undefined,
  { statusCode }: Pick<IntegrationResponse, 'statusCode'>,
  method: Method,
): void {
  const declared = method.methodResponses?.[statusCode]?.responseParameters ?? {};
  for (const [target, source] of Object.entries(mappings ?? {})) {
    if (!RESPONSE_TARGET.test(target) || !Object.hasOwn(declared, target)) throw invalidParameter(target);
    if (!RESPONSE_SOURCE.test(source)) throw invalidExpression(source);
  }
}

/** `responseParameters` of a gateway response. */
export function refuseGatewayMappings(mappings: Texts | undefined): void {
  for (const [target, source] of Object.entries(mappings ?? {})) {
    if (!GATEWAY_TARGET.test(target)) throw invalidParameter(target);
    if (!GATEWAY_SOURCE.test(source)) throw invalidExpression(source);
  }
}

/** The names of a method's own `requestParameters`. A name stands in one place only. */
export function refuseMethodParameters(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const [, , bare] = METHOD_PARAMETER.exec(name) ?? [];
    if (bare === undefined) throw invalidParameter(name);
    if (seen.has(bare)) {
      throw badRequest('Parameter names must be unique across querystring, header and path');
    }
    seen.add(bare);
  }
}

/** The names of a method response's `responseParameters`. */
export function refuseResponseParameters(names: readonly string[]): void {
  const wrong = names.find(name => !RESPONSE_TARGET.test(name));
  if (wrong !== undefined) throw invalidParameter(wrong);
}

function oneOf(...alternatives: readonly string[]): RegExp {
  return new RegExp(`^(${alternatives.join('|')})$`, 's');
}

function invalidExpression(expression: string): AwsError {
  return invalidMapping(`Invalid mapping expression specified: ${expression}`);
}

function invalidParameter(parameter: string): AwsError {
  return invalidMapping(`Invalid mapping expression parameter specified: ${parameter}`);
}

function invalidMapping(reason: string): AwsError {
  return badRequest(
    `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${reason}]`,
  );
}
