/** A data file to which people have added rows: those stay behind the ones that are made anew. */
import { stringifyJson } from '../../contract/json/stringify.ts';
import { isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';

/** Rows of ours are told by their case: `POST /pets example rex`. */
const OURS = /^\S+ \S.* example /;

/** Rows that somebody has added, by cases that the document does not have. */
export function ownRows(before: readonly Json[], made: readonly Json[]): readonly JsonObject[] {
  const cases = new Set(made.map(row => own(row, 'case')));
  return before
    .filter(isObject)
    .filter(row => !cases.has(own(row, 'case')) && !OURS.test(String(own(row, 'case'))));
}

/** The text of a data file with further rows, a row on each line. */
export function withRows(text: string, rows: readonly JsonObject[]): string {
  if (rows.length === 0) return text;
  return `${text.trimEnd().slice(0, -1)},\n${rows.map(row => stringifyJson(row)).join(',\n')}]\n`;
}
