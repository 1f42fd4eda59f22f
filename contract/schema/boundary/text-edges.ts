/** The shortest and the longest texts, unusual values of formats, and texts that nothing forbids. */
import type { Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { below } from '../../source.ts';
import type { Facts } from '../sample/facts.ts';
import { lengthsOf, patternText } from '../sample/string.ts';
import { isValid } from '../validate.ts';
import type { Spot } from '../violate/spot.ts';
import { type Edge, inside } from './edge.ts';
import { unusualValues } from './format-values.ts';

/** A text of this length still fits into what servers take by default, which is 100 kB for the most frugal. */
const LONGEST_DECLARED = 10_000;
const LONGEST = 50_000;
/** Longer than the columns of databases that nobody thought about. */
const LONG = 4_096;

export function* textEdges(spot: Spot, schema: Schema, facts: Facts): Generator<Edge> {
  yield* lengthEdges(spot, schema, facts);
  yield* patternEdges(spot, schema, facts);
  for (const { value: format, source } of facts.formats) {
    for (const { name, value: usual } of unusualValues(format)) {
      const value = inItsTime(usual, format, spot.value);
      yield {
        keyword: 'format',
        source,
        detail: name,
        words: `is ${JSON.stringify(value)}, a valid ${format}`,
        reach: 'declared',
        candidates: [value],
      };
    }
  }
  if (facts.formats.length > 0) return;
  for (const edge of freeEdges(schema, facts)) {
    // A pattern hardly ever means every text that it lets through.
    if (facts.patterns.length === 0 || takes(spot, edge)) yield edge;
  }
}

/** What lies ahead, as the day on which something is due, may not be behind, and no document says so. */
function inItsTime(value: string, format: string, now: Json): string {
  const ahead = format.startsWith('date') && typeof now === 'string' && now > '2028';
  return ahead ? value.replace(/^2024/, '2048') : value;
}

function takes({ active, direction }: Spot, { candidates }: Edge): boolean {
  return [...candidates].every(text => active.every(one => isValid(one, text, direction)));
}

function* lengthEdges(spot: Spot, schema: Schema, facts: Facts): Generator<Edge> {
  const { minLength, maxLength } = facts;
  if (minLength !== undefined) {
    const { value: length, source } = minLength;
    yield {
      keyword: 'minLength',
      source,
      detail: '',
      words: `has ${characters(length)}, the fewest allowed`,
      reach: 'declared',
      candidates: inside(spot, schema, { maxLength: length }),
      fits: text => lengthOf(text) === length,
      ...tooLong(length),
    };
  }
  if (maxLength !== undefined) {
    const { value: length, source } = maxLength;
    yield {
      keyword: 'maxLength',
      source,
      detail: '',
      words: `has ${characters(length)}, the most allowed`,
      reach: length > LONGEST_DECLARED ? 'undeclared' : 'declared',
      candidates: longest(spot, schema, facts, length),
      fits: text => lengthOf(text) === length,
      ...tooLong(length),
    };
  }
}

function* longest(spot: Spot, schema: Schema, facts: Facts, length: number): Generator<Json> {
  // What people write is letters; drawn out to the length, the text says the most about what was kept of it.
  if (facts.patterns.length === 0 && facts.formats.length === 0)
    yield 'abcdefghij'.repeat(length / 10 + 1).slice(0, length);
  yield* inside(spot, schema, { minLength: length });
}

/** The pattern's own shortest and longest, where lengths do not ask for them already. */
function* patternEdges(spot: Spot, schema: Schema, facts: Facts): Generator<Edge> {
  for (const { value: pattern, source } of facts.patterns) {
    const lengths = lengthsOf(pattern);
    if (lengths === undefined) continue;
    const least = facts.minLength?.value ?? 0;
    const most = facts.maxLength?.value ?? Number.POSITIVE_INFINITY;
    for (const [detail, length, asked] of [
      ['shortest', lengths.min, lengths.min > least],
      ['longest', lengths.max, lengths.max < most],
    ] as const) {
      if (!asked || !Number.isFinite(length)) continue;
      yield {
        keyword: 'pattern',
        source,
        detail,
        words: `has ${characters(length)}, the ${detail === 'shortest' ? 'fewest' : 'most'} that the pattern takes`,
        reach: length > LONGEST_DECLARED ? 'undeclared' : 'declared',
        candidates: patterned(spot, schema, pattern, length),
        fits: text => lengthOf(text) === length,
        ...tooLong(length),
      };
    }
  }
}

function* patterned(spot: Spot, schema: Schema, pattern: string, length: number): Generator<Json> {
  const text = patternText(pattern, 0, { least: length, most: length });
  if (text !== undefined) yield text;
  yield* inside(spot, schema, { minLength: length, maxLength: length });
}

/** A text that nothing is asked of may be anything at all; servers often know better. */
function* freeEdges(schema: Schema, { minLength, maxLength }: Facts): Generator<Edge> {
  const edge = (detail: string, text: string, words: string, reach: Edge['reach'] = 'undeclared'): Edge => ({
    keyword: 'type',
    source: below(schema.source, 'type'),
    detail,
    words,
    reach,
    candidates: [text],
  });
  if (minLength === undefined) yield edge('empty', '', 'is empty');
  yield edge('astral', 'sample \u{1f9ea}\u{20bb7}', 'has characters outside the Basic Multilingual Plane');
  yield edge('combining', 'e\u0301a\u0308 Z\u0351\u036b', 'has combining characters');
  yield edge(
    'right-to-left',
    '\u0645\u062b\u0627\u0644 \u05d3\u05d5\u05d2\u05de\u05d4',
    'is written from right to left',
  );
  yield edge('quotes', `O'Neil "a" <b> & \\ %20`, 'has quotes, brackets and backslashes');
  if (maxLength === undefined) {
    yield edge('long', 'abcdefgh'.repeat(LONG / 8), `has ${characters(LONG)}, and nothing limits them`);
  }
  yield edge('null-character', 'a\u0000b', 'has a character U+0000', 'extreme');
}

function tooLong(length: number): Pick<Edge, 'skipped'> {
  return length > LONGEST ? { skipped: `A text of ${length} characters is too long to be sent.` } : {};
}

function characters(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`;
}

/** In code points, as JSON Schema counts. */
function lengthOf(value: Json): number {
  return typeof value === 'string' ? [...value].length : -1;
}
