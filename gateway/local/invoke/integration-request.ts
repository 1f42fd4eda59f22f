/**
 * The request to an HTTP back end: its address with stage variables and path parameters filled in, the query and the
 * headers that mappings or the client give it (apigateway.md 8.4, 16.1, 16.2).
 */

import { DEFAULT_LIMITS, Meter } from '../../vtl/meter.ts';
import { requestOverrides } from '../../vtl/variables/overrides.ts';
import { configurationError } from './failure.ts';
import { headersOf, queryOf, traceIdOf } from './invocation.ts';
import { mappedValue, variableOf } from './mapping-expression.ts';
import type { CompiledIntegration, Invocation, RequestMapping } from './model.ts';
import { rawHeader, replaceHeader, valuesOfHeader } from './multi-values.ts';
import type { Payload } from './payload.ts';
import { isProxiedRequestHeader } from './request-headers.ts';
import { headerValue, isHeaderName } from './response-headers.ts';

export interface IntegrationRequest {
  readonly verb: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** Verbs that carry no body to a back end. */
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'OPTIONS']);

export function carriesBody(verb: string): boolean {
  return !WITHOUT_BODY.has(verb);
}

/**
 * @param proxy - whether the client's own query and headers go along
 * @throws GatewayFailure
 */
export function integrationRequest(
  invocation: Invocation,
  compiled: CompiledIntegration,
  body: Payload | undefined,
  proxy: boolean,
): IntegrationRequest {
  const { integration } = compiled;
  const verb = integration.httpMethod === 'ANY' ? invocation.verb : integration.httpMethod;
  if (verb === undefined || verb === '') throw configurationError('Invalid integration HTTP method');
  const mapped = mappedParameters(invocation, compiled, proxy);
  const url = addressOf(integration.uri ?? '', invocation, mapped.path);
  appendQuery(url, proxy ? [...queryOf(invocation), ...mapped.querystring] : mapped.querystring);
  return { verb, url, headers: headersTo(invocation, mapped.header, body, proxy) };
}

type Parameters = Readonly<Record<RequestMapping['place'], Map<string, readonly string[]>>>;

function mappedParameters(
  invocation: Invocation,
  { requestParameters }: CompiledIntegration,
  proxy: boolean,
): Parameters {
  const found: Parameters = { path: new Map(), querystring: new Map(), header: new Map() };
  for (const { place, name, from } of requestParameters) {
    const value = mappedValue(from, invocation);
    if (value !== undefined) found[place].set(name, typeof value === 'string' ? [value] : value);
  }
  if (proxy || invocation.context?.isUntouched('requestOverride') !== false) return found;
  const overrides = requestOverrides(invocation.context, new Meter(DEFAULT_LIMITS));
  for (const place of ['path', 'querystring', 'header'] as const) {
    for (const [name, value] of overrides[place]) found[place].set(name, [value]);
  }
  return found;
}

/** @throws GatewayFailure where what comes out is no address of HTTP */
function addressOf(uri: string, invocation: Invocation, path: Parameters['path']): URL {
  const filled = uri
    .replace(
      /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g,
      (_all, name: string) => variableOf(invocation, name) ?? '',
    )
    .replace(/\{([A-Za-z0-9._$-]+)\+?\}/g, (whole, name: string) => {
      const value = path.get(name)?.at(-1);
      return value === undefined ? whole : inPath(value);
    });
  // `http:///path` would be read as the host `path`.
  if (!/^https?:\/\/[^/?#]/i.test(filled) || !URL.canParse(filled)) {
    throw configurationError('Invalid endpoint address');
  }
  return new URL(filled);
}

/** Path values travel encoded as they came; what could end the path, or is no URL, is encoded now. */
function inPath(value: string): string {
  return value.replaceAll(/[^\w.~!$&'()*+,;=:@/%-]+/g, text => encodeURIComponent(text));
}

function appendQuery(url: URL, values: Iterable<readonly [string, readonly string[]]>): void {
  const parts: string[] = [];
  for (const [name, list] of values) {
    for (const value of list) parts.push(`${encoded(name)}=${encoded(value)}`);
  }
  if (parts.length > 0) url.search = [url.search.slice(1), ...parts].filter(part => part !== '').join('&');
}

/** A lone half of a surrogate pair has no encoding. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function headersTo(
  invocation: Invocation,
  mapped: Parameters['header'],
  body: Payload | undefined,
  proxy: boolean,
): Readonly<Record<string, readonly string[]>> {
  const { release, request } = invocation;
  const headers = new Map<string, readonly string[]>();
  if (proxy) {
    for (const [name, values] of headersOf(invocation)) {
      if (isProxiedRequestHeader(name)) headers.set(name, values);
    }
  }
  for (const [name, values] of mapped) {
    if (!isHeaderName(name)) continue;
    replaceHeader(headers, name, values.map(headerValue));
  }
  const unless = (name: string, value: string): void => {
    if (valuesOfHeader(headers, name) === undefined) headers.set(name, [value]);
  };
  unless('Accept', 'application/json');
  unless('User-Agent', `AmazonAPIGateway_${release.apiId}`);
  replaceHeader(headers, 'X-Amzn-Apigateway-Api-Id', [release.apiId]);
  replaceHeader(headers, 'X-Amzn-Trace-Id', [traceIdOf(invocation)]);
  if (body !== undefined) {
    unless('Content-Type', rawHeader(request.headers, 'content-type') ?? 'application/json');
  }
  return Object.fromEntries(headers);
}
