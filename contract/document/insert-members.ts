/**
 * Adds members to objects of a YAML or JSON text. Every byte that was there stays: comments, order, quotes and
 * alignment are its author's.
 */
import { type Document, isMap, isScalar, isSeq, parseDocument, stringify, type YAMLMap } from 'yaml';
import { pointerTokens } from '../json/pointer.ts';
import { stringifyJson } from '../json/stringify.ts';
import type { Json, JsonObject } from '../json/value.ts';

export interface Member {
  /** The object that gets it. */
  readonly pointer: string;
  readonly key: string;
  readonly value: Json;
}

/** The text with the members in it; undefined when one of the objects is not there, is none, or has the member. */
export function insertMembers(text: string, members: readonly Member[]): string | undefined {
  const document = parseDocument(text, { schema: 'core', uniqueKeys: false, logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  const edits: TextEdit[] = [];
  for (const { pointer, key, value } of members) {
    const map = nodeAt(document, pointer);
    const edit = isMap(map) && !hasKey(map, key) ? insertion(text, map, { [key]: value }) : undefined;
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return applyEdits(
    text,
    edits.toSorted((a, b) => a.start - b.start),
  );
}

/** A stretch of a text and what comes into its place. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** @param edits - in the order of the text, none reaching into the next */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let written = '';
  let at = 0;
  for (const { start, end, text: added } of edits) {
    written += text.slice(at, start) + added;
    at = end;
  }
  return written + text.slice(at);
}

function hasKey(map: YAMLMap, wanted: string): boolean {
  return map.items.some(({ key }) => isScalar(key) && String(key.value) === wanted);
}

/** Keys compare as texts: a status may be written as a number. */
function nodeAt(document: Document, pointer: string): unknown {
  let node: unknown = document.contents;
  for (const token of pointerTokens(pointer)) {
    if (isSeq(node)) node = node.items[Number(token)];
    else if (isMap(node))
      node = node.items.find(({ key }) => isScalar(key) && String(key.value) === token)?.value;
    else return undefined;
  }
  return node;
}

/** What puts members behind those that an object has; undefined when it cannot be said where. */
export function insertion(text: string, map: YAMLMap, members: JsonObject): TextEdit | undefined {
  if (map.range == null) return undefined;
  if (map.flow === true) return flowEdit(text, map, map.range, members);
  const [first] = map.items;
  const last = map.items.at(-1);
  const from = startOf(first?.key);
  const end = endOf(last?.value) ?? endOf(last?.key);
  if (from === undefined || end === undefined) return undefined;
  const indent = columnOf(text, from);
  const written = blockText(members, indent);
  const lineEnd = text.indexOf('\n', lastContent(text, end));
  const at = lineEnd === -1 ? text.length : lineEnd + 1;
  return { start: at, end: at, text: lineEnd === -1 ? `\n${written}\n` : `${written}\n` };
}

/** A value in YAML's block style, each line at a column. */
export function blockText(value: Json, indent: number): string {
  return stringify(value, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false })
    .trimEnd()
    .split('\n')
    .map(line => (line === '' ? '' : ' '.repeat(indent) + line))
    .join('\n');
}

/** Between braces: on a line of its own where the others are, else behind the last. JSON is a form of this. */
function flowEdit(
  text: string,
  map: YAMLMap,
  [start, end]: readonly [number, number, number],
  members: JsonObject,
): TextEdit | undefined {
  const close = text.lastIndexOf('}', end - 1);
  if (close < start) return undefined;
  const first = startOf(map.items[0]?.key);
  const last = map.items.at(-1);
  const lastEnd = endOf(last?.value) ?? endOf(last?.key);
  const pairs = (separator: string, valueText: (value: Json) => string): string =>
    Object.entries(members)
      .map(([key, value]) => `${JSON.stringify(key)}: ${valueText(value)}`)
      .join(separator);
  if (first === undefined || lastEnd === undefined) {
    return { start: start + 1, end: start + 1, text: ` ${pairs(', ', value => stringifyJson(value))} ` };
  }
  if (!text.slice(start, first).includes('\n')) {
    return { start: lastEnd, end: lastEnd, text: `, ${pairs(', ', value => stringifyJson(value))}` };
  }
  const indent = ' '.repeat(columnOf(text, first));
  const unit = Math.max(1, columnOf(text, first) - indentOfLine(text, start));
  const written = pairs(`,\n${indent}`, value => jsonText(value, unit).replaceAll('\n', `\n${indent}`));
  return { start: lastEnd, end: lastEnd, text: `,\n${indent}${written}` };
}

/** Integers beyond those of JavaScript stay exact, on one line. */
export function jsonText(value: Json, indent: number): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch {
    return stringifyJson(value);
  }
}

type Ranged = { readonly range?: readonly [number, number, number] | null };

export function startOf(node: unknown): number | undefined {
  return (node as Ranged | null | undefined)?.range?.[0];
}

export function endOf(node: unknown): number | undefined {
  const range = (node as Ranged | null | undefined)?.range;
  // A value that is not written at all ends where its key does.
  return range == null || (isScalar(node) && range[0] === range[1]) ? undefined : range[1];
}

/** The last character before an offset that is no blank and no line break. */
export function lastContent(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

export function indentOfLine(text: string, offset: number): number {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1);
  return line.length - line.trimStart().length;
}
