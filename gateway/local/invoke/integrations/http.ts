/**
 * HTTP and HTTP_PROXY: a request to the back end that the integration names. They differ in what goes along: mapped
 * values alone, or all of the client's.
 */
import { javaMap, say, trace, traces } from '../execution-log.ts';
import { configurationError, GatewayFailure } from '../failure.ts';
import { integrationBody } from '../integration-body.ts';
import { carriesBody, integrationRequest } from '../integration-request.ts';
import { traceIdOf } from '../invocation.ts';
import type { CompiledIntegration, IntegrationAnswer, Invocation } from '../model.ts';
import { textOf } from '../payload.ts';
import { type BackEnd, BackEndFault, type BackEndRequest } from './back-end.ts';

/** @throws GatewayFailure */
export function runHttp(
  invocation: Invocation,
  compiled: CompiledIntegration,
  backEnd: BackEnd,
): Promise<IntegrationAnswer> {
  return run(invocation, compiled, backEnd, false);
}

/** @throws GatewayFailure */
export function runHttpProxy(
  invocation: Invocation,
  compiled: CompiledIntegration,
  backEnd: BackEnd,
): Promise<IntegrationAnswer> {
  return run(invocation, compiled, backEnd, true);
}

async function run(
  invocation: Invocation,
  compiled: CompiledIntegration,
  backEnd: BackEnd,
  proxy: boolean,
): Promise<IntegrationAnswer> {
  const { integration } = compiled;
  if (integration.connectionType === 'VPC_LINK') {
    throw configurationError('The local gateway does not serve integrations through a VPC link');
  }
  // The trace is the client's to see, whether or not the back end answers.
  traceIdOf(invocation);
  const payload = proxy ? invocation.request.body : integrationBody(invocation, compiled);
  const verb = integration.httpMethod === 'ANY' ? invocation.verb : integration.httpMethod;
  const body = carriesBody(verb ?? '') || (proxy && payload.length > 0) ? payload : undefined;
  const request: BackEndRequest = {
    ...integrationRequest(invocation, compiled, body, proxy),
    body,
    timeout: integration.timeoutInMillis,
    insecure: integration.tlsConfig?.insecureSkipVerification === true,
  };
  logRequest(invocation, request);
  const begun = performance.now();
  try {
    const answer = await backEnd.send(request);
    invocation.integrationStatus = answer.status;
    invocation.integrationLatency = Math.round(performance.now() - begun);
    logAnswer(invocation, answer);
    return answer;
  } catch (error) {
    invocation.integrationLatency = Math.round(performance.now() - begun);
    throw error instanceof BackEndFault ? failureOf(error) : error;
  }
}

function failureOf({ trouble, message }: BackEndFault): GatewayFailure {
  switch (trouble) {
    case 'address':
      return configurationError('Invalid endpoint address');
    case 'size':
      return configurationError(message);
    case 'timeout':
      return new GatewayFailure('INTEGRATION_TIMEOUT', {
        log: 'Execution failed due to a timeout error',
      });
    case 'network':
    case 'stale':
      return new GatewayFailure('INTEGRATION_FAILURE', {
        message: 'Network error communicating with endpoint',
        log: `Execution failed due to a network error communicating with endpoint`,
      });
  }
}

function logRequest({ log }: Invocation, { url, headers, body }: BackEndRequest): void {
  if (traces(log)) {
    trace(log, `Endpoint request URI: ${url.href}`);
    trace(log, `Endpoint request headers: ${javaMap(Object.entries(headers))}`);
    trace(log, `Endpoint request body after transformations: ${textOf(body ?? '')}`);
  }
  say(log, `Sending request to ${url.href}`);
}

function logAnswer({ log, integrationLatency }: Invocation, answer: IntegrationAnswer): void {
  say(log, `Received response. Status: ${answer.status}, Integration latency: ${integrationLatency} ms`);
  if (!traces(log)) return;
  trace(log, `Endpoint response headers: ${javaMap(answer.headers)}`);
  trace(log, `Endpoint response body before transformations: ${textOf(answer.body)}`);
}
