/**
 * `text/event-stream` as a list of events, which is what 3.2's `itemSchema` describes: objects with `data`, `event`,
 * `id` and `retry` as far as they were sent.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 * @see https://spec.openapis.org/oas/v3.2.0#special-considerations-for-server-sent-events
 */
import { stringifyJson } from '../../json/stringify.ts';
import { isObject, type Json, type JsonObject, own } from '../../json/value.ts';

export function decodeEventStream(text: string): readonly Json[] {
  const events: Json[] = [];
  let fields = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line === '') {
      if (fields.size > 0) events.push(eventOf(fields));
      fields = new Map();
      continue;
    }
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (!FIELDS.includes(name)) continue;
    const known = name === 'data' ? fields.get(name) : undefined;
    fields.set(name, known === undefined ? value : `${known}\n${value}`);
  }
  return events;
}
const FIELDS: readonly string[] = ['data', 'event', 'id', 'retry'];

function eventOf(fields: ReadonlyMap<string, string>): Json {
  const event: Record<string, Json> = {};
  for (const [name, value] of fields) {
    if (name !== 'retry') event[name] = value;
    else if (/^\d+$/.test(value)) event[name] = Number(value);
  }
  return event;
}

/**
 * A list of events as text. An item that is no event, because the document describes what `data` holds, is written as
 * the JSON in `data`. Undefined when a field other than `data` holds a line break.
 */
export function encodeEventStream(items: readonly Json[]): string | undefined {
  let text = '';
  for (const item of items) {
    const event: JsonObject = isEvent(item) ? item : { data: stringifyJson(item) };
    for (const name of ['event', 'id', 'retry', 'data']) {
      const field = own(event, name);
      if (field === undefined) continue;
      const lines = typeof field === 'string' ? field : stringifyJson(field);
      if (name !== 'data' && /[\r\n]/.test(lines)) return undefined;
      for (const line of lines.split(/\r\n|\r|\n/)) text += `${name}: ${line}\n`;
    }
    text += '\n';
  }
  return text;
}

function isEvent(item: Json): item is JsonObject {
  return (
    isObject(item) && Object.keys(item).length > 0 && Object.keys(item).every(name => FIELDS.includes(name))
  );
}
