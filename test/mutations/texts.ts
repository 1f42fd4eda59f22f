/** Reads what arrives as text, parameters and media types, into values that a shape can be held against. */
import { type Asked, Refusal } from './served.ts';
import type { Must, Shape } from './shape.ts';

/** All values of a query parameter, decoded, in order. */
export function queryValues({ query }: Asked, name: string): readonly string[] {
  return [...new URLSearchParams(query)].filter(([key]) => key === name).map(([, value]) => value);
}

export function cookie({ headers }: Asked, name: string): string | undefined {
  for (const pair of (headers.cookie ?? '').split(/; */)) {
    const [key, ...rest] = pair.split('=');
    if (key === name) return decoded(rest.join('='));
  }
  return undefined;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export function header({ headers }: Asked, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** The number that a text stands for; the text itself where it stands for none, so that no shape takes it. */
export function asNumber(value: string): unknown {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : value;
}

export function asTruth(value: string): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}

export interface Optional {
  readonly at: string;
  readonly value: string | undefined;
  readonly shape: Shape;
  readonly as?: (text: string) => unknown;
  readonly required?: boolean;
}

/** Holds one text against its shape when it is there; undefined when it is not. */
export function optional(must: Must, { at, value, shape, as = same, required = false }: Optional): unknown {
  if (value === undefined) {
    if (required) must(`${at} required`, false);
    return undefined;
  }
  const read = as(value);
  shape(read, at, must);
  return read;
}

function same(value: string): string {
  return value;
}

/** The media type of a body without its parameters, in lower case. */
export function contentType(asked: Asked): string {
  return (asked.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The first of the offered media types that Accept takes, by weight (RFC 9110, 12.5.1); undefined for none. */
export function negotiated(asked: Asked, offered: readonly string[]): string | undefined {
  const accept = asked.headers.accept ?? '*/*';
  const ranges = accept.split(',').map(part => {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(/ *; */);
    const weight = parameters.find(parameter => parameter.startsWith('q='));
    return { range, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
  });
  const weightOf = (mediaType: string): number => {
    const [type = ''] = mediaType.split('/');
    for (const wanted of [mediaType, `${type}/*`, '*/*']) {
      const found = ranges.find(({ range }) => range === wanted);
      if (found !== undefined) return found.weight;
    }
    return 0;
  };
  const best = offered
    .map(mediaType => ({ mediaType, weight: weightOf(mediaType) }))
    .toSorted((a, b) => b.weight - a.weight)[0];
  return best === undefined || best.weight === 0 ? undefined : best.mediaType;
}

/** A JSON body, read strictly. */
export function jsonBody({ body }: Asked): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
}
