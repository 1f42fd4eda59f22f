/**
 * Integers that a double cannot hold, kept through `JSON.parse`. They go through it as marked strings: a reviver with
 * `context.source` does the same, but costs ten times the parse, and one such number in a large document is enough.
 */
import { type Json, type JsonObject, setOwn } from './value.ts';

/** Longer integers stay what `JSON.parse` makes of them, infinity: turning digits into a `bigint` is not linear. */
const MAX_DIGITS = 1000;

/** No text holds this by chance, and one that does all the same is noticed. */
const MARK = '\u007finteger:';

/** A number in a place where JSON has values: not inside another number, and not before a colon. */
const CANDIDATE = /(?<=^|[\s:,[])-?[1-9]\d{15,}(?=\s*(?:[,}\]]|$))/g;

const LONG = /\d{16}/;

/** `JSON.parse` with large integers as `bigint`; throws where it throws. */
export function parseKeepingIntegers(text: string): Json {
  // The first test is the cheap one.
  const marked = LONG.test(text) ? markIntegers(text) : undefined;
  if (marked === undefined) return JSON.parse(text) as Json;
  const value = JSON.parse(marked.text) as Json;
  const restored = restore(value);
  return restored.count === marked.count ? restored.value : (JSON.parse(text, keepDigits) as Json);
}

/** The text with its large integers as strings; undefined when there are none. */
function markIntegers(text: string): { readonly text: string; readonly count: number } | undefined {
  let marked = '';
  let count = 0;
  let copied = 0;
  let quote = text.indexOf('"');
  CANDIDATE.lastIndex = 0;
  for (let found = CANDIDATE.exec(text); found !== null; found = CANDIDATE.exec(text)) {
    const [digits] = found;
    // Every string before the candidate is passed once.
    let end = 0;
    while (quote !== -1 && quote < found.index) {
      end = stringEnd(text, quote);
      quote = text.indexOf('"', end);
    }
    if (end > found.index) CANDIDATE.lastIndex = end;
    else if (digits.length <= MAX_DIGITS && !Number.isSafeInteger(Number(digits))) {
      marked += `${text.slice(copied, found.index)}"${MARK}${digits}"`;
      copied = found.index + digits.length;
      count += 1;
    }
  }
  return count === 0 ? undefined : { text: marked + text.slice(copied), count };
}

/** The offset just after the string that begins at `start`, or the text's end. */
export function stringEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
    let before = end - 1;
    while (text.charCodeAt(before) === 0x5c) before -= 1;
    if ((end - before) % 2 === 1) return end + 1;
  }
}

/** Puts the integers back, in place, with a list of open containers instead of recursion. */
function restore(value: Json): { readonly value: Json; readonly count: number } {
  if (typeof value === 'string' && value.startsWith(MARK)) {
    return { value: BigInt(value.slice(MARK.length)), count: 1 };
  }
  let count = 0;
  const waiting: (Json[] | Record<string, Json>)[] = [];
  const visit = (child: Json | undefined): bigint | undefined => {
    if (typeof child === 'object' && child !== null) waiting.push(child as Json[] | Record<string, Json>);
    else if (typeof child === 'string' && child.startsWith(MARK)) {
      count += 1;
      const digits = child.slice(MARK.length);
      return /^-?\d+$/.test(digits) ? BigInt(digits) : undefined;
    }
    return undefined;
  };
  visit(value);
  for (let container = waiting.pop(); container !== undefined; container = waiting.pop()) {
    if (Array.isArray(container)) {
      for (let index = 0; index < container.length; index += 1) {
        const integer = visit(container[index]);
        if (integer !== undefined) container[index] = integer;
      }
    } else {
      for (const key of Object.keys(container)) {
        const integer = visit((container as JsonObject)[key]);
        if (integer !== undefined) setOwn(container, key, integer);
      }
    }
  }
  return { value, count };
}

/** `context.source` is the number as written (Node 21, Chrome 114, Firefox 135, Safari 18.4); before, it stays a number. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  if (source === undefined || source.length > MAX_DIGITS || !/^-?\d+$/.test(source)) return value;
  return BigInt(source);
}
