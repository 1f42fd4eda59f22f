/**
 * Puts values of a request into its answer: where the JSON object of the body has a property that is called like a
 * parameter of the path, the query or a header, the property takes the parameter's value, if the answer still keeps to its schema then.
 */
import { isJson } from '../contract/http/media-type.ts';
import { parseJson } from '../contract/json/parse.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  jsonEqual,
  jsonType,
  own,
  setOwn,
} from '../contract/json/value.ts';
import { answerWith } from '../contract/plan/dynamic-answer.ts';
import type { Answer } from '../contract/plan/mock-plan.ts';

const bodies = new WeakMap<Answer, JsonObject | typeof NO_OBJECT>();
const NO_OBJECT = Symbol('no JSON object');

/**
 * The answer with what can be echoed; the very same answer where nothing can.
 *
 * @param values - of the parameters, by `path.id` and `query.limit`
 */
export function echoed(answer: Answer, values: ReadonlyMap<string, Json>): Answer {
  const body = objectOf(answer);
  if (body === undefined) return answer;
  let current = answer;
  let object = body;
  for (const [name, value] of echoable(values)) {
    const before = own(object, name);
    if (before === undefined || jsonEqual(before, value)) continue;
    // Without a schema the kind of value that the example has is all there is to go by.
    if (answer.content?.schema === undefined && jsonType(before) !== jsonType(value)) continue;
    const changed: Record<string, Json> = { ...object };
    setOwn(changed, name, value);
    const next = answerWith(answer, changed);
    if (next !== undefined) [current, object] = [next, changed];
  }
  return current;
}

/** The values by name; one of the path goes before one of the query, and that before one of a header. */
function echoable(values: ReadonlyMap<string, Json>): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  for (const place of ['header.', 'query.', 'path.']) {
    for (const [key, value] of values) if (key.startsWith(place)) found.set(key.slice(place.length), value);
  }
  return found;
}

/** The object that an answer's body is, read once. */
function objectOf(answer: Answer): JsonObject | undefined {
  let known = bodies.get(answer);
  if (known === undefined) {
    known = readObject(answer) ?? NO_OBJECT;
    bodies.set(answer, known);
  }
  return known === NO_OBJECT ? undefined : known;
}

function readObject({ mediaType, body }: Answer): JsonObject | undefined {
  if (mediaType === undefined || body === undefined || !isJson(mediaType)) return undefined;
  const parsed = parseJson(new TextDecoder().decode(body));
  return 'value' in parsed && isObject(parsed.value) ? parsed.value : undefined;
}
