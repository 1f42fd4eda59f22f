/**
 * What templates wrote over the mapped parameters, headers and status: `$context.requestOverride` and
 * `$context.responseOverride` (apigateway.md 3.6).
 */
import { DEFAULT_LIMITS, Meter } from '../../vtl/meter.ts';
import { textOf } from '../../vtl/value-text.ts';
import { isList, type Value, type ValueMap } from '../../vtl/values.ts';
import { headerValue, isHeaderName, mappedName } from './response-headers.ts';

/** Undefined for what is no status: it leaves the integration response's. */
export function overriddenStatus(context: ValueMap): number | undefined {
  const value = inner(context, 'responseOverride')?.get('status') ?? null;
  if (value === null) return undefined;
  const text = printed(value).trim();
  const status = /^\d{3}$/.test(text) ? Number(text) : 0;
  return status >= 100 && status <= 599 ? status : undefined;
}

/** Each header that was written over takes the place of what mappings gave it. */
export function overrideHeaders(headers: string[], context: ValueMap): string[] {
  const overrides = inner(inner(context, 'responseOverride'), 'header');
  if (overrides === undefined || overrides.size === 0) return headers;
  let result = headers;
  for (const [name, values] of overrideValues(overrides)) {
    const sent = mappedName(name);
    if (sent === undefined || !isHeaderName(sent)) continue;
    const lower = sent.toLowerCase();
    result = result.filter((_text, index) => result[index - (index % 2)]?.toLowerCase() !== lower);
    result.push(sent, headerValue(values.join(',')));
  }
  return result;
}

/** What was written over the parameters of an integration request, by where they go. */
export function requestOverrides(
  context: ValueMap | undefined,
  place: 'path' | 'querystring' | 'header',
): readonly (readonly [string, readonly string[]])[] {
  const overrides = inner(inner(context, 'requestOverride'), place);
  return overrides === undefined ? [] : overrideValues(overrides);
}

/** A list is several values; null is none. */
function overrideValues(overrides: ValueMap): readonly (readonly [string, readonly string[]])[] {
  return [...overrides].flatMap(([name, value]) => {
    if (value === null) return [];
    return [[printed(name), isList(value) ? value.map(printed) : [printed(value)]] as const];
  });
}

function inner(map: ValueMap | undefined, key: string): ValueMap | undefined {
  const value = map?.get(key);
  return value instanceof Map ? value : undefined;
}

function printed(value: Value): string {
  return textOf(value, new Meter(DEFAULT_LIMITS));
}
