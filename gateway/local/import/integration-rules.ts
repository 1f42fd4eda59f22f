/** What API Gateway refuses in an integration before it keeps it: verbs, endpoints, ARNs, timeouts and mapping expressions. */
import type { Integration, Method } from '../state/records.ts';

export const INTEGRATION_TYPES: readonly string[] = ['MOCK', 'HTTP', 'HTTP_PROXY', 'AWS', 'AWS_PROXY'];

const VERBS = new Set(['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY']);
const MEDIA_TYPE = /^[^\s/]+\/[^\s/]+.*$/;
const TARGET = /^integration\.request\.(path|querystring|header)\.[a-zA-Z0-9._$-]+$/;
const SOURCE =
  /^('.*'|(stageVariables|context)\.[a-zA-Z0-9._$-]+|method\.request\.(body(\..+)?|(path|querystring|header|multivaluequerystring|multivalueheader)\.[a-zA-Z0-9._$-]+))$/s;
const RESPONSE_SOURCE =
  /^('.*'|(stageVariables|context)\.[a-zA-Z0-9._$-]+|integration\.response\.(body(\..+)?|(header|multivalueheader)\.[a-zA-Z0-9._$-]+))$/s;

/** The reason in AWS's words (reference 12 and 16.1), or undefined for an integration that it takes. */
export function integrationFault(
  integration: Integration,
  method: Pick<Method, 'requestParameters'>,
): string | undefined {
  const { type, timeoutInMillis } = integration;
  if (!INTEGRATION_TYPES.includes(type)) return 'Enumeration value for integration type must be non-empty';
  if (timeoutInMillis < 50 || timeoutInMillis > 29_000) return 'Timeout should be between 50 ms and 29000 ms';
  return (
    endpointFault(integration) ??
    templateFault(integration.requestTemplates) ??
    requestMappingFault(integration, method)
  );
}

function endpointFault({ type, httpMethod, uri = '', credentials }: Integration): string | undefined {
  if (type === 'MOCK') return undefined;
  if (httpMethod === undefined || !VERBS.has(httpMethod))
    return 'Enumeration value for HttpMethod must be non-empty';
  if (type === 'HTTP' || type === 'HTTP_PROXY') {
    return /^https?:\/\/[^\s/]/.test(uri) ? undefined : 'Invalid HTTP endpoint specified for URI';
  }
  const [arn, , service, region, subdomain = '', ...rest] = uri.split(':');
  if (arn !== 'arn' || service !== 'apigateway' || region === undefined)
    return 'Invalid ARN specified in the request';
  if (!/^(path|action)\//.test(rest.join(':'))) return 'AWS ARN for integration must contain path or action';
  const name = subdomain.split('.').at(-1);
  const isLambda = name === 'lambda';
  if (type === 'AWS_PROXY' && !isLambda && name !== 'firehose') {
    return "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.";
  }
  return type === 'AWS' && !isLambda && credentials === undefined
    ? 'Role ARN must be specified for AWS integrations'
    : undefined;
}

function requestMappingFault(
  { requestParameters = {} }: Integration,
  method: Pick<Method, 'requestParameters'>,
): string | undefined {
  for (const [target, source] of Object.entries(requestParameters)) {
    if (!TARGET.test(target)) return invalidMapping(`Invalid mapping expression specified: ${target}`);
    if (!SOURCE.test(source)) return invalidMapping(`Invalid mapping expression specified: ${source}`);
    const declared = source.replace(/^method\.request\.multivalue/, 'method.request.');
    const isParameter = /^method\.request\.(path|querystring|header)\./.test(declared);
    if (isParameter && !Object.hasOwn(method.requestParameters ?? {}, declared)) {
      return invalidMapping(`Invalid mapping expression parameter specified: ${source}`);
    }
  }
  return undefined;
}

/** The same for what an integration response maps. */
export function responseMappingFault(
  responseParameters: Readonly<Record<string, string>>,
  declared: Readonly<Record<string, boolean>> | undefined,
): string | undefined {
  for (const [target, source] of Object.entries(responseParameters)) {
    if (declared === undefined) return invalidMapping('No method response exists for method.');
    if (!Object.hasOwn(declared, target))
      return invalidMapping(`Invalid mapping expression parameter specified: ${target}`);
    if (!RESPONSE_SOURCE.test(source))
      return invalidMapping(`Invalid mapping expression specified: ${source}`);
  }
  return undefined;
}

/** A template stands under a media type, or under `$default`. */
export function templateFault(templates: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const wrong = Object.keys(templates ?? {}).find(type => type !== '$default' && !MEDIA_TYPE.test(type));
  return wrong === undefined ? undefined : result(`Invalid content type specified: ${wrong}`);
}

function invalidMapping(reason: string): string {
  return `Invalid mapping expression specified: ${result(reason)}`;
}

function result(reason: string): string {
  return `Validation Result: warnings : [], errors : [${reason}]`;
}
