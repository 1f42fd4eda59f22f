/**
 * The values of `$context` by their names, for mapping expressions, gateway responses and access logs, and as one tree
 * for templates (apigateway.md 3.5). A name without a value here is unset: empty in a template, `-` in an access log.
 */
import type { Value, ValueMap } from '../../vtl/values.ts';
import { traceIdOf } from './invocation.ts';
import type { Invocation } from './model.ts';
import { rawHeader } from './multi-values.ts';

type ContextValue = string | number | boolean | undefined;

/** What is known as soon as a method was found, and so what templates see. */
const VALUES: Readonly<Record<string, (invocation: Invocation) => ContextValue>> = {
  accountId: ({ account }) => account.accountId,
  apiId: ({ release }) => release.apiId,
  deploymentId: ({ release }) => release.deploymentId,
  domainName: ({ request }) => request.domainName,
  domainPrefix: ({ request }) => request.domainName.split('.')[0],
  extendedRequestId: ({ extendedRequestId }) => extendedRequestId,
  httpMethod: ({ verb }) => verb,
  'identity.apiKey': ({ method, request }) =>
    method?.method.apiKeyRequired === true ? rawHeader(request.headers, 'x-api-key') : undefined,
  'identity.sourceIp': ({ request }) => request.sourceIp,
  'identity.userAgent': ({ request }) => rawHeader(request.headers, 'user-agent'),
  isCanaryRequest: ({ release }) => release.isCanary,
  path: ({ release, request }) => `/${release.stageName}${request.path}`,
  protocol: ({ request }) => `HTTP/${request.httpVersion}`,
  requestId: ({ requestId }) => requestId,
  requestTime: ({ receivedAt }) => requestTime(receivedAt),
  requestTimeEpoch: ({ receivedAt }) => receivedAt,
  resourceId: ({ method }) => method?.resource.id,
  resourcePath: ({ method }) => method?.resource.path,
  stage: ({ release }) => release.stageName,
};

/** What only gateway responses and access logs see. */
const ERROR_VALUES: Readonly<Record<string, (invocation: Invocation) => ContextValue>> = {
  'error.message': ({ failure }) => failure?.told ?? undefined,
  'error.messageString': ({ failure }) => (failure === undefined ? undefined : JSON.stringify(failure.told)),
  'error.responseType': ({ failure }) => failure?.type,
  'error.validationErrorString': ({ failure }) => failure?.details.validation,
};

/** A value by its name without `$context.`; undefined for one that is unset or does not exist. */
export function contextValue(invocation: Invocation, name: string): ContextValue {
  const read = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  return read?.(invocation);
}

/** As {@link contextValue}, with what is known once a request has failed. */
export function errorContextValue(invocation: Invocation, name: string): ContextValue {
  const read = Object.hasOwn(ERROR_VALUES, name) ? ERROR_VALUES[name] : undefined;
  return read === undefined ? contextValue(invocation, name) : read(invocation);
}

/** As {@link contextValue}, with what only access logs know. */
export function logContextValue(
  invocation: Invocation,
  name: string,
  outcome: { readonly status: number; readonly length: number; readonly latency: number },
): ContextValue {
  switch (name) {
    case 'status':
      return outcome.status;
    case 'responseLength':
      return outcome.length;
    case 'responseLatency':
      return Math.round(outcome.latency);
    case 'integrationLatency':
    case 'integration.latency':
      return invocation.integrationLatency;
    case 'integrationStatus':
    case 'integration.integrationStatus':
    case 'integration.status':
      return invocation.integrationStatus;
    case 'integrationErrorMessage':
    case 'integration.error':
      return invocation.integrationStatus === undefined ? invocation.failure?.details.log : undefined;
    case 'endpointType':
      return invocation.release.api.restApi.endpointConfiguration.types[0];
    case 'xrayTraceId':
      return invocation.traceId === undefined ? undefined : traceIdOf(invocation);
    default:
      return errorContextValue(invocation, name);
  }
}

/** `$context` as templates read and write it; both templates of a request share one. */
export function contextTree(invocation: Invocation): ValueMap {
  if (invocation.context !== undefined) return invocation.context;
  const tree: ValueMap = new Map();
  for (const name in VALUES) {
    const value = VALUES[name]?.(invocation);
    if (value !== undefined) place(tree, name, typeof value === 'number' ? BigInt(value) : value);
  }
  tree.set(
    'requestOverride',
    new Map<Value, Value>([
      ['header', new Map()],
      ['path', new Map()],
      ['querystring', new Map()],
    ]),
  );
  tree.set('responseOverride', new Map<Value, Value>([['header', new Map()]]));
  return (invocation.context = tree);
}

function place(tree: ValueMap, name: string, value: Value): void {
  const dot = name.indexOf('.');
  if (dot === -1) {
    tree.set(name, value);
    return;
  }
  const parent = name.slice(0, dot);
  let inner = tree.get(parent);
  if (!(inner instanceof Map)) {
    inner = new Map<Value, Value>();
    tree.set(parent, inner);
  }
  inner.set(name.slice(dot + 1), value);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As in the common log format: `25/Nov/2026:13:57:15 +0000`. */
function requestTime(epoch: number): string {
  const iso = new Date(epoch).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
