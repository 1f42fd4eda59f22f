/**
 * Where a JSON pointer stands in a JSON text, without keeping a tree of places: containers on the way are scanned
 * once and remembered, so that a thousand problems in a 13 MB document cost about one pass over it.
 */
import { pointerTokens } from '../json/pointer.ts';
import type { Place } from '../source.ts';
import { lineTable } from './lines.ts';

interface Entry {
  /** Offset of the key, or of the value inside an array. */
  readonly key: number;
  readonly value: number;
}

/** A function from pointer to place over one well-formed JSON text. */
export function jsonPlaces(text: string): (pointer: string) => Place {
  const placeOf = lineTable(text);
  const containers = new Map<number, ReadonlyMap<string, Entry>>();
  return pointer => {
    const start = skipSpace(text, 0);
    let entry: Entry = { key: start, value: start };
    for (const token of pointerTokens(pointer)) {
      let entries = containers.get(entry.value);
      if (entries === undefined) {
        entries = entriesAt(text, entry.value);
        containers.set(entry.value, entries);
      }
      const next = entries.get(token);
      if (next === undefined) break;
      entry = next;
    }
    return placeOfEntry(text, entry, placeOf);
  };
}

/** A scalar is shown at its value, an object or list at its key, which is the line people look for. */
function placeOfEntry(text: string, entry: Entry, placeOf: (offset: number) => Place): Place {
  const container = text[entry.value] === '{' || text[entry.value] === '[';
  const start = container ? entry.key : entry.value;
  const place = placeOf(start);
  const end = container && entry.key === entry.value ? start + 1 : skipValue(text, start);
  const endPlace = placeOf(end);
  return endPlace.line === place.line ? { ...place, endColumn: endPlace.column } : place;
}

function entriesAt(text: string, start: number): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const open = text[start];
  if (open !== '{' && open !== '[') return entries;
  let at = skipSpace(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index += 1) {
    const key = at;
    let name = String(index);
    if (open === '{') {
      const end = skipValue(text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    entries.set(name, { key, value: at });
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return entries;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 0xfeff)) at += 1;
  return at;
}

/** The offset just after the value (or key) at `start`. */
function skipValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return skipString(text, start);
  if (first !== '{' && first !== '[') {
    const end = /[\s,\]}]/g;
    end.lastIndex = start;
    return end.exec(text)?.index ?? text.length;
  }
  const structure = /["{}[\]]/g;
  structure.lastIndex = start;
  let depth = 0;
  for (let found = structure.exec(text); found !== null; found = structure.exec(text)) {
    if (found[0] === '"') structure.lastIndex = skipString(text, found.index);
    else depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
    if (depth === 0) return found.index + 1;
  }
  return text.length;
}

function skipString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
}
