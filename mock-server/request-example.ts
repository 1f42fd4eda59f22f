/**
 * Whether a request is one that the document shows by name. Its answer is then the response's example of that name,
 * as tools that serve examples pair them. Knows names and values, and chooses no answer itself.
 */
import { decodeXml, encodeXml } from '../contract/http/body/xml.ts';
import { isXml } from '../contract/http/media-type.ts';
import type { RequestCheck } from '../contract/http/request.ts';
import { type Json, jsonEqual } from '../contract/json/value.ts';
import type { Example, MediaType, Operation } from '../contract/model.ts';

/** One name, and all that the document shows under it. */
export interface RequestExample {
  readonly name: string;
  /** By `path.id`, `query.limit`, …; the value each has to have. */
  readonly parameters: ReadonlyMap<string, Json>;
  /** Any of these is the body; empty where the name shows none. */
  readonly bodies: readonly Json[];
}

/** The named examples of an operation's requests that some response has an example of the same name for. */
export function requestExamples(operation: Operation): readonly RequestExample[] {
  const found = new Map<string, { parameters: Map<string, Json>; bodies: Json[] }>();
  const entry = (name: string): { parameters: Map<string, Json>; bodies: Json[] } => {
    const known = found.get(name) ?? { parameters: new Map(), bodies: [] };
    found.set(name, known);
    return known;
  };
  for (const parameter of operation.parameters) {
    for (const { name, value } of usable(parameter.examples)) {
      entry(name).parameters.set(`${parameter.in}.${parameter.name}`, value);
    }
  }
  for (const content of operation.requestBody?.content ?? []) {
    for (const { name, value } of usable(content.examples)) {
      const body = typeof value === 'string' && isXml(content.mediaType) ? readText(content, value) : value;
      if (body !== undefined) entry(name).bodies.push(body);
    }
  }
  if (found.size === 0) return NONE;
  const answered = new Set(
    operation.responses.flatMap(({ content }) => content.flatMap(({ examples }) => examples.map(nameOf))),
  );
  return [...found]
    .filter(([name]) => answered.has(name))
    .map(([name, { parameters, bodies }]) => ({ name, parameters, bodies }));
}
const NONE: readonly RequestExample[] = [];

function usable(examples: readonly Example[]): readonly { readonly name: string; readonly value: Json }[] {
  return examples.flatMap(({ name, value }) =>
    name === undefined || value === undefined ? [] : [{ name, value }],
  );
}

/** XML written out, as a request of the same text is read. */
function readText(content: MediaType, text: string): Json | undefined {
  const written = encodeXml(content, text);
  if (!('text' in written)) return undefined;
  const read = decodeXml(content, 'application/xml', new TextEncoder().encode(written.text), 'request');
  return 'value' in read ? read.value : undefined;
}

function nameOf({ name }: Example): string | undefined {
  return name;
}

/** The name of the example that a request equals in everything shown under it; of several the one that shows most. */
export function requestExample(
  examples: readonly RequestExample[],
  { values, body }: Pick<RequestCheck, 'values' | 'body'>,
): string | undefined {
  let best: RequestExample | undefined;
  for (const example of examples) {
    if (!equals(example, values, body)) continue;
    if (best === undefined || sizeOf(example) > sizeOf(best)) best = example;
  }
  return best?.name;
}

function equals(
  { parameters, bodies }: RequestExample,
  values: ReadonlyMap<string, Json>,
  body: Json | undefined,
): boolean {
  for (const [key, wanted] of parameters) {
    const value = values.get(key);
    if (value === undefined || !jsonEqual(value, wanted)) return false;
  }
  return bodies.length === 0 || (body !== undefined && bodies.some(wanted => jsonEqual(body, wanted)));
}

function sizeOf({ parameters, bodies }: RequestExample): number {
  return parameters.size + Math.min(bodies.length, 1);
}
