/**
 * What was generated last, as the collection itself remembers it: a short hash of each part of each item and folder. From
 * this a later run knows what people have changed, moved and removed since, and what it made itself.
 */
import { createHash } from 'node:crypto';
import { isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';

/** Newman and Postman run scripts that listen for something else, so this one is only kept. */
const LISTEN = 'rehearsal';
const OPENING = '// What was generated, so that changes by hand are seen and kept. Do not edit.';

/** The parts of an item that are told apart: each is the newest, or somebody's own. */
export const ITEM_PARTS = ['name', 'request', 'event', 'response', 'protocolProfileBehavior'] as const;
/** Those of a folder; what is in it stands for itself. */
export const FOLDER_PARTS = ['name', 'description'] as const;
/** Those of the whole. */
export const ROOT_PARTS = ['info', 'event', 'auth', 'variable', 'protocolProfileBehavior'] as const;

export interface GeneratedRecord {
  /** The hash of a part as it was generated; undefined for what was not. */
  readonly partOf: (id: string, part: string) => string | undefined;
  readonly has: (id: string) => boolean;
}

/** A collection with the record of what was generated, which is the same where nobody has changed anything. */
export function withRecord(collection: JsonObject, generated: JsonObject = collection): JsonObject {
  const record = { listen: LISTEN, script: { type: 'text/plain', exec: recordLines(generated) } };
  return { ...collection, event: [...scriptsOf(collection), record] };
}

/** Nobody has changed anything that was generated, or added to it. */
export function isUntouched(collection: Json): boolean {
  const exec = own(own(eventsOf(collection).find(isRecord), 'script'), 'exec');
  return isObject(collection) && JSON.stringify(recordLines(collection)) === JSON.stringify(exec);
}

function recordLines(collection: JsonObject): readonly string[] {
  return [OPENING, lineOf(ROOT, collection, ROOT_PARTS), ...linesIn(collection)];
}

/** Undefined where there is none, or somebody has taken it away. */
export function readRecord(collection: Json): GeneratedRecord | undefined {
  const exec = own(own(eventsOf(collection).find(isRecord), 'script'), 'exec');
  if (!isArray(exec)) return undefined;
  const rows = new Map<string, readonly string[]>();
  for (const line of exec) {
    const [id, hashes] = typeof line === 'string' ? line.split(' ') : [];
    if (id !== undefined && hashes !== undefined && /^(\w{12}|-)$/.test(id))
      rows.set(id, hashes.match(/.{4}/g) ?? []);
  }
  return rows.has(ROOT)
    ? {
        has: id => rows.has(shortId(id)),
        partOf: (id, part) => {
          const row = rows.get(id === ROOT ? ROOT : shortId(id));
          const parts: readonly string[] =
            id === ROOT ? ROOT_PARTS : row?.length === FOLDER_PARTS.length ? FOLDER_PARTS : ITEM_PARTS;
          return row?.[parts.indexOf(part)];
        },
      }
    : undefined;
}

/** Stands for the whole collection. */
export const ROOT = '-';

/** The scripts of a node without the record. */
export function scriptsOf(node: Json): readonly Json[] {
  return eventsOf(node).filter(event => !isRecord(event));
}

/** The same for the same value, in whatever order its keys stand; nothing at all is a value too. */
export function hashOf(value: Json | undefined): string {
  return createHash('sha256').update(sorted(value)).digest('base64url').slice(0, 4);
}

/** A part as it is compared: the record is no script. */
export function partOf(node: Json, part: string): Json | undefined {
  return part === 'event' ? scriptsOf(node) : own(node, part);
}

function linesIn(folder: Json): readonly string[] {
  const items = own(folder, 'item');
  if (!isArray(items)) return [];
  return items.filter(isObject).flatMap(item => {
    const id = String(own(item, 'id'));
    return isFolder(item)
      ? [lineOf(id, item, FOLDER_PARTS), ...linesIn(item)]
      : [lineOf(id, item, ITEM_PARTS)];
  });
}

function lineOf(id: string, node: Json, parts: readonly string[]): string {
  return `${id === ROOT ? ROOT : shortId(id)} ${parts.map(part => hashOf(partOf(node, part))).join('')}`;
}

export function isFolder(node: JsonObject): boolean {
  return isArray(own(node, 'item'));
}

function shortId(id: string): string {
  return id.replaceAll('-', '').slice(0, 12);
}

function eventsOf(node: Json): readonly Json[] {
  const events = own(node, 'event');
  return isArray(events) ? events : [];
}

function isRecord(event: Json): boolean {
  return own(event, 'listen') === LISTEN;
}

function sorted(value: Json | undefined): string {
  if (value === undefined) return '';
  if (isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (!isObject(value)) return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
  const pairs = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([key, member]) => `${JSON.stringify(key)}:${sorted(member)}`).join(',')}}`;
}
