/**
 * JSON text to document, with what `JSON.parse` would let pass: keys that stand twice, and nesting without end. Apart from
 * YAML, so that a JSON document never loads a YAML parser.
 */
import { parseJson } from '../json/parse.ts';
import { joinPointer } from '../json/pointer.ts';
import { isArray, isObject, type Json } from '../json/value.ts';
import type { Problem } from '../problem.ts';
import type { Place, SourceDocument } from '../source.ts';
import type { DocumentAddress } from './document-of.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { jsonPlaces } from './json-place.ts';
import { LIMITS } from './limits.ts';
import { faultProblem, type TextFault, tooDeep } from './text-fault.ts';

export type ParsedDocument =
  | { readonly document: SourceDocument }
  | { readonly document: undefined; readonly problems: readonly Problem[] };

/**
 * Reads one JSON text.
 *
 * @param again - gives the text once more, so that it need not be kept for places that nobody may ask for
 */
export function parseJsonDocument(
  text: string,
  address: DocumentAddress,
  again?: () => string,
): ParsedDocument {
  const clean = withoutMark(text);
  const textOf = again === undefined ? () => clean : textAgain(clean.length, again);
  const read = readJson(clean, textOf);
  if ('faults' in read) {
    return { document: undefined, problems: read.faults.map(fault => faultProblem(fault, clean, address)) };
  }
  return { document: { ...address, value: read.value, text: textOf, locate: read.locate } };
}

/** The text without a byte order mark. */
export function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** A file may change after it was read; then its old places are gone, and an empty text has none. */
function textAgain(length: number, again: () => string): () => string {
  return () => {
    const text = withoutMark(again());
    return text.length === length ? text : '';
  };
}

/** Told by the first character; the name decides where both would do. */
export function looksLikeJson(text: string, name: string): boolean {
  const first = /\S/.exec(text)?.[0];
  // `{…}` in a .yaml file may be YAML's flow style, which has rules of its own.
  return (first === '{' || first === '[') && !/\.ya?ml$/i.test(name);
}

function readJson(
  text: string,
  textOf: () => string,
): { value: Json; locate: (pointer: string) => Place } | { faults: readonly TextFault[] } {
  const parsed = parseJson(text, { maxDepth: Number.POSITIVE_INFINITY });
  if ('error' in parsed) {
    const { message, line, column } = parsed.error;
    return {
      faults: [
        {
          rule: 'document-syntax',
          message: `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.?$/, '.')}`,
          place: { line, column },
          fix: 'Correct the JSON at this place.',
        },
      ],
    };
  }
  let places: ((pointer: string) => Place) | undefined;
  const locate = (pointer: string): Place => {
    places ??= jsonPlaces(textOf());
    return places(pointer);
  };
  const shape = measure(parsed.value);
  if ('tooDeep' in shape) return { faults: [tooDeep(jsonPlaces(text)(shape.tooDeep))] };
  const duplicates = duplicateKeys(text, shape.keys);
  return duplicates.length > 0 ? { faults: duplicates } : { value: parsed.value, locate };
}

/** Counts keys and stops at the depth limit, so the recursion is never deeper than that. */
function measure(value: Json): { readonly keys: number } | { readonly tooDeep: string } {
  let keys = 0;
  const visit = (item: Json, depth: number): readonly string[] | undefined => {
    if (depth > LIMITS.depth) return [];
    if (isObject(item)) {
      for (const key in item) {
        keys += 1;
        const child = item[key] as Json;
        if (typeof child !== 'object' || child === null) continue;
        const path = visit(child, depth + 1);
        if (path !== undefined) return [key, ...path];
      }
    } else if (isArray(item)) {
      for (let index = 0; index < item.length; index += 1) {
        const child = item[index] as Json;
        if (typeof child !== 'object' || child === null) continue;
        const path = visit(child, depth + 1);
        if (path !== undefined) return [String(index), ...path];
      }
    }
    return undefined;
  };
  const deep = visit(value, 1);
  return deep === undefined ? { keys } : { tooDeep: joinPointer('', ...deep) };
}
