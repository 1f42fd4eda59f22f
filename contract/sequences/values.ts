/** Values taken out of earlier exchanges, and put into bodies. */
import { answerBody, sentBody } from '../compare/bodies.ts';
import { type Exchange, headerValues } from '../exchange.ts';
import { parseQuery } from '../http/named-values.ts';
import { matchPath, parsePathTemplate } from '../http/path-template.ts';
import { percentDecode } from '../http/percent-encoding.ts';
import { pointerTokens, valueAt } from '../json/pointer.ts';
import { isArray, isObject, type Json, own, setOwn } from '../json/value.ts';
import type { ValueSource } from './sequence.ts';

/** The exchange of a step, if it was made. */
export type StepExchange = (step: number) => Exchange | undefined;

/** The first value that one of the sources has; undefined when none has any. */
export function valueFrom(sources: readonly ValueSource[], exchangeOf: StepExchange): Json | undefined {
  for (const source of sources) {
    const value = oneValue(source, exchangeOf);
    if (value !== undefined) return value;
  }
  return undefined;
}

function oneValue(source: ValueSource, exchangeOf: StepExchange): Json | undefined {
  if (source.kind === 'constant') return source.value;
  if (source.kind !== 'text') return sourced(source, exchangeOf(source.step));
  const parts = source.parts.map(part => oneValue(part, exchangeOf));
  return parts.some(part => part === undefined || part === null || typeof part === 'object')
    ? undefined
    : parts.map(String).join('');
}

function sourced(
  source: Exclude<ValueSource, { readonly kind: 'constant' | 'text' }>,
  exchange: Exchange | undefined,
): Json | undefined {
  if (exchange === undefined) return undefined;
  const {
    case: { request, operation },
    response,
  } = exchange;
  switch (source.kind) {
    case 'response-body':
      return valueAt(answerBody(exchange)?.value, source.pointer);
    case 'request-body':
      return valueAt(sentBody(exchange)?.value, source.pointer);
    case 'response-header':
      return headerValues(response, source.name)[0];
    case 'location': {
      const [location] = headerValues(response, 'location');
      return location === undefined
        ? undefined
        : variableOf(locatedPath(location, request.path), source.path, source.name);
    }
    case 'request-path':
      return variableOf(request.path, operation.path, source.name);
    case 'request-query':
      return parseQuery(request.query).get(source.name)?.[0];
    case 'request-header':
      return request.headers.find(([name]) => name.toLowerCase() === source.name.toLowerCase())?.[1];
    case 'url': {
      const { baseUrl } = exchange;
      const query = request.query === '' ? '' : `?${request.query}`;
      return baseUrl === undefined ? undefined : `${baseUrl}${request.path}${query}`;
    }
    case 'method':
      return request.method;
    case 'status-code':
      return response.status;
    default:
      return source satisfies never;
  }
}

/**
 * The path that Location leads to, percent-encoded and without a query; undefined when it is no address.
 *
 * @param from - the path that was asked, from where a relative address goes on
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2
 */
export function locatedPath(location: string, from: string): string | undefined {
  const base = `http://localhost${from}`;
  return URL.canParse(location, base) ? new URL(location, base).pathname : undefined;
}

/** A variable of a path, decoded. Whatever stands before the template is the base path, which no template names. */
export function variableOf(path: string | undefined, template: string, name: string): string | undefined {
  if (path === undefined) return undefined;
  const parsed = parsePathTemplate(template);
  const segments = path.split('/').slice(1);
  const own = `/${segments.slice(-parsed.segments.length).join('/')}`;
  const text = matchPath(parsed, own)?.get(name);
  return text === undefined ? undefined : percentDecode(text);
}

/** The body with a value at a pointer; what is on the way there is made. Unchanged where something else is in the way. */
export function withValue(body: Json, pointer: string, value: Json): Json {
  return put(body, pointerTokens(pointer), value);
}

function put(body: Json, tokens: readonly string[], value: Json): Json {
  const [token, ...rest] = tokens;
  if (token === undefined) return value;
  if (isArray(body))
    return body.map((item, index) => (String(index) === token ? put(item, rest, value) : item));
  // Into what is not there nothing is put.
  if (!isObject(body) || (rest.length > 0 && own(body, token) === undefined)) return body;
  const copy: Record<string, Json> = {};
  for (const [key, known] of Object.entries(body)) setOwn(copy, key, known);
  setOwn(copy, token, put(own(body, token) ?? null, rest, value));
  return copy;
}
