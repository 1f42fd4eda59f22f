/**
 * What API Gateway answers itself (apigateway.md 5): the response that was put for the failure's type, or inherited,
 * with its template and headers filled in. Templates here are no mapping templates: names are replaced, and directives
 * are text.
 */

import { responseKind } from '../gateway-responses/response-types.ts';
import type { Texts } from '../state/records.ts';
import { contextText, noteFailure } from './context-values.ts';
import { complain, javaMap, say, traces } from './execution-log.ts';
import type { GatewayFailure } from './failure.ts';
import { mappedValue, parseExpression, requestValue, variableOf } from './mapping-expression.ts';
import type { CompiledGatewayResponse, Invocation, StageAnswer } from './model.ts';
import { acceptOf, pairs } from './multi-values.ts';
import { headerValue, isHeaderName } from './response-headers.ts';

/** The answer to a request that a step has ended. The failure becomes the invocation's. */
export function gatewayAnswer(invocation: Invocation, failure: GatewayFailure): StageAnswer {
  invocation.failure = failure;
  const { log } = invocation;
  if (failure.details.log !== undefined) complain(log, failure.details.log);
  const { type } = failure;
  const found = invocation.release.api.gatewayResponse(type);
  const status = statusOf(found, failure);
  if (!found.untouched || invocation.release.accessLogFormat !== undefined) noteFailure(invocation);
  const { contentType, template } = chosenTemplate(found.response.responseTemplates, invocation);
  const body = found.untouched ? builtInBody(failure) : filled(template, invocation);
  const headers = ['Content-Type', contentType, 'x-amzn-ErrorType', failure.errorType];
  for (const [key, text] of Object.entries(found.response.responseParameters)) {
    setHeader(headers, invocation, key, text);
  }
  if (log?.ofStage === true) {
    say(log, `Gateway response type: ${type} with status code: ${status}`);
    if (traces(log)) {
      say(log, `Gateway response body: ${body}`);
      say(log, `Gateway response headers: ${javaMap(pairs(headers))}`);
    }
  }
  return { status, headers, body };
}

function statusOf({ response }: CompiledGatewayResponse, failure: GatewayFailure): number {
  const usual = responseKind(failure.type).status;
  const status = response.statusCode === undefined ? usual : Number(response.statusCode);
  if (status !== usual) return status ?? 500;
  return failure.details.status ?? usual ?? 500;
}

/** Answers of the back part of AWS's pipeline have a blank after the colon while nobody put a response (2.4, 4, 5.1). */
const WITH_A_BLANK = new Set([
  'API_CONFIGURATION_ERROR',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'UNSUPPORTED_MEDIA_TYPE',
]);

/** What AWS sends of itself. The one for ACCESS_DENIED is not what its own template says (5.1). */
function builtInBody({ type, told }: GatewayFailure): string {
  const key = type === 'ACCESS_DENIED' ? 'Message' : 'message';
  return `{"${key}":${WITH_A_BLANK.has(type) ? ' ' : ''}${JSON.stringify(told)}}`;
}

/** By the client's first media type, as for integration responses (3.7). */
function chosenTemplate(
  templates: Texts,
  invocation: Invocation,
): { readonly contentType: string; readonly template: string } {
  const accept = acceptOf(invocation.request.headers);
  for (const contentType of [accept, 'application/json', Object.keys(templates)[0] ?? '']) {
    const template = Object.hasOwn(templates, contentType) ? templates[contentType] : undefined;
    if (template !== undefined) return { contentType, template };
  }
  return { contentType: 'application/json', template: '' };
}

const NAME = '[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*';
const REFERENCE = new RegExp(
  `\\$context\\.(?<context>${NAME})|\\$\\{context\\.(?<braced>${NAME})\\}|\\$\\{?stageVariables\\.(?<variable>[A-Za-z0-9_]+)\\}?|\\$?method\\.request\\.(?<place>header|path|querystring)\\.(?<name>${NAME})`,
  'g',
);

/** A name without a value leaves nothing behind. */
function filled(template: string, invocation: Invocation): string {
  return template.replace(REFERENCE, (...found) => {
    const groups = found.at(-1) as Readonly<Record<string, string | undefined>>;
    const context = groups['context'] ?? groups['braced'];
    if (context !== undefined) return contextText(invocation, context) ?? '';
    if (groups['variable'] !== undefined) return variableOf(invocation, groups['variable']) ?? '';
    const place = groups['place'] as 'header' | 'path' | 'querystring';
    return String(safely(() => requestValue(invocation, place, groups['name'] ?? '', false)) ?? '');
  });
}

function setHeader(headers: string[], invocation: Invocation, key: string, text: string): void {
  const name = /^gatewayresponse\.header\.(.+)$/.exec(key)?.[1];
  if (name === undefined || !isHeaderName(name)) return;
  const expression = parseExpression(text);
  const value = safely(() => mappedValue(expression, invocation));
  if (value === undefined) return;
  const at = headers.findIndex(
    (other, index) => index % 2 === 0 && other.toLowerCase() === name.toLowerCase(),
  );
  const written = headerValue(typeof value === 'object' ? value.join(',') : String(value));
  if (at === -1) headers.push(name, written);
  else headers[at + 1] = written;
}

/** The failure may be about the very values that its answer asks for. */
function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
