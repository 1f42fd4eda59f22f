/**
 * The values of `$context` (apigateway.md 3.5): for templates, which share one tree and write into it, and by their
 * names for mapping expressions, gateway responses and access logs. What is unset has no value here.
 */

import { DEFAULT_LIMITS, Meter } from '../../vtl/meter.ts';
import { textOf } from '../../vtl/value-text.ts';
import { contextField, setError } from '../../vtl/variables/context.ts';
import type { Invocation, RequestContextMap } from './model.ts';
import { RequestContext } from './request-context.ts';

/** `$context` of an invocation, made when somebody first asks for it. */
export function contextOf(invocation: Invocation): RequestContextMap {
  return (invocation.context ??= new RequestContext(invocation));
}

/** A value by its name without `$context.`, as text; undefined for one that is unset or does not exist. */
export function contextText(invocation: Invocation, name: string): string | undefined {
  const value = contextField(contextOf(invocation), name);
  return value === undefined ? undefined : textOf(value, new Meter(DEFAULT_LIMITS));
}

/** From now on `$context.error` says why API Gateway answers itself. */
export function noteFailure(invocation: Invocation): void {
  const { failure } = invocation;
  if (failure === undefined) return;
  const { validation } = failure.details;
  setError(contextOf(invocation), {
    message: failure.told ?? undefined,
    responseType: failure.type,
    ...(validation === undefined ? {} : { validationErrors: validation }),
  });
}

/** What is known of a request when it is over. */
export interface Outcome {
  readonly status: number;
  /** Bytes of the body. */
  readonly length: number;
  /** Milliseconds. */
  readonly latency: number;
}

/** As {@link contextText}, with what only access logs know. */
export function loggedText(invocation: Invocation, name: string, outcome: Outcome): string | undefined {
  switch (name) {
    case 'status':
      return String(outcome.status);
    case 'responseLength':
      return String(outcome.length);
    case 'responseLatency':
      return String(Math.round(outcome.latency));
    case 'integrationLatency':
    case 'integration.latency':
      return invocation.integrationLatency?.toString();
    case 'integrationStatus':
    case 'integration.integrationStatus':
    case 'integration.status':
      return invocation.integrationStatus?.toString();
    case 'integrationErrorMessage':
    case 'integration.error':
      // An answer came, so whatever failed was not the integration.
      return invocation.integrationStatus === undefined ? invocation.failure?.details.log : undefined;
    case 'endpointType':
      return invocation.release.api.restApi.endpointConfiguration.types[0];
    case 'xrayTraceId':
      return invocation.traceId;
    default:
      return contextText(invocation, name);
  }
}
