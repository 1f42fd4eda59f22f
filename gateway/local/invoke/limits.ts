/** What a request may not exceed before anything looks at it (apigateway.md 5.1, 15). */
import { randomUUID } from 'node:crypto';
import { extendedId } from '../extended-id.ts';
import { GatewayFailure } from './failure.ts';
import type { Invocation, StageAnswer } from './model.ts';
import { refuseBroken } from './percent.ts';

/** Bytes of the request line and all headers together. */
export const HEADER_LIMIT = 10_240;
const URL_LIMIT = 8192;
const URL_LIMIT_REGIONAL = 10_240;

/** @throws GatewayFailure */
export function refuseOversize({ request, release }: Invocation, bodyTooLong: boolean): void {
  if (bodyTooLong) throw new GatewayFailure('REQUEST_TOO_LARGE');
  const { path, query, headers } = request;
  const isRegional = release.api.restApi.endpointConfiguration.types.includes('REGIONAL');
  const length = release.stageName.length + path.length + query.length + 2;
  if (length > (isRegional ? URL_LIMIT_REGIONAL : URL_LIMIT)) {
    throw new GatewayFailure('DEFAULT_4XX', { status: 414, message: 'Request URI too long' });
  }
  refuseBroken(path);
  refuseBroken(query);
  let size = 0;
  // Names and values are ASCII or Latin-1 on the wire, so their lengths are their bytes.
  for (const text of headers) size += text.length;
  if (size > HEADER_LIMIT) {
    throw new GatewayFailure('DEFAULT_4XX', { status: 431, message: 'Request Header Fields Too Large' });
  }
}

/** An answer to a request that no stage stands behind, or that could not be read. */
export function bareRefusal(status: number, errorType: string, message: string): StageAnswer {
  return {
    status,
    headers: [
      'Content-Type',
      'application/json',
      'x-amzn-ErrorType',
      errorType,
      'x-amzn-RequestId',
      randomUUID(),
      'x-amz-apigw-id',
      extendedId(),
    ],
    body: JSON.stringify({ message }),
  };
}
