/**
 * Adds members to objects of a YAML or JSON text. Every byte that was there stays: comments, order, quotes and
 * alignment are its author's.
 */
import { type Document, isMap, isScalar, isSeq, parseDocument, stringify, type YAMLMap } from 'yaml';
import { pointerTokens } from '../../../contract/json/pointer.ts';
import { stringifyJson } from '../../../contract/json/stringify.ts';
import type { Json } from '../../../contract/json/value.ts';

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
  const edits: { readonly at: number; readonly text: string }[] = [];
  for (const { pointer, key, value } of members) {
    const map = nodeAt(document, pointer);
    const edit = isMap(map) && !hasKey(map, key) ? editOf(text, map, key, value) : undefined;
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return edits
    .toSorted((a, b) => b.at - a.at)
    .reduce((before, edit) => before.slice(0, edit.at) + edit.text + before.slice(edit.at), text);
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

function editOf(
  text: string,
  map: YAMLMap,
  key: string,
  value: Json,
): { readonly at: number; readonly text: string } | undefined {
  if (map.range == null) return undefined;
  if (map.flow === true) return flowEdit(text, map, map.range, key, value);
  const [first] = map.items;
  const last = map.items.at(-1);
  const from = startOf(first?.key);
  const end = endOf(last?.value) ?? endOf(last?.key);
  if (from === undefined || end === undefined) return undefined;
  const indent = columnOf(text, from);
  const lines = stringify({ [key]: value }, { lineWidth: 0, compat: 'yaml-1.1' })
    .trimEnd()
    .split('\n');
  const written = lines.map(line => (line === '' ? '' : ' '.repeat(indent) + line)).join('\n');
  const lineEnd = text.indexOf('\n', lastContent(text, end));
  return lineEnd === -1
    ? { at: text.length, text: `\n${written}\n` }
    : { at: lineEnd + 1, text: `${written}\n` };
}

/** Between braces: on a line of its own where the others are, else behind the last. JSON is a form of this. */
function flowEdit(
  text: string,
  map: YAMLMap,
  [start, end]: readonly [number, number, number],
  key: string,
  value: Json,
): { readonly at: number; readonly text: string } | undefined {
  const close = text.lastIndexOf('}', end - 1);
  if (close < start) return undefined;
  const first = startOf(map.items[0]?.key);
  const last = map.items.at(-1);
  const lastEnd = endOf(last?.value) ?? endOf(last?.key);
  const name = JSON.stringify(key);
  if (first === undefined || lastEnd === undefined) {
    return { at: start + 1, text: ` ${name}: ${stringifyJson(value)} ` };
  }
  if (!text.slice(start, first).includes('\n')) {
    return { at: lastEnd, text: `, ${name}: ${stringifyJson(value)}` };
  }
  const indent = ' '.repeat(columnOf(text, first));
  const unit = Math.max(1, columnOf(text, first) - indentOfLine(text, start));
  const written = jsonText(value, unit).replaceAll('\n', `\n${indent}`);
  return { at: lastEnd, text: `,\n${indent}${name}: ${written}` };
}

/** Integers beyond those of JavaScript stay exact, on one line. */
function jsonText(value: Json, indent: number): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch {
    return stringifyJson(value);
  }
}

type Ranged = { readonly range?: readonly [number, number, number] | null };

function startOf(node: unknown): number | undefined {
  return (node as Ranged | null | undefined)?.range?.[0];
}

function endOf(node: unknown): number | undefined {
  const range = (node as Ranged | null | undefined)?.range;
  // A value that is not written at all ends where its key does.
  return range == null || (isScalar(node) && range[0] === range[1]) ? undefined : range[1];
}

/** The last character before an offset that is no blank and no line break. */
function lastContent(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function indentOfLine(text: string, offset: number): number {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1);
  return line.length - line.trimStart().length;
}
