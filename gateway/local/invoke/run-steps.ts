/**
 * The way of a request through API Gateway, in AWS's order (apigateway.md 5.4): routed, authorised, its key checked,
 * validated, integrated, answered. The first step that fails ends it with a gateway response. Throttling stands between
 * the key and the validation, and a cache round the integration; neither is served yet.
 */
import { authorize } from './authorize.ts';
import { checkApiKey } from './check-api-key.ts';
import { complain, javaMap, say, trace, traces } from './execution-log.ts';
import { configurationError, GatewayFailure } from './failure.ts';
import { gatewayAnswer } from './gateway-response.ts';
import { integrationResponse } from './integration-response.ts';
import type { BackEnd } from './integrations/back-end.ts';
import { integrationKind } from './integrations/index.ts';
import { headersOf, queryOf, traceIdOf } from './invocation.ts';
import type {
  CompiledIntegration,
  CompiledMethod,
  IntegrationAnswer,
  Invocation,
  StageAnswer,
} from './model.ts';
import { pairs } from './multi-values.ts';
import { textOf } from './payload.ts';
import { proxyResponse } from './proxy-response.ts';
import { validateRequest } from './validate-request.ts';

export interface StepParts {
  readonly backEnd: BackEnd;
  /** Hears of faults of our own, which the client sees as API Gateway's. */
  readonly onFault: (error: Error) => void;
}

/** Runs the method that routing found. Never throws. */
export function runSteps(
  invocation: Invocation,
  method: CompiledMethod,
  parts: StepParts,
): StageAnswer | Promise<StageAnswer> {
  try {
    logRequest(invocation);
    if (invocation.release.kind !== 'test') {
      authorize(invocation, method);
      checkApiKey(method);
    }
    validateRequest(invocation, method);
    const { integration } = method;
    if (integration === undefined) throw configurationError('No integration defined for method');
    const { forbiddenHeader } = integration;
    if (forbiddenHeader !== undefined) throw configurationError(`Header ${forbiddenHeader} already present`);
    const kind = integrationKind(integration.integration.type);
    const answer = kind.run(invocation, integration, parts.backEnd);
    if (!(answer instanceof Promise)) return answered(invocation, integration, kind.proxy, answer);
    return answer
      .then(found => answered(invocation, integration, kind.proxy, found))
      .catch((error: Error) => failed(invocation, error, parts));
  } catch (error) {
    return failed(invocation, error as Error, parts);
  }
}

/** The answer to a request that failed. A fault of our own looks like one of API Gateway's. */
export function failed(invocation: Invocation, error: Error, { onFault }: StepParts): StageAnswer {
  if (!(error instanceof GatewayFailure)) onFault(error);
  const failure =
    error instanceof GatewayFailure
      ? error
      : configurationError(`The local gateway failed: ${error.message}`);
  const answer = gatewayAnswer(invocation, failure);
  complain(invocation.log, `Method completed with status: ${answer.status}`);
  return answer;
}

function answered(
  invocation: Invocation,
  integration: CompiledIntegration,
  proxy: boolean,
  found: IntegrationAnswer,
): StageAnswer {
  const answer = proxy
    ? proxyResponse(invocation, integration.responses[0]?.contentHandling, found)
    : integrationResponse(invocation, integration, found);
  // A status of 1XX would be no final answer to whoever reads HTTP.
  if (!(answer.status >= 200 && answer.status <= 599)) {
    throw configurationError(`Invalid method response status: ${answer.status}`);
  }
  if (integration.integration.type !== 'MOCK') answer.headers.push('X-Amzn-Trace-Id', traceIdOf(invocation));
  const { log } = invocation;
  if (traces(log)) {
    trace(log, `Method response body after transformations: ${textOf(answer.body)}`);
    trace(log, `Method response headers: ${javaMap(pairs(answer.headers))}`);
  }
  say(log, 'Successfully completed execution');
  say(log, `Method completed with status: ${answer.status}`);
  return answer;
}

/** The lines before a method runs, in AWS's order (10.4). */
function logRequest(invocation: Invocation): void {
  const { log, requestId, request, release, verb, method } = invocation;
  if (log === undefined) return;
  if (log.ofStage) {
    const stage = `${release.apiId}/${release.stageName}`;
    say(log, `Extended Request Id: ${invocation.extendedRequestId}`);
    say(log, `Verifying Usage Plan for request: ${requestId}. API Key:  API Stage: ${stage}`);
    if (method?.method.apiKeyRequired !== true) {
      say(
        log,
        `API Key  authorized because method '${verb} ${method?.resource.path ?? ''}' does not require API Key. Request will not contribute to throttle or quota limits`,
      );
      say(log, `Usage Plan check succeeded for API Key  and API Stage ${stage}`);
    }
  }
  say(log, `Starting execution for request: ${requestId}`);
  say(log, `HTTP Method: ${verb}, Resource Path: ${request.path === '' ? '/' : request.path}`);
  if (!traces(log)) return;
  trace(log, `Method request path: ${javaMap(invocation.pathParameters)}`);
  trace(log, `Method request query string: ${javaMap(queryOf(invocation))}`);
  trace(log, `Method request headers: ${javaMap(headersOf(invocation))}`);
  trace(log, `Method request body before transformations: ${textOf(request.body)}`);
}
