/**
 * Mapping expressions: where the value of a mapped parameter or header comes from (apigateway.md 16.1). Read once with
 * the method; a value that is not there leaves its target out.
 */
import { bodyValue } from './body-value.ts';
import { contextText } from './context-values.ts';
import { headersOf, queryOf } from './invocation.ts';
import type { Expression, Invocation } from './model.ts';
import { type MultiValues, valuesOfHeader } from './multi-values.ts';
import { textOf } from './payload.ts';

/** What the integration answered, for those expressions that ask for it. */
export interface ResponseSide {
  readonly headers: MultiValues;
  readonly body: () => string;
}

const REQUEST = /^method\.request\.(path|querystring|header|multivaluequerystring|multivalueheader)\.(.+)$/;
const RESPONSE = /^integration\.response\.(header|multivalueheader)\.(.+)$/;
const BODY = /^(method\.request|integration\.response)\.body(?:\.(.+))?$/s;

export function parseExpression(text: string): Expression {
  if (text.length >= 2 && text.startsWith("'") && text.endsWith("'")) {
    return { kind: 'literal', value: text.slice(1, -1) };
  }
  const request = REQUEST.exec(text);
  if (request !== null) {
    const [, place = '', name = ''] = request;
    const multi = place.startsWith('multivalue');
    return {
      kind: 'request',
      place: place.replace('multivalue', '') as 'path' | 'querystring' | 'header',
      name,
      multi,
    };
  }
  const response = RESPONSE.exec(text);
  if (response !== null) {
    return { kind: 'response-header', name: response[2] ?? '', multi: response[1] === 'multivalueheader' };
  }
  const body = BODY.exec(text);
  if (body !== null) {
    return { kind: 'body', of: body[1] === 'method.request' ? 'request' : 'response', path: body[2] };
  }
  if (text.startsWith('stageVariables.')) return { kind: 'stage-variable', name: text.slice(15) };
  if (text.startsWith('context.')) return { kind: 'context', name: text.slice(8) };
  return { kind: 'unknown' };
}

/** One value, several, or none. */
export type Mapped = string | readonly string[] | undefined;

/** @param response - undefined while there is none */
export function mappedValue(expression: Expression, invocation: Invocation, response?: ResponseSide): Mapped {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'request':
      return requestValue(invocation, expression.place, expression.name, expression.multi);
    case 'response-header':
      return chosen(response && valuesOfHeader(response.headers, expression.name), expression.multi);
    case 'body':
      return expression.of === 'request'
        ? bodyValue(textOf(invocation.request.body), expression.path)
        : response && bodyValue(response.body(), expression.path);
    case 'stage-variable':
      return variableOf(invocation, expression.name);
    case 'context':
      return contextText(invocation, expression.name);
    case 'unknown':
      return undefined;
  }
}

export function variableOf({ release }: Invocation, name: string): string | undefined {
  return Object.hasOwn(release.variables, name) ? release.variables[name] : undefined;
}

/** A parameter of the method's request by its place and name. Headers go by any case (docs/reference/local-gateway-differences.md). */
export function requestValue(
  invocation: Invocation,
  place: 'path' | 'querystring' | 'header',
  name: string,
  multi: boolean,
): Mapped {
  switch (place) {
    case 'path':
      return invocation.pathParameters.get(name)?.[0];
    case 'querystring':
      return chosen(queryOf(invocation).get(name), multi);
    case 'header':
      return chosen(valuesOfHeader(headersOf(invocation), name), multi);
  }
}

/** A single value of several is the last one (3.2). */
function chosen(values: readonly string[] | undefined, multi: boolean): Mapped {
  return multi ? values : values?.at(-1);
}
