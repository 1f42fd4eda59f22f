/** Values out of a payload by a JSONPath, for mapping expressions (apigateway.md 16.1). */
import { evaluatePath } from '../../vtl/json-path/evaluate.ts';
import { compilePath } from '../../vtl/json-path/parse-path.ts';
import { DEFAULT_LIMITS, LimitReached, Meter } from '../../vtl/meter.ts';
import { fromJson } from '../../vtl/value-json.ts';
import { textOf } from '../../vtl/value-text.ts';
import { configurationError } from './failure.ts';

/** What a body must begin with to be read as JSON at all; anything else is a text. */
const JSON_START = /^\s*[{["']/;

/**
 * What a path leads to, as text; undefined where it leads nowhere.
 *
 * @param path - without `$.`; undefined for the payload as it is
 * @throws GatewayFailure for a path or a value that takes too much work
 */
export function bodyValue(text: string, path: string | undefined): string | undefined {
  if (path === undefined) return text === '' ? undefined : text;
  if (!JSON_START.test(text)) return undefined;
  const json = fromJson(text);
  const compiled = compilePath(`$.${path}`);
  if (!('value' in json) || compiled.kind !== 'path') return undefined;
  try {
    const meter = new Meter(DEFAULT_LIMITS);
    const found = evaluatePath(compiled, json.value, meter);
    return found.kind === 'found' && found.value !== null ? textOf(found.value, meter) : undefined;
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    throw configurationError(`The mapping of body.${path} takes too much: ${error.message}`);
  }
}
