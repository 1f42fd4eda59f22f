/**
 * What API Gateway refuses in an integration before it keeps it: types, verbs, endpoints, ARNs, timeouts, mappings.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
import type { Integration, Method } from '../state/records.ts';
import { requestMappingFault } from './mapping-expression.ts';
import { templatesFault } from './templates.ts';

/** In the order of AWS's message. */
export const INTEGRATION_TYPES: readonly string[] = ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'];
export const CONNECTION_TYPES: readonly string[] = ['INTERNET', 'VPC_LINK'];
export const CONTENT_HANDLING: readonly string[] = ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'];
export const PASSTHROUGH_BEHAVIORS: readonly string[] = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'];
export const TRANSFER_MODES: readonly string[] = ['BUFFERED', 'STREAM'];
/** In the order of AWS's message. */
export const VERBS: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'];

/** Milliseconds, where nothing is said and where no quota is raised. */
export const TIMEOUT = 29_000;
/** With a raised quota, which only REGIONAL and PRIVATE APIs can have. */
const RAISED_TIMEOUT = 300_000;

/** What an integration belongs to. */
export interface IntegrationHome {
  readonly method: Pick<Method, 'requestParameters'>;
  /** Of the API's endpoint. */
  readonly endpointTypes: readonly string[];
}

/** The reason in AWS's words (reference 12 and 16.1), or undefined for an integration that it takes. */
export function integrationFault(integration: Integration, home: IntegrationHome): string | undefined {
  if (!INTEGRATION_TYPES.includes(integration.type)) {
    return 'Enumeration value for integration type must be non-empty';
  }
  return (
    valuesFault(integration) ??
    endpointFault(integration) ??
    timeoutFault(integration.timeoutInMillis, home.endpointTypes) ??
    templatesFault(integration.requestTemplates) ??
    requestMappingFault(integration.requestParameters, home.method.requestParameters)
  );
}

function valuesFault(integration: Integration): string | undefined {
  const { passthroughBehavior, contentHandling, connectionType, responseTransferMode } = integration;
  return (
    notOneOf('passthroughBehavior', passthroughBehavior, PASSTHROUGH_BEHAVIORS) ??
    contentHandlingFault(contentHandling) ??
    notOneOf('connectionType', connectionType, CONNECTION_TYPES) ??
    notOneOf('responseTransferMode', responseTransferMode, TRANSFER_MODES)
  );
}

export function contentHandlingFault(handling: string | undefined): string | undefined {
  return notOneOf('contentHandling', handling, CONTENT_HANDLING);
}

function notOneOf(member: string, value: string | undefined, allowed: readonly string[]): string | undefined {
  if (value === undefined || allowed.includes(value)) return undefined;
  return `Invalid ${member} specified. Valid options are ${allowed.join(',')}`;
}

function timeoutFault(millis: number, endpointTypes: readonly string[]): string | undefined {
  const longest = endpointTypes.includes('EDGE') ? TIMEOUT : RAISED_TIMEOUT;
  if (Number.isInteger(millis) && millis >= 50 && millis <= longest) return undefined;
  return `Timeout should be between 50 ms and ${longest} ms`;
}

function endpointFault(integration: Integration): string | undefined {
  const { type, httpMethod = '' } = integration;
  if (type === 'MOCK') return undefined;
  if (!VERBS.includes(httpMethod)) return 'Enumeration value for HttpMethod must be non-empty';
  return type === 'HTTP' || type === 'HTTP_PROXY' ? httpFault(integration) : arnFault(integration);
}

function httpFault({ uri = '', connectionType, connectionId }: Integration): string | undefined {
  if (!/^https?:\/\/[^\s/?#]/i.test(uri)) return 'Invalid HTTP endpoint specified for URI';
  return connectionType === 'VPC_LINK' && connectionId === undefined
    ? 'Vpc link integrations require a connectionId'
    : undefined;
}

function arnFault({ type, uri = '', credentials }: Integration): string | undefined {
  const [arn, , service, region = '', subdomain = '', ...rest] = uri.split(':');
  if (arn !== 'arn' || service !== 'apigateway' || region === '') {
    return 'Invalid ARN specified in the request';
  }
  if (!/^(path|action)\//.test(rest.join(':'))) return 'AWS ARN for integration must contain path or action';
  const name = subdomain.split('.').at(-1);
  if (type === 'AWS_PROXY' && name !== 'lambda' && name !== 'firehose') {
    return "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.";
  }
  return type === 'AWS' && name !== 'lambda' && credentials === undefined
    ? 'Role ARN must be specified for AWS integrations'
    : undefined;
}

const BACK_END = [
  'httpMethod',
  'uri',
  'connectionType',
  'connectionId',
  'tlsConfig',
  'integrationTarget',
] as const;

/**
 * The integration with the members its type has. A mock has no back end: what is said of one is accepted and dropped.
 * Only the HTTP types have a connection.
 */
export function keptIntegration(integration: Integration): Integration {
  const { type, connectionType } = integration;
  if (type === 'HTTP' || type === 'HTTP_PROXY') {
    return { ...integration, connectionType: connectionType ?? 'INTERNET' };
  }
  const dropped: readonly string[] = type === 'MOCK' ? BACK_END : ['connectionType'];
  const kept = Object.entries(integration).filter(([member]) => !dropped.includes(member));
  return Object.fromEntries(kept) as unknown as Integration;
}
