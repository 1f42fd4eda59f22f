/**
 * Keys that stand twice in a JSON object. `JSON.parse` keeps the last one without a word; people lose an operation
 * that way. The exact scan only runs when a quick count says that a key is missing from the parsed value.
 */
import { findDuplicateKeys } from '../json/parse.ts';
import type { TextFault } from './text-fault.ts';

/** The duplicates in a text whose parsed value has `parsedKeys` keys in all. */
export function duplicateKeys(text: string, parsedKeys: number): readonly TextFault[] {
  if (countColons(text) === parsedKeys) return [];
  return findDuplicateKeys(text).map(({ key, line, column, firstLine }) => ({
    rule: 'document-duplicate-key',
    message: `The key ${JSON.stringify(key)} stands twice in this object, first on line ${firstLine}.`,
    place: { line, column },
    fix: 'Remove or rename one of the two.',
  }));
}

/** How many quotes are followed by a colon: every key is, and hardly anything else but escaped quotes inside texts. */
function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf('":'); at !== -1; at = text.indexOf('":', at + 2)) {
    if (text.charCodeAt(at - 1) !== 0x5c) count += 1;
  }
  return count;
}
