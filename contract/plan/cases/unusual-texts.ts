/**
 * Requests whose free texts are unusual, all of them at once: letters of other scripts, emoji and quotes, or more of them than
 * a column holds. A server may refuse those by a rule of its own; it may not fail, and what it takes it must answer as
 * the document says.
 */
import { serializeParameter } from '../../http/parameter-style.ts';
import { declaredProperty } from '../../http/schema-views.ts';
import { isArray, isObject, type Json } from '../../json/value.ts';
import type { Parameter, Schema } from '../../model.ts';
import { sample } from '../../schema/sample.ts';
import { isValid } from '../../schema/validate.ts';
import { replaced } from '../../schema/violate/spot.ts';
import type { Source } from '../../source.ts';
import { writeBody } from './body-value.ts';
import type { Basis, Draft, Step } from './draft.ts';
import { readsAs } from './parameter-value.ts';
import type { RequestParts, WrittenParameter } from './request-parts.ts';

interface Unusual {
  readonly words: string;
  /** The first that fits is taken: a text may be short of room. */
  readonly texts: readonly string[];
  /** Texts changed in one body, which is held against its schema after each, and must stay small enough to be taken. */
  readonly most: number;
}

const SCRIPTS: Unusual = {
  words: 'free texts of several scripts',
  texts: [`z\u00e9's "\u0645\u062b\u0627\u0644" e\u0301 \u{20bb7}\u{1f9ea}`, '\u00e9\u{1f9ea}', '\u{1f9ea}'],
  most: 40,
};
const LONG: Unusual = { words: 'long free texts', texts: ['abcdefgh'.repeat(512)], most: 8 };

const MAX_DEPTH = 6;

/** One request for each kind of text in the query and the path, and one for each in a body. */
export function* unusualTextCases(basis: Basis): Generator<Step> {
  if (basis.depth === 'examples') return;
  const parameters = new Map(basis.least.parameters);
  const changed = basis.operation.parameters.filter(parameter => {
    const written = unusualParameter(parameter);
    if (written !== undefined) parameters.set(parameter, written);
    return written !== undefined;
  });
  const [first] = changed;
  if (first !== undefined)
    yield draft(`parameters: ${SCRIPTS.words}`, first.source, { ...basis.least, parameters });
  const seen = new Set<Schema>();
  for (const { content } of basis.bodies) {
    const { schema, mediaType } = content;
    if (schema === undefined || seen.has(schema)) continue;
    seen.add(schema);
    const base = sample(schema, { direction: 'request', parts: 'all', seed: basis.seed });
    if (!('value' in base)) continue;
    const label = basis.bodies.length > 1 ? `${mediaType} body` : 'body';
    for (const unusual of [SCRIPTS, LONG]) {
      const value = withTexts(base.value, schema, unusual);
      if (value === base.value) continue;
      const name = `${label}: ${unusual.words}`;
      const written = writeBody(content, value);
      if ('why' in written) yield { kind: 'skip', reason: 'not-writable', what: name };
      else yield draft(name, content.source, { ...basis.least, body: written.body });
    }
  }
}

/** Headers and cookies hold no such texts, and long ones are no servers' business in an address. */
function unusualParameter(parameter: Parameter): WrittenParameter | undefined {
  const { in: place, schema, name } = parameter;
  if ((place !== 'query' && place !== 'path') || schema === undefined || !isFreeText(name, schema))
    return undefined;
  for (const text of SCRIPTS.texts) {
    if (!isValid(schema, text, 'request')) continue;
    const written = serializeParameter(parameter, text);
    if (written.where !== 'nowhere' && readsAs(parameter, written, text)) return written;
  }
  return undefined;
}

/** The value with unusual texts wherever its schema lets them stand; the value itself where it lets none. */
function withTexts(base: Json, schema: Schema, { texts, most }: Unusual): Json {
  let value = base;
  let left = most;
  for (const tokens of freeTexts(base, schema, '', [])) {
    if ((left -= 1) < 0) break;
    const changed = texts.map(text => replaced(value, tokens, text));
    value = changed.find(one => isValid(schema, one, 'request')) ?? value;
  }
  return value;
}

/** Where texts stand that are no more than texts, as far as declared properties and items tell. */
function* freeTexts(
  value: Json,
  schema: Schema | undefined,
  name: string,
  tokens: readonly (string | number)[],
): Generator<readonly (string | number)[], undefined> {
  if (schema === undefined || tokens.length > MAX_DEPTH) return;
  if (typeof value === 'string') {
    if (isFreeText(name, schema)) yield tokens;
  } else if (isArray(value)) {
    for (const [index, item] of value.entries())
      yield* freeTexts(item, schema.items, name, [...tokens, index]);
  } else if (isObject(value)) {
    for (const [key, part] of Object.entries(value))
      yield* freeTexts(part, declaredProperty(schema, key), key, [...tokens, key]);
  }
}

/** Neither of a form that the document names, nor the name of something else: that is refused before anybody reads it. */
function isFreeText(name: string, { format, contentEncoding, contentMediaType }: Schema): boolean {
  const plain = format === undefined && contentEncoding === undefined && contentMediaType === undefined;
  return plain && !/(^|[a-z0-9_-])(id|Id|ID|key|Key|code|Code)$/.test(name);
}

function draft(name: string, why: Source, parts: RequestParts): Draft {
  return { kind: 'draft', intent: 'positive', expectation: 'any', name, why, parts, fromExample: false };
}
