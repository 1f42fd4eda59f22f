/**
 * Mapping expressions of parameters: what may stand on either side of `requestParameters` and `responseParameters`.
 * Each function gives the reason against, in AWS's words, or undefined.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
import type { Texts } from '../state/records.ts';
import { validationResult } from './validation-result.ts';

type Flags = Readonly<Record<string, boolean>>;

const NAME = '[a-zA-Z0-9._$-]+';
const PLACES = 'path|querystring|header';
/** A literal may hold quotes: policies of content do. */
const SHARED = `'.*'|(stageVariables|context)\\.${NAME}`;

const METHOD_PARAMETER = whole(`method\\.request\\.(${PLACES})\\.(${NAME})`);
const REQUEST_TARGET = whole(`integration\\.request\\.(${PLACES})\\.${NAME}`);
const REQUEST_SOURCE = whole(
  `${SHARED}|method\\.request\\.(body(\\..+)?|(${PLACES}|multivaluequerystring|multivalueheader)\\.${NAME})`,
);
const RESPONSE_TARGET = whole(`method\\.response\\.header\\.${NAME}`);
const RESPONSE_SOURCE = whole(
  `${SHARED}|integration\\.response\\.(body(\\..+)?|(header|multivalueheader)\\.${NAME})`,
);
const GATEWAY_TARGET = whole(`gatewayresponse\\.(${PLACES})\\.${NAME}`);
const GATEWAY_SOURCE = whole(`${SHARED}|method\\.request\\.(${PLACES})\\.${NAME}`);

/**
 * What an integration sends to its back end.
 *
 * @param declared - the `requestParameters` of the method, without which none of the request's parameters is known
 */
export function requestMappingFault(
  mappings: Texts | undefined,
  declared: Flags | undefined,
): string | undefined {
  return firstFault(mappings, (target, source) => {
    if (!REQUEST_TARGET.test(target)) return invalidParameter(target);
    if (!REQUEST_SOURCE.test(source)) return invalidExpression(source);
    const parameter = source.replace(/^method\.request\.multivalue/, 'method.request.');
    const isKnown = !METHOD_PARAMETER.test(parameter) || Object.hasOwn(declared ?? {}, parameter);
    return isKnown ? undefined : invalidParameter(source);
  });
}

/**
 * What an integration response gives to the client.
 *
 * @param declared - the `responseParameters` of the method response; undefined when the status has none
 */
export function responseMappingFault(
  mappings: Texts | undefined,
  declared: Flags | undefined,
): string | undefined {
  return firstFault(mappings, (target, source) => {
    if (declared === undefined) return invalidMapping('No method response exists for method.');
    if (!RESPONSE_TARGET.test(target) || !Object.hasOwn(declared, target)) return invalidParameter(target);
    return RESPONSE_SOURCE.test(source) ? undefined : invalidExpression(source);
  });
}

/** What a gateway response gives to the client. */
export function gatewayMappingFault(mappings: Texts | undefined): string | undefined {
  return firstFault(mappings, (target, source) => {
    if (!GATEWAY_TARGET.test(target)) return invalidParameter(target);
    return GATEWAY_SOURCE.test(source) ? undefined : invalidExpression(source);
  });
}

/** The names of a method's own `requestParameters`. A name stands in one place only. */
export function methodParametersFault(parameters: Flags | undefined): string | undefined {
  const seen = new Set<string>();
  for (const parameter of Object.keys(parameters ?? {})) {
    const [, , name] = METHOD_PARAMETER.exec(parameter) ?? [];
    if (name === undefined) return invalidParameter(parameter);
    if (seen.has(name)) return 'Parameter names must be unique across querystring, header and path';
    seen.add(name);
  }
  return undefined;
}

/** The names of a method response's `responseParameters`. */
export function responseParametersFault(parameters: Flags | undefined): string | undefined {
  const wrong = Object.keys(parameters ?? {}).find(name => !RESPONSE_TARGET.test(name));
  return wrong === undefined ? undefined : invalidParameter(wrong);
}

function firstFault(
  mappings: Texts | undefined,
  faultOf: (target: string, source: string) => string | undefined,
): string | undefined {
  for (const [target, source] of Object.entries(mappings ?? {})) {
    const fault = faultOf(target, source);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 's');
}

function invalidExpression(expression: string): string {
  return invalidMapping(`Invalid mapping expression specified: ${expression}`);
}

function invalidParameter(parameter: string): string {
  return invalidMapping(`Invalid mapping expression parameter specified: ${parameter}`);
}

function invalidMapping(reason: string): string {
  return `Invalid mapping expression specified: ${validationResult(reason)}`;
}
