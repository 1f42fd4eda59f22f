/**
 * What every builder is handed: the documents, the place for problems, and how a `$ref` is followed. This is the
 * only file that knows what a reference looks like.
 */

import { joinPointer, pointerTokens } from '../json/pointer.ts';
import { isObject, type Json, type JsonObject, own } from '../json/value.ts';
import type { Contract, Dialect, ExternalValue, Operation, Schema } from '../model.ts';
import type { Problem } from '../problem.ts';
import { below, type Source, type SourceDocument } from '../source.ts';

/** A value together with where it stands. */
export interface Node {
  readonly raw: Json;
  readonly source: Source;
}

/** A node known to be an object. */
export interface ObjectNode extends Node {
  readonly raw: JsonObject;
}

/** Why a document that a `$ref` names is not there: refused by rule, missing or unreadable. */
export interface Unavailable {
  readonly rule: 'reference-outside' | 'reference-remote' | 'reference-file' | 'document-unreadable';
  readonly message: string;
  readonly fix: string;
}

export interface BuildContext {
  readonly dialect: Dialect;
  readonly contract: () => Contract;
  /** Every document that can be reached, by absolute URI without fragment. */
  readonly documents: ReadonlyMap<string, SourceDocument | Unavailable>;
  /** The files that examples name, by absolute URI. */
  readonly externals: ReadonlyMap<string, ExternalValue>;
  readonly report: (problem: Problem) => void;
  /** Schema nodes by document and pointer: one node a place, so that recursion is a cycle. */
  readonly schemas: Map<SourceDocument, Map<string, Schema>>;
  /** `$id` and `$anchor` tables, made on the first `$ref` that needs one. */
  readonly identifiers: Map<SourceDocument, ReadonlyMap<string, string>>;
  readonly operationById: (id: string) => Operation | undefined;
  readonly operationAt: (pointer: string) => Operation | undefined;
}

/** A computation that runs once, when first asked. */
export function lazy<T>(compute: () => T): () => T {
  let done = false;
  let value: T | undefined;
  return () => {
    if (!done) {
      value = compute();
      done = true;
    }
    return value as T;
  };
}

/** The child under a key, if there is one. */
export function child(node: Node, key: string | number): Node | undefined {
  const raw = Array.isArray(node.raw) ? node.raw[Number(key)] : own(node.raw, String(key));
  return raw === undefined ? undefined : { raw, source: below(node.source, key) };
}

/** The children of an object or array, in order; vendor extensions left out unless asked for. */
export function children(node: Node | undefined, withExtensions = false): [string, Node][] {
  if (node === undefined || typeof node.raw !== 'object' || node.raw === null) return [];
  return Object.keys(node.raw)
    .filter(key => withExtensions || !key.startsWith('x-'))
    .map(key => [key, { raw: (node.raw as JsonObject)[key] as Json, source: below(node.source, key) }]);
}

/** The `x-…` members of an object. */
export function extensionsOf(raw: Json): ReadonlyMap<string, Json> {
  if (!isObject(raw)) return NO_EXTENSIONS;
  const keys = Object.keys(raw).filter(key => key.startsWith('x-'));
  return keys.length === 0 ? NO_EXTENSIONS : new Map(keys.map(key => [key, raw[key] as Json]));
}
const NO_EXTENSIONS: ReadonlyMap<string, Json> = new Map();

/** A string member; anything else is left to the lint rules, which know the specification's meta-schema. */
export function stringOf(raw: Json, key: string): string | undefined {
  const value = own(raw, key);
  return typeof value === 'string' ? value : intrinsicText(value);
}

/**
 * CloudFormation stands where a string belongs: `{ "Fn::Sub": "…" }`. The text inside is what can be shown; the
 * document keeps the intrinsic.
 */
function intrinsicText(value: Json | undefined): string | undefined {
  if (!isIntrinsic(value)) return undefined;
  const inner = Object.values(value)[0];
  return typeof inner === 'string' ? inner : undefined;
}

/** True for a CloudFormation intrinsic: `Ref`, `Condition` or one `Fn::…` key. */
export function isIntrinsic(value: Json | undefined): value is JsonObject {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  const key = keys[0];
  return keys.length === 1 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'));
}

/**
 * Follows `$ref` until something else stands there. Reports and returns undefined when the chain leads nowhere, out
 * of bounds or back to itself.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#reference-object
 */
export function settle(context: BuildContext, node: Node | undefined): Node | undefined {
  let current = node;
  // Most nodes are what they are.
  let seen: Set<string> | undefined;
  while (current !== undefined) {
    const ref: Json | undefined = own(current.raw, '$ref');
    if (typeof ref !== 'string') return current;
    seen ??= new Set();
    const key = `${current.source.document.uri}#${current.source.pointer}`;
    if (seen.has(key)) {
      context.report({
        rule: 'reference-circular',
        severity: 'fatal',
        message: `"$ref": ${JSON.stringify(ref)} leads back to itself, so it never names anything.`,
        source: below(current.source, '$ref'),
        fix: 'Point it at the object that is meant, or write the object here.',
      });
      return undefined;
    }
    seen.add(key);
    current = resolve(context, ref, current.source);
  }
  return undefined;
}

/** `settle`, for a place where only an object makes sense. */
export function settleObject(context: BuildContext, node: Node | undefined): ObjectNode | undefined {
  const settled = settle(context, node);
  return settled !== undefined && isObject(settled.raw) ? (settled as ObjectNode) : undefined;
}

/**
 * The node that one `$ref` names. A pointer may pass through another reference, as swagger-parser lets it.
 *
 * @param from - the object that holds the reference
 */
export function resolve(
  context: BuildContext,
  ref: string,
  from: Source,
  trail: ReadonlySet<string> = NO_TRAIL,
): Node | undefined {
  // Within a document the same text always names the same node.
  const isLocal = ref.startsWith('#/') && trail.size === 0;
  const known = isLocal ? namedIn(context, from.document) : undefined;
  const before = known?.get(ref);
  if (before !== undefined) return before;
  const source = below(from, '$ref');
  const hash = ref.indexOf('#');
  const address = hash === -1 ? ref : ref.slice(0, hash);
  const fragment = hash === -1 ? '' : decodeFragment(ref.slice(hash + 1));
  const document = address === '' ? from.document : documentFor(context, address, from.document, source);
  if (document === undefined) return undefined;

  let pointer: string | undefined = fragment;
  if (fragment !== '' && !fragment.startsWith('/')) {
    pointer = identifiersOf(context, document).get(`#${fragment}`);
  } else if (address !== '') {
    // A `$id` inside the same file may name a subschema by an address that no file has.
    const base = identifiersOf(context, from.document).get(address);
    if (base !== undefined) pointer = base + fragment;
  }
  const found = pointer === undefined ? undefined : walk(context, document, pointer, trail);
  if (found === undefined) {
    context.report({
      rule: 'reference-missing',
      severity: 'fatal',
      message: `"$ref": ${JSON.stringify(ref)} names nothing${address === '' ? ' in this document' : ` in ${document.name}`}.`,
      source,
      fix: nearestFix(document, pointer ?? ''),
    });
  }
  if (found !== undefined) known?.set(ref, found);
  return found;
}

const named = new WeakMap<BuildContext, Map<SourceDocument, Map<string, Node>>>();

/** What references were found to name, by document. */
function namedIn(context: BuildContext, document: SourceDocument): Map<string, Node> {
  const documents = named.get(context) ?? new Map<SourceDocument, Map<string, Node>>();
  named.set(context, documents);
  const nodes = documents.get(document) ?? new Map<string, Node>();
  documents.set(document, nodes);
  return nodes;
}

const NO_TRAIL: ReadonlySet<string> = new Set();

function walk(
  context: BuildContext,
  document: SourceDocument,
  pointer: string,
  trail: ReadonlySet<string>,
): Node | undefined {
  let at: Node = { raw: document.value, source: { document, pointer: '' } };
  for (const token of pointerTokens(pointer)) {
    const next = step(at, token) ?? stepThrough(context, at, token, trail);
    if (next === undefined) return undefined;
    at = next;
  }
  return at;
}

function step(node: Node, token: string): Node | undefined {
  return Array.isArray(node.raw) && !/^\d+$/.test(token) ? undefined : child(node, token);
}

/** The child of what a reference on the way names. */
function stepThrough(
  context: BuildContext,
  node: Node,
  token: string,
  trail: ReadonlySet<string>,
): Node | undefined {
  const ref = own(node.raw, '$ref');
  const place = `${node.source.document.uri}#${node.source.pointer}`;
  if (typeof ref !== 'string' || trail.has(place)) return undefined;
  const behind = new Set([...trail, place]);
  const target = resolve(context, ref, node.source, behind);
  return target && (step(target, token) ?? stepThrough(context, target, token, behind));
}

/** True when a reference would lead somewhere; nothing is reported. */
export function leadsSomewhere(context: BuildContext, ref: string, from: Source): boolean {
  return resolve({ ...context, report: () => {} }, ref, from) !== undefined;
}

/** A percent-encoded fragment as text; one that is wrongly encoded stands for itself. */
export function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function documentFor(
  context: BuildContext,
  address: string,
  from: SourceDocument,
  source: Source,
): SourceDocument | undefined {
  if (identifiersOf(context, from).has(address)) return from;
  const uri = absolute(address, from.uri);
  const found = uri === undefined ? undefined : context.documents.get(uri);
  if (found !== undefined && 'value' in found) return found;
  const remote = uri !== undefined && /^https?:/.test(uri);
  context.report({
    severity: 'fatal',
    source,
    ...(found ?? {
      rule: remote ? ('reference-remote' as const) : ('reference-file' as const),
      message: remote
        ? `"$ref": ${JSON.stringify(address)} is a URL, and URLs are not fetched.`
        : `"$ref": ${JSON.stringify(address)} names a file that was not read.`,
      fix: remote
        ? 'Copy the file beside the document, or allow fetching with --allow-remote.'
        : 'Read the document from its file, so that files beside it can be found.',
    }),
  });
  return undefined;
}

/** An address made absolute against a document's; undefined when it is no URI at all. */
export function absolute(address: string, base: string): string | undefined {
  try {
    const url = new URL(address, base);
    url.hash = '';
    return url.href;
  } catch {
    return undefined;
  }
}

/** Tells the nearest thing that does exist, since most broken pointers are one typing slip away. */
function nearestFix(document: SourceDocument, pointer: string): string {
  const tokens = pointerTokens(pointer.startsWith('/') ? pointer : '');
  let raw: Json | undefined = document.value;
  for (const [index, token] of tokens.entries()) {
    const next: Json | undefined = own(raw, token);
    if (next === undefined) {
      const where = `#${joinPointer('', ...tokens.slice(0, index))}`;
      const known = isObject(raw) ? Object.keys(raw) : [];
      const near =
        known.find(key => key.toLowerCase() === token.toLowerCase()) ?? known.find(key => slip(key, token));
      if (near !== undefined) return `Did you mean "${near}"? It stands under ${where}.`;
      return known.length > 0 && known.length <= 8
        ? `Under ${where} there are: ${known.join(', ')}.`
        : `Add "${token}" under ${where}, or correct the reference.`;
    }
    raw = next;
  }
  return 'Correct the reference.';
}

/** One letter wrong, missing or too many. */
function slip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}

/** `$anchor`, `$dynamicAnchor` and `$id` of a document: `#name` or address to pointer. Walked once, and only on demand. */
function identifiersOf(context: BuildContext, document: SourceDocument): ReadonlyMap<string, string> {
  const known = context.identifiers.get(document);
  if (known !== undefined) return known;
  const table = new Map<string, string>();
  // Before 3.1 neither keyword exists, and the walk would be for nothing.
  if (context.dialect === '3.1' || context.dialect === '3.2')
    collectIdentifiers(document.value, '', table, new Set());
  context.identifiers.set(document, table);
  return table;
}

function collectIdentifiers(raw: Json, pointer: string, table: Map<string, string>, seen: Set<Json>): void {
  if (typeof raw !== 'object' || raw === null || seen.has(raw)) return;
  seen.add(raw);
  for (const keyword of ['$anchor', '$dynamicAnchor']) {
    const anchor = own(raw, keyword);
    if (typeof anchor === 'string' && !table.has(`#${anchor}`)) table.set(`#${anchor}`, pointer);
  }
  const id = own(raw, '$id');
  if (typeof id === 'string' && pointer !== '') table.set(id, pointer);
  for (const key of Object.keys(raw)) {
    collectIdentifiers((raw as JsonObject)[key] as Json, joinPointer(pointer, key), table, seen);
  }
}
