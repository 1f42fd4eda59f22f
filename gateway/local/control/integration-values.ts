/**
 * What an integration may be, by its type: which members each one has, and where it may point.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
import type { Integration, RestApi } from '../state/records.ts';
import { badRequest } from './aws-error.ts';
import { withMember } from './members.ts';
import { verbOf } from './method-values.ts';

/** In the order of AWS's message. */
export const INTEGRATION_TYPES: readonly string[] = ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'];
export const CONNECTION_TYPES: readonly string[] = ['INTERNET', 'VPC_LINK'];
export const CONTENT_HANDLING: readonly string[] = ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'];
export const TRANSFER_MODES: readonly string[] = ['BUFFERED', 'STREAM'];

const PASSTHROUGH = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'];
const TIMEOUT = 29_000;
/** With a raised quota, and not for EDGE. */
const LONGEST_TIMEOUT = 300_000;

/** Kept in capitals; `WHEN_NO_MATCH` unless told. */
export function passthroughOf(behavior: string | undefined): string {
  const known = (behavior || 'WHEN_NO_MATCH').toUpperCase();
  if (PASSTHROUGH.includes(known)) return known;
  throw badRequest(`Invalid passthroughBehavior specified. Valid options are ${PASSTHROUGH.join(',')}`);
}

export function timeoutOf(millis: number | undefined, { endpointConfiguration }: RestApi): number {
  if (millis === undefined) return TIMEOUT;
  const longest = endpointConfiguration.types.includes('EDGE') ? TIMEOUT : LONGEST_TIMEOUT;
  if (Number.isInteger(millis) && millis >= 50 && millis <= longest) return millis;
  throw badRequest(`Timeout should be between 50 ms and ${longest} ms`);
}

export function contentHandlingOf(handling: string | undefined): string | undefined {
  if (handling === undefined || handling === '' || CONTENT_HANDLING.includes(handling))
    return handling || undefined;
  throw badRequest(`Invalid contentHandling specified. Valid options are ${CONTENT_HANDLING.join(',')}`);
}

/**
 * The integration with the members its type has, once they are held against each other. A mock has no back end: its
 * `httpMethod`, `uri` and connection are accepted and dropped.
 *
 * @throws AwsError BadRequestException
 */
export function settledIntegration(integration: Integration): Integration {
  const { type } = integration;
  switch (type) {
    case 'MOCK':
      return withoutBackEnd(integration);
    case 'HTTP':
    case 'HTTP_PROXY':
      return settledHttp(integration);
    default:
      return settledAws(integration);
  }
}

const BACK_END = [
  'httpMethod',
  'uri',
  'connectionType',
  'connectionId',
  'tlsConfig',
  'integrationTarget',
] as const;

function withoutBackEnd(integration: Integration): Integration {
  return BACK_END.reduce<Integration>((rest, member) => withMember(rest, member, undefined), integration);
}

function settledHttp(integration: Integration): Integration {
  const { uri = '', connectionType = 'INTERNET', connectionId = '' } = integration;
  refuseWithoutMethod(integration);
  if (!/^https?:\/\/[^\s/?#]/i.test(uri)) throw badRequest('Invalid HTTP endpoint specified for URI');
  if (connectionType === 'VPC_LINK' && connectionId === '') {
    throw badRequest('Vpc link integrations require a connectionId');
  }
  return { ...integration, connectionType };
}

const FUNCTION_PATH = 'path/2015-03-31/functions/';

function settledAws(integration: Integration): Integration {
  const { type, uri = '', credentials = '' } = integration;
  // A proxy calls its function by POST whatever it is told; only the others need a verb.
  if (type === 'AWS') refuseWithoutMethod(integration);
  const [arn, , service, region, target = '', ...rest] = uri.split(':');
  if (arn !== 'arn' || service !== 'apigateway' || !region || rest.length === 0) {
    throw badRequest('Invalid ARN specified in the request');
  }
  const resource = rest.join(':');
  if (!resource.startsWith('path/') && !resource.startsWith('action/')) {
    throw badRequest('AWS ARN for integration must contain path or action');
  }
  const isFunction = target === 'lambda' && resource.startsWith(FUNCTION_PATH);
  if (type === 'AWS_PROXY' && !isFunction && !(target === 'firehose' && resource.startsWith('action/'))) {
    throw badRequest(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
  }
  if (!isFunction && credentials === '') throw badRequest('Role ARN must be specified for AWS integrations');
  return withMember(integration, 'connectionType', undefined);
}

function refuseWithoutMethod({ httpMethod = '' }: Integration): void {
  if (httpMethod === '') throw badRequest('Enumeration value for HttpMethod must be non-empty');
  verbOf(httpMethod);
}
