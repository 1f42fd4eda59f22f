/**
 * What templates have written into `$context.requestOverride` and `$context.responseOverride` (apigateway.md 3.6), as
 * it is applied after parameter mapping.
 */
import type { Meter } from '../meter.ts';
import { textOf } from '../value-text.ts';
import { isList, isMap, type Value, type ValueMap } from '../values.ts';

export type Override = ReadonlyMap<string, string>;

export interface RequestOverrides {
  readonly header: Override;
  readonly path: Override;
  readonly querystring: Override;
}

export interface ResponseOverrides {
  /** Undefined when none was set, and when what was set is no status. */
  readonly status: number | undefined;
  readonly header: Override;
}

/** What is to be changed of the request to the integration. */
export function requestOverrides(context: ValueMap, meter: Meter): RequestOverrides {
  const overrides = context.get('requestOverride');
  return {
    header: textsOf(overrides, 'header', meter),
    path: textsOf(overrides, 'path', meter),
    querystring: textsOf(overrides, 'querystring', meter),
  };
}

/** What is to be changed of the response, whichever template asked for it. */
export function responseOverrides(context: ValueMap, meter: Meter): ResponseOverrides {
  const overrides = context.get('responseOverride');
  const status = isMap(overrides) ? overrides.get('status') : undefined;
  return { status: statusOf(status ?? null), header: textsOf(overrides, 'header', meter) };
}

/**
 * An integer from 100 to 599; anything else is ignored. Whether AWS takes the digits of one as text is not known:
 * payloads hold statuses as text often enough that we do.
 */
function statusOf(value: Value): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && status >= 100 && status <= 599 ? status : undefined;
}

/** Lists are joined with commas, as a header of several values; null sets nothing. */
function textsOf(overrides: Value | undefined, name: string, meter: Meter): Override {
  const texts = new Map<string, string>();
  const set = isMap(overrides) ? overrides.get(name) : undefined;
  if (!isMap(set)) return texts;
  for (const [key, value] of set) {
    if (value === null) continue;
    const text = isList(value) ? value.map(item => textOf(item, meter)).join(',') : textOf(value, meter);
    texts.set(textOf(key, meter), text);
  }
  return texts;
}
