/**
 * MOCK: the request template says which status the back end that is none has answered with (apigateway.md 2.1). The
 * answer has no headers and no body.
 */
import { configurationError } from '../failure.ts';
import { integrationBody } from '../integration-body.ts';
import type { CompiledIntegration, IntegrationAnswer, Invocation } from '../model.ts';
import { textOf } from '../payload.ts';
import { mockStatus } from './mock-status.ts';

const NO_HEADERS: IntegrationAnswer['headers'] = new Map();

/** @throws GatewayFailure */
export function runMock(invocation: Invocation, integration: CompiledIntegration): IntegrationAnswer {
  const status = mockStatus(textOf(integrationBody(invocation, integration)));
  if (status === undefined) {
    throw configurationError(
      'Unable to parse statusCode. It should be an integer that is defined in the request template.',
    );
  }
  return { status, headers: NO_HEADERS, body: '' };
}
