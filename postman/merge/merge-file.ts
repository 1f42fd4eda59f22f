/** A file of ours as people have left it, with what is made anew: a collection, or an environment. */
import { RehearsalError } from '../../contract/errors.ts';
import { parseJson } from '../../contract/json/parse.ts';
import { isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import type { GeneratedFile, MergedFile } from '../../contract/target.ts';
import { layOut } from '../layout.ts';
import { type MergeCounts, mergeCollection } from './merge-collection.ts';
import { mergeEnvironment } from './merge-environment.ts';
import { ownRows, withRows } from './merge-rows.ts';
import { isUntouched, readRecord, withRecord } from './record.ts';

/** @throws RehearsalError OUTPUT_BROKEN, OUTPUT_UNMERGEABLE */
export function mergeFile(before: GeneratedFile, made: GeneratedFile): MergedFile {
  if (before.text === made.text) return { text: made.text, notes: [] };
  if (made.text.startsWith('[')) {
    const rows = ownRows(parsedRows(before), parsedRows(made));
    const kept = rows.length === 0 ? [] : [`keeps ${items(rows.length).replace('item', 'row')} of your own`];
    return { text: withRows(made.text, rows), notes: kept };
  }
  const old = parsed(before);
  const fresh = parsed(made);
  if (own(fresh, 'values') !== undefined) {
    const { environment, notes } = mergeEnvironment(old, fresh);
    return { text: layOut(environment), notes };
  }
  if (isUntouched(old)) return { text: made.text, notes: [] };
  const record = readRecord(old);
  if (record === undefined) throw new RehearsalError('OUTPUT_UNMERGEABLE', { path: before.path });
  const { collection, counts } = mergeCollection(old, fresh, record);
  return { text: layOut(withRecord(collection, fresh)), notes: notesOf(counts) };
}

/** Whether a file holds nothing that somebody has put into it. */
export function isRemovable({ text }: GeneratedFile): boolean {
  const result = parseJson(text);
  if (!('value' in result)) return false;
  if (isArray(result.value)) return ownRows(result.value, []).length === 0;
  const values = own(result.value, 'values');
  return isArray(values)
    ? values.every(one => own(one, 'type') !== 'secret' || own(one, 'value') === '')
    : isUntouched(result.value);
}

function parsedRows({ path, text }: GeneratedFile): readonly Json[] {
  const result = parseJson(text);
  if ('value' in result && isArray(result.value)) return result.value;
  const reason = 'value' in result ? 'it holds no list of rows' : result.error.message;
  throw new RehearsalError('OUTPUT_BROKEN', { path, reason });
}

function parsed({ path, text }: GeneratedFile): JsonObject {
  const result = parseJson(text);
  if ('value' in result && isObject(result.value)) return result.value;
  const reason =
    'value' in result
      ? 'it holds no object'
      : `line ${result.error.line}, column ${result.error.column}: ${result.error.message}`;
  throw new RehearsalError('OUTPUT_BROKEN', { path, reason });
}

function notesOf({ own: yours, changed, removed, outlived }: MergeCounts): readonly string[] {
  const told = [
    [yours, 'of your own'],
    [changed, 'changed by hand'],
    [outlived, 'changed by hand that the document asks for no more'],
  ] as const;
  const kept = told.flatMap(([count, what]) => (count === 0 ? [] : [`${items(count)} ${what}`]));
  return [
    ...(kept.length === 0 ? [] : [`keeps ${kept.join(', ')}`]),
    ...(removed === 0 ? [] : [`leaves out ${items(removed)} removed by hand`]),
  ];
}

function items(count: number): string {
  return `${count} item${count === 1 ? '' : 's'}`;
}
