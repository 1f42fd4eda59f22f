/** What the members of a RestApi may be, and how a RestApi is shown. */
import { parseJson } from '../../../contract/json/parse.ts';
import { isObject } from '../../../contract/json/value.ts';
import type { EndpointConfiguration, RestApi } from '../state/records.ts';
import { badRequest } from './aws-error.ts';
import { present } from './members.ts';
import type { AccountIdentity } from './operation.ts';

const COMPRESSION_LIMIT = 10_485_760;

export const ENDPOINT_TYPES: readonly string[] = ['PRIVATE', 'EDGE', 'REGIONAL'];
export const IP_ADDRESS_TYPES: readonly string[] = ['ipv4', 'dualstack'];
export const API_KEY_SOURCES: readonly string[] = ['HEADER', 'AUTHORIZER'];

/**
 * A RestApi as Get, Update and Put answer it: `tags` stands even when there are none, and the quotes in the policy are
 * escaped, so that the member's text is not yet the document. CreateRestApi and lists leave empty tags out.
 */
export function shownRestApi(restApi: RestApi): RestApi {
  return { ...listedRestApi(restApi), tags: restApi.tags ?? {} };
}

/** A RestApi as CreateRestApi and GetRestApis answer it. */
export function listedRestApi(restApi: RestApi): RestApi {
  const { policy } = restApi;
  return policy === undefined ? restApi : { ...restApi, policy: JSON.stringify(policy).slice(1, -1) };
}

/** @throws AwsError for a size out of bounds */
export function compressionSizeOf(size: number | undefined): number | undefined {
  if (size === undefined || (Number.isInteger(size) && size >= 0 && size <= COMPRESSION_LIMIT)) return size;
  throw badRequest(`Invalid minimum compression size, must be between 0 and ${COMPRESSION_LIMIT}`);
}

/** The configuration with AWS's defaults: one type, EDGE unless told; PRIVATE is dualstack, the others ipv4. */
export function endpointConfigurationOf(given: {
  readonly types?: readonly string[] | undefined;
  readonly ipAddressType?: string | undefined;
  readonly vpcEndpointIds?: readonly string[] | undefined;
}): EndpointConfiguration {
  const { types = ['EDGE'], vpcEndpointIds } = given;
  const [type] = types;
  if (type === undefined) {
    throw badRequest('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.');
  }
  if (types.length > 1) throw badRequest('Cannot create an api with multiple Endpoint Types.');
  const ipAddressType = given.ipAddressType ?? (type === 'PRIVATE' ? 'dualstack' : 'ipv4');
  if (type === 'PRIVATE' && ipAddressType !== 'dualstack') {
    throw badRequest('Only dualstack ipAddressType is supported for Private APIs.');
  }
  const endpoints = vpcEndpointIds?.length === 0 ? undefined : vpcEndpointIds;
  if (endpoints !== undefined && type !== 'PRIVATE') {
    throw badRequest('VPC endpoints can only be associated with PRIVATE APIs.');
  }
  return { types: [type], ipAddressType, ...present({ vpcEndpointIds: endpoints }) };
}

/**
 * A policy as it is kept: a resource written `execute-api:/…` is the API itself.
 *
 * @returns undefined for an empty text, which takes the policy away
 * @throws AwsError for a text that is no JSON object
 */
export function policyOf(
  text: string | undefined,
  apiId: string,
  { partition, region, accountId }: AccountIdentity,
): string | undefined {
  if (text === undefined || text === '') return undefined;
  const parsed = parseJson(text);
  if (!('value' in parsed) || !isObject(parsed.value)) {
    throw badRequest(
      'Invalid policy document. Please check the policy syntax and ensure that Principals are valid.',
    );
  }
  return text.replaceAll('"execute-api:/', `"arn:${partition}:execute-api:${region}:${accountId}:${apiId}/`);
}
