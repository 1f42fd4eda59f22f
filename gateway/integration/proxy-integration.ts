/** Operations handed over whole: to an address that takes the request as it is, or to a Lambda function. */

import type { JsonObject } from '../../contract/json/value.ts';
import { addressParameters, functionAddress, httpAddress } from './back-end-address.ts';
import type { IntegrationSettings } from './integration-choice.ts';

/** @param path - as API Gateway takes it @param method - of the operation, `ANY` for all */
export function proxyIntegration(
  { type, backend, uri }: Pick<IntegrationSettings, 'type' | 'backend' | 'uri'>,
  path: string,
  method: string,
): JsonObject {
  if (type === 'aws_proxy') {
    return {
      type,
      // A Lambda function is called with POST, whatever the client sent.
      httpMethod: 'POST',
      uri: uri ?? functionAddress(backend),
      passthroughBehavior: 'when_no_match',
    };
  }
  const address = uri ?? httpAddress(backend, path);
  const requestParameters = addressParameters(address, path);
  return {
    type,
    httpMethod: method,
    uri: address,
    passthroughBehavior: 'when_no_match',
    ...(Object.keys(requestParameters).length === 0 ? {} : { requestParameters }),
  };
}
