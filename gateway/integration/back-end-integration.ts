/** The integration of an operation with the back end that somebody chose for it. */

import type { JsonObject } from '../../contract/json/value.ts';
import { awsIntegration } from './aws-integration.ts';
import type { BackEndOperation } from './back-end-operation.ts';
import { httpIntegration } from './http-integration.ts';
import type { IntegrationSettings } from './integration-choice.ts';
import { proxyIntegration } from './proxy-integration.ts';

/** @param mock - the integration that answers without a back end */
export function backEndIntegration(
  settings: IntegrationSettings,
  one: BackEndOperation,
  mock: JsonObject,
): JsonObject {
  // What was said is taken as it is, over what would be made.
  const { type: _type, backend: _backend, ...said } = settings;
  return { ...made(settings, one, mock), ...(said as JsonObject) };
}

function made(settings: IntegrationSettings, one: BackEndOperation, mock: JsonObject): JsonObject {
  const { type } = settings;
  switch (type) {
    case 'mock':
      return mock;
    case 'http_proxy':
    case 'aws_proxy':
      return proxyIntegration(settings, one.path, one.operation.method);
    case 'http':
      return httpIntegration(settings, one);
    case 'aws':
      return awsIntegration(settings, one);
  }
}
