/**
 * A collection that `rehearsal generate postman` made, read back: its contract, and the case of each item. Whatever else
 * people have put into it is left alone.
 */
import { parseJson } from '../contract/json/parse.ts';
import { isArray, isObject, type Json, own } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';
import { JUDGE_OF } from './sandbox/collection-scripts.ts';
import type { JudgeSettings } from './sandbox/judge-settings.ts';
import { operationKeyOf, type ToldCase } from './sandbox/pm.ts';
import { contractOf, type Documents } from './sandbox/read-documents.ts';

export interface ReadCollection {
  readonly name: string;
  readonly contract: Contract;
  readonly settings: JudgeSettings;
  /** All items, in the order in which they are sent. */
  readonly items: readonly ReadItem[];
}

export type ToldItem = ToldCase & {
  /** `GET /pets/{id}` */
  readonly operation: string;
};

export interface ReadItem {
  readonly id: string;
  readonly name: string;
  /** Undefined for an item that somebody else has made. */
  readonly told: ToldItem | undefined;
  /** It belongs to a sequence, takes rows of data, or removes what others made. */
  readonly isChained: boolean;
  /** The variable that its address begins with. */
  readonly base: string;
}

/** Undefined for a collection that carries no document of ours. */
export function readCollection(collection: Json): ReadCollection | undefined {
  const line = scriptLines(collection).find(text => text.startsWith(JUDGE_OF));
  const told = line === undefined ? undefined : parsedValue(`[${line.slice(JUDGE_OF.length, -2)}]`);
  if (told === undefined || !isArray(told)) return undefined;
  const [documents, settings = {}] = told;
  const contract = contractOf(documents as unknown as Documents);
  if (contract === undefined) return undefined;
  const name = own(own(collection, 'info'), 'name');
  return {
    name: typeof name === 'string' ? name : contract.title,
    contract,
    settings: settings as unknown as JudgeSettings,
    items: itemsIn(collection),
  };
}

function itemsIn(folder: Json): readonly ReadItem[] {
  const items = own(folder, 'item');
  if (!isArray(items)) return [];
  return items.filter(isObject).flatMap(item => {
    if (own(item, 'request') === undefined) return itemsIn(item);
    const host = own(own(own(item, 'request'), 'url'), 'host');
    const base = /^\{\{(.+)\}\}$/.exec(isArray(host) ? String(host[0]) : '')?.[1] ?? '';
    return [
      {
        id: textOf(item, 'id'),
        name: textOf(item, 'name'),
        told: toldIn(item),
        isChained: isChained(item),
        base,
      },
    ];
  });
}

/** What the item's own script says of it. */
function toldIn(item: Json): ToldItem | undefined {
  for (const line of scriptLines(item)) {
    const [, text] = /^\s*rehearsal\((\{.*\}), pm\);\s*$/.exec(line) ?? [];
    const value = text === undefined ? undefined : parsedValue(text);
    if (typeof own(value, 'id') !== 'string') continue;
    const told = value as unknown as ToldCase;
    return { ...told, operation: operationKeyOf(told) };
  }
  return undefined;
}

function isChained(item: Json): boolean {
  return scriptLines(item).some(line => /^\s*rehearsal\.(step|removal|row)\(/.test(line));
}

/** A script is a list of lines, or of texts with several of them, or one text. */
function scriptLines(node: Json): readonly string[] {
  const events = own(node, 'event');
  if (!isArray(events)) return [];
  return events.flatMap(event => {
    const exec = own(own(event, 'script'), 'exec');
    const texts = isArray(exec) ? exec : [exec];
    return texts.flatMap(text => (typeof text === 'string' ? text.split('\n') : []));
  });
}

function parsedValue(text: string): Json | undefined {
  const parsed = parseJson(text);
  return 'value' in parsed ? parsed.value : undefined;
}

function textOf(node: Json, key: string): string {
  const value = own(node, key);
  return typeof value === 'string' ? value : '';
}
