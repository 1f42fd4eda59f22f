/**
 * Makes a YAML or JSON text say another value by the fewest edits: what is the same in both values keeps its bytes, with
 * comments, order, quotes and alignment. What was written is read again before anybody gets it.
 */
import { isAlias, isMap, isSeq, type Pair, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import { stringifyJson } from '../json/stringify.ts';
import { entriesOf, isArray, isObject, type Json, type JsonObject, jsonEqual, own } from '../json/value.ts';
import type { SourceDocument } from '../source.ts';
import {
  applyEdits,
  blockText,
  columnOf,
  endOf,
  indentOfLine,
  insertion,
  jsonText,
  lastContent,
  startOf,
  type TextEdit,
} from './insert-members.ts';
import { parseDocument as readDocument } from './parse-document.ts';

export interface RewrittenText {
  readonly text: string;
  /** In the order of the text. */
  readonly edits: readonly TextEdit[];
}

/**
 * A document's text so that it says another value.
 *
 * @returns undefined when the text cannot be edited so that it would, as where a change lies behind an alias of YAML
 * @example
 * ```ts
 * import { parseDocument } from './contract/document/parse-document.ts';
 * import { rewriteText } from './contract/document/rewrite-text.ts';
 *
 * const { document } = parseDocument('a: 1 # one\n', { name: 'a.yaml', uri: 'memory:///a.yaml' });
 * if (document !== undefined) console.log(rewriteText(document, { a: 2, b: 3 })?.text); // a: 2 # one, then b: 3
 * ```
 */
export function rewriteText(document: SourceDocument, wanted: Json): RewrittenText | undefined {
  const text = document.text();
  const tree = parseDocument(text, { schema: 'core', uniqueKeys: false, logLevel: 'silent' });
  if (tree.errors.length > 0) return undefined;
  const edits: DeepEdit[] = [];
  const aliases: string[] = [];
  const whole = { text, node: tree.contents, depth: 0, edits, aliases };
  if (!rewritten(whole, document.value, wanted) || aliases.length > 0) return undefined;
  const newline = /\r?\n/.exec(text)?.[0] ?? '\n';
  // Where two begin at one place, the deeper belongs to what stands before it.
  const ordered = edits
    .toSorted((a, b) => a.start - b.start || b.depth - a.depth)
    .map(({ start, end, text: added }) => ({ start, end, text: added.replaceAll('\n', newline) }));
  if (ordered.some(({ start }, index) => start < (ordered[index - 1]?.end ?? 0))) return undefined;
  const changed = applyEdits(text, ordered);
  const again = readDocument(changed, { name: document.name, uri: document.uri });
  return again.document !== undefined && jsonEqual(again.document.value, wanted)
    ? { text: changed, edits: ordered }
    : undefined;
}

interface DeepEdit extends TextEdit {
  readonly depth: number;
}

/** A node of the text that is looked at. */
interface Spot {
  readonly text: string;
  readonly node: unknown;
  readonly depth: number;
  readonly edits: DeepEdit[];
  /** Keys of what would have to be written out, though it stands elsewhere. */
  readonly aliases: string[];
}

/** @returns false when the node does not let itself be changed alone */
function rewritten(spot: Spot, from: Json, to: Json): boolean {
  if (from === to || jsonEqual(from, to)) return true;
  if (isMap(spot.node) && isObject(from) && isObject(to)) return rewrittenMap(spot, spot.node, from, to);
  if (isSeq(spot.node) && isArray(from) && isArray(to)) return rewrittenList(spot, spot.node, from, to);
  return false;
}

function rewrittenMap(spot: Spot, map: YAMLMap, from: JsonObject, to: JsonObject): boolean {
  if (Object.keys(to).length === 0) return false;
  const add = (edit: TextEdit | undefined): boolean => {
    if (edit !== undefined) spot.edits.push({ ...edit, depth: spot.depth });
    return edit !== undefined;
  };
  const added = entriesOf(to).filter(([key]) => !Object.hasOwn(from, key));
  const gone = entriesOf(from).filter(([key]) => !Object.hasOwn(to, key));
  // Nothing that stays would tell where the new ones belong.
  if (added.length > 0 && gone.length === Object.keys(from).length) return false;
  for (const [key, value] of entriesOf(from)) {
    const pair = pairOf(map, key);
    if (pair === undefined) return false;
    const wanted = own(to, key);
    if (wanted === undefined) {
      if (!add(removal(spot.text, map, pair))) return false;
      continue;
    }
    if (value === wanted || jsonEqual(value, wanted)) continue;
    const before = spot.edits.length;
    const below = { ...spot, node: pair.value, depth: spot.depth + 1 };
    if (rewritten(below, value, wanted)) continue;
    spot.edits.length = before;
    if (isAlias(pair.value) && typeof wanted === 'object') spot.aliases.push(key);
    if (!add(replacement(spot.text, map, pair, wanted))) return false;
  }
  return added.length === 0 || add(insertion(spot.text, map, Object.fromEntries(added)));
}

/** Items that changed in their places, and items behind the last; anything else is another list. */
function rewrittenList(spot: Spot, list: YAMLSeq, from: readonly Json[], to: readonly Json[]): boolean {
  if (to.length < from.length || from.length === 0) return false;
  for (const [index, item] of from.entries()) {
    const below = { ...spot, node: list.items[index], depth: spot.depth + 1 };
    if (!rewritten(below, item, to[index] ?? null)) return false;
  }
  const added = to.slice(from.length);
  if (added.length === 0) return true;
  const start = startOf(list);
  const first = startOf(list.items[0]);
  const end = endOf(list.items.at(-1));
  if (start === undefined || first === undefined || end === undefined) return false;
  spot.edits.push({
    ...(list.flow === true
      ? inFlow(spot.text, { start, first, end }, added)
      : inBlock(spot.text, start, end, added)),
    depth: spot.depth,
  });
  return true;
}

function inBlock(text: string, start: number, end: number, added: readonly Json[]): TextEdit {
  const written = blockText(added, columnOf(text, start));
  const lineEnd = text.indexOf('\n', lastContent(text, end));
  const at = lineEnd === -1 ? text.length : lineEnd + 1;
  return { start: at, end: at, text: lineEnd === -1 ? `\n${written}\n` : `${written}\n` };
}

interface FlowList {
  readonly start: number;
  readonly first: number;
  readonly end: number;
}

function inFlow(text: string, { start, first, end }: FlowList, added: readonly Json[]): TextEdit {
  return { start: end, end, text: flowItems(text, start, first, added) };
}

function flowItems(text: string, start: number, first: number, added: readonly Json[]): string {
  if (!text.slice(start, first).includes('\n')) {
    return added.map(item => `, ${stringifyJson(item)}`).join('');
  }
  const indent = ' '.repeat(columnOf(text, first));
  const unit = Math.max(1, columnOf(text, first) - indentOfLine(text, start));
  return added.map(item => `,\n${indent}${jsonText(item, unit).replaceAll('\n', `\n${indent}`)}`).join('');
}

function pairOf(map: YAMLMap, wanted: string): Pair | undefined {
  const found = map.items.filter(({ key }) => nameOf(key) === wanted);
  return found.length === 1 ? found[0] : undefined;
}

function nameOf(key: unknown): string | undefined {
  return typeof key === 'object' && key !== null && 'value' in key ? String(key.value) : undefined;
}

/** The member's value anew; its key stays as it is written. */
function replacement(text: string, map: YAMLMap, { key, value }: Pair, wanted: Json): TextEdit | undefined {
  const keyStart = startOf(key);
  const keyEnd = endOf(key);
  if (keyStart === undefined || keyEnd === undefined) return undefined;
  const colon = text.indexOf(':', keyEnd);
  const start = startOf(value);
  const end =
    endOf(value) === undefined || start === undefined ? colon + 1 : lastContent(text, endOf(value) ?? 0);
  if (map.flow === true) {
    const indent = ' '.repeat(indentOfLine(text, keyStart));
    const unit = Math.max(1, indentOfLine(text, keyStart) - indentOfLine(text, startOf(map) ?? 0));
    const onOne = !text.slice(startOf(map) ?? 0, keyStart).includes('\n');
    const written = onOne ? stringifyJson(wanted) : jsonText(wanted, unit).replaceAll('\n', `\n${indent}`);
    return { start: colon + 1, end, text: ` ${written}` };
  }
  const column = columnOf(text, keyStart);
  const block = blockText({ k: wanted }, column).trimStart().slice('k:'.length);
  const rest = text.slice(end, lineEndOf(text, end)).trim();
  // What follows on the line, a comment, would become a part of a text in several lines.
  const written = block.includes('\n') && rest !== '' ? ` ${stringifyJson(wanted)}` : block;
  return { start: colon + 1, end: Math.max(end, colon + 1), text: written };
}

/** The member with its line, or with the comma that parts it from its neighbour. */
function removal(text: string, map: YAMLMap, pair: Pair): TextEdit | undefined {
  const start = startOf(pair.key);
  const end = endOf(pair.value) ?? endOf(pair.key);
  if (start === undefined || end === undefined) return undefined;
  const index = map.items.indexOf(pair);
  const next = startOf(map.items[index + 1]?.key);
  const previous = map.items[index - 1];
  if (map.flow === true) {
    if (next !== undefined) return { start, end: next, text: '' };
    const before = endOf(previous?.value) ?? endOf(previous?.key);
    return before === undefined ? undefined : { start: before, end, text: '' };
  }
  const line = start - columnOf(text, start);
  if (text.slice(line, start).trim() !== '') return undefined;
  return { start: line, end: Math.min(text.length, lineEndOf(text, lastContent(text, end)) + 1), text: '' };
}

function lineEndOf(text: string, offset: number): number {
  const end = text.indexOf('\n', lastContent(text, offset));
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** A value as the text of a new document. */
export function documentText(value: Json, format: 'json' | 'yaml'): string {
  return format === 'json'
    ? `${stringifyJson(value, 2)}\n`
    : stringify(value, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false });
}
