/**
 * YAML text as JSON values, with places kept and limits held: aliases are shared rather than copied, an alias bomb is
 * counted before anybody walks it, and CloudFormation's short tags become the intrinsics they stand for.
 */
import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
} from 'yaml';
import { pointerTokens } from '../json/pointer.ts';
import { type Json, setOwn } from '../json/value.ts';
import type { Place } from '../source.ts';
import { LIMITS } from './limits.ts';
import { type TextFault, tooDeep } from './text-fault.ts';

export interface YamlDocument {
  readonly value: Json;
  readonly locate: (pointer: string) => Place;
}

/** Reads YAML 1.2 (JSON is YAML too). All syntax errors are reported at once. */
export function readYaml(text: string): YamlDocument | { readonly faults: readonly TextFault[] } {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const values = countCharacters(text, '\n') + countCharacters(text, ',');
  if (values > LIMITS.yamlValues) return { faults: [tooManyValues(values)] };
  let document: ReturnType<typeof parseDocument>;
  try {
    document = parseDocument(text, {
      lineCounter: lines,
      intAsBigInt: true,
      prettyErrors: false,
      // 'silent' would also pass over a second document in the same file.
      logLevel: 'error',
      // Looked for below, in one pass; the parser compares every key with every other.
      uniqueKeys: false,
      // Whatever a %YAML directive says: `yes` and dates are text, as OpenAPI wants (3.1.1, 4.1).
      schema: 'core',
    });
  } catch (error) {
    // The parser recurses; a text nested thousands of levels deep ends its stack before our own limit is reached.
    if (error instanceof RangeError) return { faults: [tooDeep({ line: 1, column: 1 })] };
    throw error;
  }
  // The parser's own stack ends long before a text of a few kilobytes does.
  const stack = document.errors.find(error => error.message.includes('call stack'));
  if (stack !== undefined) return { faults: [tooDeep(placeAt(stack.pos[0]))] };
  if (document.errors.length > 0) {
    // What is missing at the end of the text is shown at its last character, where there is something to see.
    const last = text.trimEnd().length - 1;
    return {
      faults: document.errors.map(error => ({
        rule: 'document-syntax',
        message:
          error.code === 'MULTIPLE_DOCS'
            ? 'A second YAML document begins here; a file holds one.'
            : `${error.message.replace(/\.?$/, '.')}`,
        place: placeAt(Math.max(0, Math.min(error.pos[0], last))),
        fix:
          error.code === 'TAB_AS_INDENT'
            ? 'Indent with blanks instead of tabs.'
            : error.code === 'MULTIPLE_DOCS'
              ? 'Put each document into a file of its own.'
              : 'Correct the YAML; quotes, indentation and colons are the usual suspects.',
      })),
    };
  }
  const root = document.contents as Node | null;
  const targets: AliasTargets = new Map();
  const conversion = convert(root, text.length, placeAt, targets);
  if ('faults' in conversion) return conversion;
  return { value: conversion.value, locate: pointer => locate(root, pointer, placeAt, targets) };
}

/** What each alias stands for, noted once: the library's own look-up walks the whole document every time. */
type AliasTargets = Map<Alias, Node>;

function countCharacters(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

function tooManyValues(values: number): TextFault {
  return {
    rule: 'document-size',
    message: `The YAML of this document has about ${values.toLocaleString('en')} lines and list items; up to ${LIMITS.yamlValues.toLocaleString('en')} are read.`,
    place: { line: 1, column: 1 },
    fix: 'Write it as JSON, which takes far less memory to read, or split it.',
  };
}

function duplicateKey(key: string, place: Place): TextFault {
  return {
    rule: 'document-duplicate-key',
    message: `The key "${key}" stands twice in this object.`,
    place,
    fix: 'Remove or rename one of the two.',
  };
}

/** Thrown inside this file only, to leave the recursion with a fault in hand. */
class Refused extends Error {
  readonly fault: TextFault;
  constructor(fault: TextFault) {
    super(fault.message);
    this.fault = fault;
  }
}

function convert(
  root: Node | null,
  length: number,
  placeAt: (offset: number) => Place,
  targets: AliasTargets,
): { readonly value: Json } | { readonly faults: readonly TextFault[] } {
  const shared = new Map<Node, { value: Json; size: number }>();
  const open = new Set<Node>();
  /** As met so far, in document order: an anchor may be set again, and an alias means the nearest before it. */
  const anchors = new Map<string, Node>();
  const twice: TextFault[] = [];
  const placeOf = (node: Node): Place => placeAt(node.range?.[0] ?? 0);
  const most = Math.max(LIMITS.expandedNodes / 50, Math.min(LIMITS.expandedNodes, length * LIMITS.expansion));

  const visit = (node: Node | null, depth: number): { value: Json; size: number } => {
    if (node === null) return { value: null, size: 1 };
    if (depth > LIMITS.depth) throw new Refused(tooDeep(placeOf(node)));
    if ('anchor' in node && node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target !== undefined) targets.set(node, target);
      if (target === undefined || open.has(target)) {
        throw new Refused({
          rule: 'document-syntax',
          message:
            target === undefined
              ? `The alias *${node.source} names no anchor.`
              : `The alias *${node.source} stands inside its own anchor.`,
          place: placeOf(node),
          fix: 'Use "$ref" for recursion; YAML aliases cannot express it.',
        });
      }
      const known = shared.get(target) ?? visit(target, depth);
      shared.set(target, known);
      return known;
    }
    if (isScalar(node)) return { value: tagged(node, scalar(node)), size: 1 };
    const known = shared.get(node);
    if (known !== undefined) return known;
    open.add(node);
    let size = 1;
    const count = (part: { value: Json; size: number }): Json => {
      size += part.size;
      if (size > most) {
        throw new Refused({
          rule: 'document-alias-bomb',
          message: `Written out, the YAML aliases of this document make more than ${Math.floor(most).toLocaleString('en')} values.`,
          place: placeOf(node),
          fix: 'Replace aliases of aliases by "$ref", or write the values out.',
        });
      }
      return part.value;
    };
    let value: Json;
    if (isMap(node)) {
      const object: Record<string, Json> = {};
      const written = new Set<string>();
      for (const pair of node.items) {
        const keyNode = pair.key as Node | null;
        if (isScalar(keyNode) && keyNode.anchor !== undefined) anchors.set(keyNode.anchor, keyNode);
        const key = keyText(isAlias(keyNode) ? (anchors.get(keyNode.source) ?? keyNode) : keyNode);
        const part = count(visit(pair.value as Node | null, depth + 1));
        if (key === '<<' && isScalar(keyNode) && keyNode.type === 'PLAIN') {
          merge(object, part);
          continue;
        }
        // As they are in JSON: there `200` and `"200"` are one key.
        if (written.has(key)) twice.push(duplicateKey(key, placeOf(keyNode ?? node)));
        written.add(key);
        setOwn(object, key, part);
      }
      value = object;
    } else if (isSeq(node)) {
      value = node.items.map(item =>
        count(visit((isPair(item) ? item.value : item) as Node | null, depth + 1)),
      );
    } else {
      value = null;
    }
    open.delete(node);
    const result = { value: tagged(node, value), size };
    if (node.anchor !== undefined) shared.set(node, result);
    return result;
  };

  try {
    const { value } = visit(root, 0);
    return twice.length > 0 ? { faults: twice } : { value };
  } catch (error) {
    if (error instanceof Refused) return { faults: [error.fault] };
    throw error;
  }
}

/** A key as written: API Gateway's integer response keys `200:` become `"200"`. */
function keyText(key: unknown): string {
  if (!isScalar(key)) return String(key ?? '');
  return key.type === 'PLAIN' && typeof key.source === 'string' ? key.source : String(key.value ?? '');
}

/** YAML 1.1's `<<`: earlier keys win. */
function merge(object: Record<string, Json>, part: Json): void {
  for (const source of Array.isArray(part) ? (part as readonly Json[]) : [part]) {
    if (typeof source !== 'object' || source === null) continue;
    for (const [key, value] of Object.entries(source)) {
      if (!Object.hasOwn(object, key)) setOwn(object, key, value as Json);
    }
  }
}

function scalar(node: Scalar): Json {
  const { value } = node;
  switch (typeof value) {
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case 'number':
      // `.inf` and `.nan` are no JSON; whoever wrote them in a document meant text or a mistake, and sees it so.
      return Number.isFinite(value) ? value : String(node.source ?? value);
    case 'string':
    case 'boolean':
      return value;
    case 'object':
      // An explicit `!!timestamp` or `!!binary`: JSON has the text.
      return value === null ? null : String(node.source ?? '');
    default:
      return null;
  }
}

/** `!Sub x` is CloudFormation's short form of `{ "Fn::Sub": "x" }`. */
function tagged(node: Node, value: Json): Json {
  const tag = 'tag' in node && typeof node.tag === 'string' ? node.tag : undefined;
  if (tag === undefined || !/^![A-Z]\w*$/.test(tag)) return value;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name === 'GetAtt' && typeof value === 'string') return { 'Fn::GetAtt': value.split('.') };
  return { [`Fn::${name}`]: value };
}

function locate(
  root: Node | null,
  pointer: string,
  placeAt: (offset: number) => Place,
  targets: AliasTargets,
): Place {
  let node: Node | null = root;
  let key: Node | undefined;
  for (const token of pointerTokens(pointer)) {
    if (node !== null && isAlias(node)) node = targets.get(node) ?? null;
    const found = step(node, token, targets);
    if (found === undefined) break;
    key = found.key;
    node = found.value;
  }
  const scalarHere = isScalar(node) && node.value !== null && node.range !== undefined && node.range !== null;
  const shown = scalarHere ? node : (key ?? node);
  const range = shown?.range;
  if (range === undefined || range === null) return { line: 1, column: 1 };
  const start = placeAt(range[0]);
  const end = placeAt(isScalar(shown) ? range[1] : range[0] + 1);
  return start.line === end.line ? { ...start, endColumn: end.column } : start;
}

function step(
  node: Node | null,
  token: string,
  targets: AliasTargets,
): { key: Node | undefined; value: Node | null } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(token)];
    return item === undefined ? undefined : { key: item as Node, value: item as Node };
  }
  if (!isMap(node)) return undefined;
  for (const pair of node.items) {
    if (keyText(pair.key) === token) return { key: pair.key as Node, value: pair.value as Node | null };
  }
  for (const pair of node.items) {
    if (keyText(pair.key) !== '<<') continue;
    const merged = isAlias(pair.value) ? (targets.get(pair.value) ?? null) : (pair.value as Node | null);
    const found = step(merged, token, targets);
    if (found !== undefined) return found;
  }
  return undefined;
}
