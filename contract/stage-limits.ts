/**
 * What an API Gateway stage can do of what a document promises. A REST API there refuses only what an authorizer, an API
 * key or a request validator in its document stops; a mock integration behind them takes the rest, whatever the schemas
 * say. Where the document names another integration, the server behind it is held to everything.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
import { type Exchange, headerValues, isAccepted } from './exchange.ts';
import { isJson } from './http/media-type.ts';
import { pointerTokens } from './json/pointer.ts';
import { isObject, type Json, own } from './json/value.ts';
import type { Operation, SecurityScheme } from './model.ts';
import { below, type Source } from './source.ts';

/** True for a wrong request that the stage took because nothing there looks at what is wrong with it. */
export function cannotRefuse(exchange: Exchange): boolean {
  const { case: tested } = exchange;
  if (tested.expectation !== 'refused' && tested.expectation !== 'unauthenticated') return false;
  if (!isAccepted(exchange)) return false;
  if (tested.breaks === 'method') return isOpenAtTheEnd(tested.operation);
  if (exchange.stage === 'apigateway-mock') return true;
  return !hasBackend(tested.operation) && !refuses(exchange);
}

/** A slash at the end leads to the same resource, and there may be another path for it, with a variable. */
function isOpenAtTheEnd({ path }: Operation): boolean {
  return path.length > 1 && path.endsWith('/');
}

/** True for an allowed request that the stage refused for a value it counts as none: an empty one that is required. */
export function cannotAccept({ case: { expectation, operation, request }, response }: Exchange): boolean {
  if (expectation !== 'accepted' || response.status !== 400) return false;
  if (headerValues(response, 'x-amzn-errortype').length === 0) return false;
  const empty = new Set(request.query.split('&').flatMap(part => /^([^=]*)=?$/.exec(part)?.[1] ?? []));
  return operation.parameters.some(
    ({ in: place, name, required }) => required && place === 'query' && empty.has(encodeURIComponent(name)),
  );
}

/**
 * True for the refusal of a wrong request by the gateway itself, such as 403 `Missing Authentication Token` for a route
 * that it does not have. Such answers have one form for all operations, which no operation documents.
 */
export function isGatewayAnswer({ case: { expectation }, response }: Exchange): boolean {
  if (response.status < 400 || response.status > 499) return false;
  if (expectation !== 'refused' && expectation !== 'unauthenticated') return false;
  return headerValues(response, 'x-amzn-errortype').length > 0;
}

/** A server behind the gateway that sees every request which the gateway lets through. */
function hasBackend({ extensions }: Operation): boolean {
  const type = own(extensions.get('x-amazon-apigateway-integration'), 'type');
  return typeof type === 'string' && type.toLowerCase() !== 'mock';
}

function refuses({ case: { breaks, operation, why, request } }: Exchange): boolean {
  switch (breaks) {
    // No resource, no method, no answer but 403.
    case 'method':
      return true;
    case 'credentials':
      return operation.security.some(alternative =>
        alternative.some(({ scheme }) => scheme !== undefined && isEnforced(scheme)),
      );
    // Validators ask whether a parameter is there, and for nothing else about it.
    case 'parameter':
      return isMissingParameter(operation, why) && validates(operation, 'validateRequestParameters');
    case 'body':
      return (
        !isMissingBody(operation, why) &&
        isJson(request.contentType ?? '') &&
        !NOT_IN_DRAFT_4.has(pointerTokens(why.pointer).at(-1) ?? '') &&
        validates(operation, 'validateRequestBody')
      );
    case 'content-type':
    case 'accept':
    case undefined:
      return false;
  }
}

/** An absent body is validated as `{}`, so whether it is refused depends on what a model says of that. */
function isMissingBody({ requestBody }: Operation, why: Source): boolean {
  return requestBody !== undefined && below(requestBody.source, 'required').pointer === why.pointer;
}

function isMissingParameter({ parameters }: Operation, why: Source): boolean {
  return parameters.some(({ source }) => below(source, 'required').pointer === why.pointer);
}

/** Models are JSON Schema draft 4, whose formats nobody is sure of. */
const NOT_IN_DRAFT_4: ReadonlySet<string> = new Set([
  'const',
  'contains',
  'contentEncoding',
  'contentMediaType',
  'dependentRequired',
  'dependentSchemas',
  'discriminator',
  'else',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'if',
  'maxContains',
  'minContains',
  'prefixItems',
  'propertyNames',
  'readOnly',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

function validates({ extensions, contract }: Operation, what: string): boolean {
  const named = (from: ReadonlyMap<string, Json>): Json | undefined =>
    from.get('x-amazon-apigateway-request-validator');
  const name = named(extensions) ?? named(contract.extensions);
  const validators = contract.extensions.get('x-amazon-apigateway-request-validators');
  return typeof name === 'string' && own(own(validators, name), what) === true;
}

/** API keys in the gateway's own header, and schemes that name how it authorizes. */
function isEnforced(scheme: SecurityScheme): boolean {
  if (isObject(scheme.extensions.get('x-amazon-apigateway-authorizer'))) return true;
  const type = scheme.extensions.get('x-amazon-apigateway-authtype');
  if (typeof type === 'string' && type.toLowerCase() === 'awssigv4') return true;
  return scheme.kind === 'apiKey' && scheme.in === 'header' && scheme.parameter.toLowerCase() === 'x-api-key';
}
