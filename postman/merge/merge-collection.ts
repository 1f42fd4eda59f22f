/**
 * A collection that people have changed and one made anew, put together: what they added, changed, moved and removed stays
 * as they have it, and everything else becomes what it is now. What was generated last stands in the collection itself.
 */
import { isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import { mergeScripts } from './merge-scripts.ts';
import {
  FOLDER_PARTS,
  type GeneratedRecord,
  hashOf,
  ITEM_PARTS,
  isFolder,
  partOf,
  ROOT,
  ROOT_PARTS,
  scriptsOf,
} from './record.ts';

export interface MergedCollection {
  /** Without a record of its own. */
  readonly collection: JsonObject;
  readonly counts: MergeCounts;
}

export interface MergeCounts {
  /** Items that nobody generated. */
  own: number;
  /** Generated ones that somebody has changed; the part that was changed stays. */
  changed: number;
  /** Generated ones that somebody has removed; they do not come back. */
  removed: number;
  /** Changed ones that would not be generated any more; they stay. */
  outlived: number;
}

/** @param before - the collection as it stands, with what `record` knows of it */
export function mergeCollection(before: Json, made: JsonObject, record: GeneratedRecord): MergedCollection {
  const merge: Merge = {
    record,
    made: nodesIn(made),
    byCase: casesIn(made),
    placed: new Set(),
    present: new Set(),
    counts: { own: 0, changed: 0, removed: 0, outlived: 0 },
  };
  for (const [, node] of nodesIn(before)) merge.present.add(idOf(node, merge));
  const kept = itemsOf(before).flatMap(node => mergedNode(node, merge));
  const item = withNew(kept, itemsOf(made), merge);
  const root = mergedParts(ROOT, before, made, ROOT_PARTS, record);
  return {
    collection: {
      ...withParts(asObject(before), ROOT_PARTS, {
        ...root.parts,
        info: infoOf(before, made, record),
        variable: variablesOf(root.parts['variable'], made),
      }),
      item,
    },
    counts: merge.counts,
  };
}

interface Merge {
  readonly record: GeneratedRecord;
  /** Folders and items made anew, by id. */
  readonly made: ReadonlyMap<string, JsonObject>;
  /** The ids of items by what their scripts say they are; Postman gives ids of its own when it exports. */
  readonly byCase: ReadonlyMap<string, string>;
  /** Ids of all that stands somewhere before. */
  readonly present: Set<string>;
  /** Ids of those whose place is settled; a second one of the same id is a copy, and somebody's own. */
  readonly placed: Set<string>;
  readonly counts: MergeCounts;
}

/** None for what is generated no longer and nobody has changed. */
function mergedNode(node: JsonObject, merge: Merge): readonly JsonObject[] {
  const { record, made, placed, counts } = merge;
  const id = idOf(node, merge);
  const fresh = placed.has(id) ? undefined : made.get(id);
  const isGenerated = fresh !== undefined || (record.has(id) && !placed.has(id));
  if (isGenerated) placed.add(id);
  if (isFolder(node)) {
    const item = itemsOf(node).flatMap(child => mergedNode(child, merge));
    if (!isGenerated) return [{ ...node, item }];
    const filled = withNew(item, fresh === undefined ? [] : itemsOf(fresh), merge);
    if (filled.length === 0 && fresh === undefined) return [];
    const { parts } = mergedParts(id, node, fresh ?? node, FOLDER_PARTS, record);
    return [{ ...withParts(node, FOLDER_PARTS, parts), item: filled }];
  }
  if (!isGenerated) {
    counts.own += 1;
    return [node];
  }
  const { parts, changed } = mergedParts(id, node, fresh ?? node, ITEM_PARTS, record);
  if (fresh === undefined) {
    if (!changed) return [];
    counts.outlived += 1;
    return [node];
  }
  if (changed) counts.changed += 1;
  return [changed ? withParts(node, ITEM_PARTS, parts) : { ...fresh, id: own(node, 'id') ?? id }];
}

/** What is new goes behind what it comes after in the collection made anew. What somebody removed stays away. */
function withNew(
  kept: readonly JsonObject[],
  fresh: readonly JsonObject[],
  merge: Merge,
): readonly JsonObject[] {
  const { record, placed, present, counts } = merge;
  const all = [...kept];
  let after: string | undefined;
  for (const node of fresh) {
    const id = String(own(node, 'id'));
    if (!placed.has(id) && !present.has(id)) {
      if (!isFolder(node) && record.has(id)) counts.removed += 1;
      else {
        placed.add(id);
        const item = isFolder(node) ? withNew([], itemsOf(node), merge) : undefined;
        const one = item === undefined ? node : { ...node, item };
        const at = all.findIndex(other => own(other, 'id') === after) + 1;
        if (item?.length !== 0) all.splice(after === undefined ? 0 : at === 0 ? all.length : at, 0, one);
      }
    }
    if (all.some(other => own(other, 'id') === id)) after = id;
  }
  return all;
}

interface MergedParts {
  readonly parts: JsonObject;
  /** Somebody has changed one. */
  readonly changed: boolean;
}

/** Each part as it is now, but for those that somebody has changed. */
function mergedParts(
  id: string,
  before: Json,
  made: Json,
  names: readonly string[],
  record: GeneratedRecord,
): MergedParts {
  const parts: Record<string, Json> = {};
  let changed = false;
  for (const part of names) {
    const [old, fresh] = [partOf(before, part), partOf(made, part)];
    const isSame = record.partOf(id, part) === hashOf(old);
    if (!isSame) changed = true;
    const merged = isSame ? fresh : part === 'event' ? mergeScripts(scriptsOf(before), scriptsOf(made)) : old;
    if (merged !== undefined) parts[part] = merged;
  }
  return { parts, changed };
}

/** Its sentence says what it was made of, so that one is always the newest; a title of somebody's own stays. */
function infoOf(before: Json, made: JsonObject, record: GeneratedRecord): Json {
  const [old, fresh] = [own(before, 'info'), own(made, 'info')];
  if (fresh === undefined) return old ?? {};
  return record.partOf(ROOT, 'info') === hashOf(old)
    ? fresh
    : { ...asObject(old), version: own(fresh, 'version') ?? '' };
}

/** Somebody's own stand among ours, and new ones come. */
function variablesOf(merged: Json | undefined, made: JsonObject): Json {
  const all = isArray(merged) ? merged : [];
  const names = new Set(all.map(one => own(one, 'key')));
  const fresh = own(made, 'variable');
  return [...all, ...(isArray(fresh) ? fresh.filter(one => !names.has(own(one, 'key'))) : [])];
}

/** Keys stay in their order, so that a review shows only what is other. */
function withParts(node: JsonObject, names: readonly string[], parts: JsonObject): JsonObject {
  const kept = Object.entries(node).flatMap(([name, value]) => {
    if (!names.includes(name)) return [[name, value] as const];
    const part = own(parts, name);
    return part === undefined ? [] : [[name, part] as const];
  });
  return { ...Object.fromEntries(kept), ...parts };
}

/** As generated, where it can be told: by its id, else by the case that its script names. */
function idOf(node: JsonObject, { made, record, byCase }: Merge): string {
  const id = String(own(node, 'id'));
  if (made.has(id) || record.has(id)) return id;
  return (isFolder(node) ? undefined : byCase.get(caseOf(node) ?? '')) ?? id;
}

function nodesIn(folder: Json): ReadonlyMap<string, JsonObject> {
  return new Map(
    itemsOf(folder).flatMap(node => [[String(own(node, 'id')), node] as const, ...nodesIn(node)]),
  );
}

function casesIn(folder: Json): ReadonlyMap<string, string> {
  return new Map(
    [...nodesIn(folder)].flatMap(([id, node]) => {
      const named = isFolder(node) ? undefined : caseOf(node);
      return named === undefined ? [] : [[named, id] as const];
    }),
  );
}

function caseOf(item: Json): string | undefined {
  const text = JSON.stringify(scriptsOf(item));
  return /rehearsal\(\{\\"id\\":\\"(.*?)\\",/.exec(text)?.[1];
}

function itemsOf(folder: Json): readonly JsonObject[] {
  const items = own(folder, 'item');
  return isArray(items) ? items.filter(isObject) : [];
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
