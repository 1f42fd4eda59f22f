/** A valid value for a parameter, as it is written: an example if one is valid on the wire, else a sample. */
import { parseParameter, type RawParameter, serializeParameter } from '../../http/parameter-style.ts';
import { type Json, jsonEqual } from '../../json/value.ts';
import type { Example, Parameter } from '../../model.ts';
import { sample } from '../../schema/sample.ts';
import { isValid } from '../../schema/validate.ts';
import type { SourceDocument } from '../../source.ts';
import type { WrittenParameter } from './request-parts.ts';

export type ParameterValue =
  | { readonly written: WrittenParameter }
  | { readonly why: 'no-sample' | 'not-writable' };

/** Samples tried until one can be written where the parameter goes. */
const ATTEMPTS = 4;

/** Headers that belong to the connection; what is sent in them is not for a case to say. */
const FRAMING: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** True for a header that no case can choose. */
export function isFraming(parameter: Parameter): boolean {
  return parameter.in === 'header' && FRAMING.has(parameter.name.toLowerCase());
}

/** The examples of a parameter, wherever they stand. */
export function parameterExamples(parameter: Parameter): readonly Example[] {
  return parameter.examples.length > 0 ? parameter.examples : (parameter.content?.examples ?? []);
}

const known = new WeakMap<SourceDocument, Map<string, ParameterValue>>();
/** Seeds may come without end. */
const MOST_KEPT = 50_000;

/**
 * The value a parameter has in cases that are about something else. Made once for each place in the document, since
 * many operations share a parameter by reference.
 */
export function parameterValue(
  parameter: Parameter,
  parts: 'required' | 'all',
  seed: number,
): ParameterValue {
  const { document, pointer } = parameter.source;
  let ofDocument = known.get(document);
  if (ofDocument === undefined || ofDocument.size >= MOST_KEPT) known.set(document, (ofDocument = new Map()));
  const key = `${parts} ${seed} ${pointer}`;
  let value = ofDocument.get(key);
  if (value === undefined) ofDocument.set(key, (value = makeValue(parameter, parts, seed)));
  return value;
}

function makeValue(parameter: Parameter, parts: 'required' | 'all', seed: number): ParameterValue {
  if (isFraming(parameter)) return { why: 'not-writable' };
  if (seed === 0) {
    for (const { value } of parameterExamples(parameter)) {
      const written = value === undefined ? undefined : writeValid(parameter, value);
      if (written !== undefined) return { written };
    }
  }
  const schema = parameter.schema ?? parameter.content?.schema;
  if (schema === undefined) {
    const written = writeValid(parameter, 'sample');
    return written === undefined ? { why: 'not-writable' } : { written };
  }
  let why: 'no-sample' | 'not-writable' = 'no-sample';
  for (const form of parts === 'all'
    ? (['all', 'typical', 'required'] as const)
    : (['required', 'typical', 'all'] as const)) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const made = sample(schema, {
        direction: 'request',
        parts: form,
        seed: seed + attempt,
        name: parameter.name,
      });
      if (!('value' in made)) break;
      const written = writeValid(parameter, made.value);
      if (written !== undefined) return { written };
      why = 'not-writable';
    }
    if (why === 'no-sample') break;
  }
  return { why };
}

/** The value as written, when what is written reads back as something valid. */
export function writeValid(parameter: Parameter, value: Json): WrittenParameter | undefined {
  const written = serializeParameter(parameter, value);
  return written.where !== 'nowhere' && readsValid(parameter, written) ? written : undefined;
}

/** Whether what is written reads back as this very value: `null` in a query, say, is the text of that name. */
export function readsAs(parameter: Parameter, written: WrittenParameter, value: Json): boolean {
  const read = parseParameter(parameter, rawOf(written));
  return 'value' in read && read.value !== undefined && jsonEqual(read.value, value);
}

/** Whether what is written reads back as something that the parameter allows. */
export function readsValid(parameter: Parameter, written: WrittenParameter): boolean {
  const read = parseParameter(parameter, rawOf(written));
  if (!('value' in read) || read.value === undefined) return false;
  const schema = parameter.schema ?? parameter.content?.schema;
  return schema === undefined || isValid(schema, read.value, 'request');
}

function rawOf(written: WrittenParameter): RawParameter {
  return written.where === 'query'
    ? written.pairs.map(([name, text]) => `${name}=${text}`).join('&')
    : written.text;
}
