/**
 * Who may call a method. This gateway asks no authorizer yet, so a method that wants one lets nobody pass: what AWS says
 * of a missing credential is said, and whoever brings one meets a configuration error
 * (docs/reference/local-gateway-differences.md).
 */
import type { Authorizer } from '../state/records.ts';
import { GatewayFailure } from './failure.ts';
import { requestValue } from './mapping-expression.ts';
import type { CompiledMethod, Invocation } from './model.ts';
import { rawHeader } from './multi-values.ts';

/** @throws GatewayFailure unless the method is open to all */
export function authorize(invocation: Invocation, { method }: CompiledMethod): void {
  const { authorizers } = invocation.release.api;
  if (method.authorizationType !== 'NONE') refuseLongName(invocation);
  switch (method.authorizationType) {
    case 'NONE':
      return;
    case 'AWS_IAM':
      if (!isSigned(invocation)) throw new GatewayFailure('MISSING_AUTHENTICATION_TOKEN');
      break;
    default: {
      const authorizer = authorizers.find(({ id }) => id === method.authorizerId);
      if (authorizer !== undefined && lacksIdentity(invocation, authorizer)) {
        throw new GatewayFailure('UNAUTHORIZED');
      }
    }
  }
  throw new GatewayFailure('AUTHORIZER_CONFIGURATION_ERROR', {
    log: `Execution failed due to configuration error: The local gateway does not serve ${method.authorizationType} authorization`,
  });
}

/** Who may call is asked by the ARN of the method, and that has its limit (5.4, 15). */
const ARN_BYTES = 1600;

function refuseLongName({ account, release, verb, request }: Invocation): void {
  const { partition, region, accountId } = account;
  const method = `${release.apiId}/${release.stageName}/${verb}${request.path}`;
  const arn = `arn:${partition}:execute-api:${region}:${accountId}:${method}`;
  if (Buffer.byteLength(arn) > ARN_BYTES) {
    throw new GatewayFailure('DEFAULT_4XX', { status: 414, message: 'Request URI too long' });
  }
}

/** By header, or by query as presigned URLs are. */
function isSigned({ request }: Invocation): boolean {
  return (
    rawHeader(request.headers, 'authorization') !== undefined || request.query.includes('X-Amz-Signature=')
  );
}

/** A token is asked for by every authorizer but one of requests that keeps no results (11.4). */
function lacksIdentity(invocation: Invocation, authorizer: Authorizer): boolean {
  if (authorizer.type === 'REQUEST' && authorizer.authorizerResultTtlInSeconds === 0) return false;
  const sources = (authorizer.identitySource ?? 'method.request.header.Authorization').split(',');
  return sources.some(source => {
    const [, place, name] = /^\s*method\.request\.(header|querystring)\.(.+?)\s*$/.exec(source) ?? [];
    if (place === undefined || name === undefined) return false;
    return !requestValue(invocation, place as 'header' | 'querystring', name, false);
  });
}
