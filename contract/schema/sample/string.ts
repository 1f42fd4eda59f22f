/** Texts that meet length, pattern and format together, the most lifelike first. */
import { formatNamed } from '../format.ts';
import { ANY } from '../pattern/char-set.ts';
import { compilePattern } from '../pattern/match.ts';
import { mismatches } from '../pattern/mismatch.ts';
import { type PatternNode, parsePattern } from '../pattern/parse.ts';
import { type Measure, patternLengths, samplePattern } from '../pattern/sample.ts';
import type { Facts } from './facts.ts';
import type { Maker, Place } from './maker.ts';
import { plainText, textFor, words } from './names.ts';
import { formatted, type Span } from './text-format.ts';

/** Longer texts are not made: nobody would want to be sent one. */
export const LONGEST_TEXT = 1_000_000;

/** Candidates that meet what strings alone are asked; none when lengths or patterns leave nothing. */
export function* strings(facts: Facts, place: Place, maker: Maker): Generator<string> {
  const least = facts.minLength?.value ?? 0;
  const most = facts.maxLength?.value ?? Number.POSITIVE_INFINITY;
  if (facts.minLength !== undefined && facts.maxLength !== undefined && least > most) {
    maker.blame({
      source: facts.minLength.source,
      message: `No text has at least ${least} and at most ${most} characters.`,
      fix: 'Make "minLength" no greater than "maxLength".',
    });
    return;
  }
  if (facts.minLength !== undefined && least > LONGEST_TEXT) {
    maker.blame({
      source: facts.minLength.source,
      message: `A text of ${least} characters is too long to be made; ${LONGEST_TEXT} is the limit.`,
      fix: 'Lower "minLength", or give an example.',
    });
    return;
  }
  const fits = testOf(facts, least, most);
  const seen = new Set<string>();
  for (const text of texts(facts, place, { least, most })) {
    if (seen.has(text)) continue;
    seen.add(text);
    if (fits(text)) yield text;
  }
  const at = facts.patterns[0] ?? facts.formats[0];
  if (seen.size > 0 && at !== undefined) {
    maker.blame({
      source: at.source,
      message: `No text was found that meets ${facts.patterns.length > 1 ? 'these patterns' : `"${at.value}"`} together with the other keywords on it.`,
      fix: 'Check that pattern, format and lengths can hold together, or give an example.',
    });
  }
}

/** Pattern, format and length at once, cheap questions first. */
function testOf(facts: Facts, least: number, most: number): (text: string) => boolean {
  const tests: ((text: string) => boolean)[] = [];
  for (const { value } of facts.patterns) {
    const compiled = compilePattern(value);
    if (compiled.kind !== 'fault') tests.push(text => compiled.test(text));
  }
  for (const { value } of facts.formats) {
    const format = formatNamed(value);
    if (format?.test !== undefined && format.appliesTo === 'string') {
      const { test } = format;
      tests.push(text => test(text));
    }
  }
  return text => {
    const length = lengthOf(text);
    return (
      length >= least && length <= most && tests.every(test => test(text)) && !facts.excluded.includes(text)
    );
  };
}

/** In code points, as JSON Schema counts. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function* texts(facts: Facts, place: Place, span: Span): Generator<string> {
  const name = words(place.name);
  const { variant } = place;
  const formats = facts.formats.flatMap(({ value }) => [...(formatted(value, name, variant, span) ?? [])]);
  yield* formats;
  const encoded = facts.schemas.find(
    schema => schema.contentEncoding !== undefined || schema.contentMediaType !== undefined,
  );
  if (encoded !== undefined)
    yield* encodedTexts(encoded.contentEncoding, encoded.contentMediaType, variant, span);

  const guess = textFor(owned(name, place), variant);
  if (guess !== undefined) yield* fitted(guess, span);
  // A name that says nothing is no reason to look past the pattern.
  if (facts.patterns.length === 0) yield* fitted(plainText(name, variant), span);
  yield* patterned(facts, variant, span);
  yield* fitted(plainText(name, variant), span);
  for (const other of [1, 2, 3, 7]) {
    for (const { value } of facts.formats) yield* formatted(value, name, variant + other, span) ?? [];
    if (guess !== undefined) yield* fitted(textFor(name, variant + other) ?? guess, span);
  }
  yield* plain(variant, span);
  // Something that other texts are not: what is left where a pattern or a format is forbidden.
  const base = formats[0] ?? guess ?? 'sample';
  yield* mismatches(base, { minLength: span.least, maxLength: Math.min(span.most, base.length + 10) });
}

/** `name` alone says little; the schema it stands in says whose. */
function owned(name: readonly string[], place: Place): readonly string[] {
  return name.length === 1 && name[0] === 'name' && place.owner !== ''
    ? [...words(place.owner), ...name]
    : name;
}

/** The text as it is, cut or drawn out to the span. */
function* fitted(text: string, { least, most }: Span): Generator<string> {
  const chars = [...text];
  if (chars.length > most) {
    yield chars.slice(0, most).join('').trimEnd();
    yield chars.slice(0, most).join('');
  } else if (chars.length < least) {
    const longer = `${text} `.repeat(Math.ceil(least / (chars.length + 1)));
    const cut = [...longer].slice(0, least).join('');
    yield cut.endsWith(' ') ? `${cut.slice(0, -1)}.` : cut;
  } else {
    yield text;
  }
}

function* plain(variant: number, { least, most }: Span): Generator<string> {
  const length = Math.min(Math.max(least, 1), most);
  const number = String(variant + 1);
  if (number.length <= most) yield number.padStart(least, '0');
  for (const char of ['a', 'A', '1', '0', ' ', '-', 'é']) yield char.repeat(length);
  if (least === 0) yield '';
}

const parsed = new Map<string, PatternNode | undefined>();
const MOST_PARSED = 2_000;

function nodeOf(pattern: string): PatternNode | undefined {
  if (parsed.has(pattern)) return parsed.get(pattern);
  if (parsed.size >= MOST_PARSED) parsed.clear();
  const found = parsePattern(pattern);
  const node = found.kind === 'fault' ? undefined : found.node;
  parsed.set(pattern, node);
  return node;
}

/** From every pattern in turn, with an eye to the others; those sort out what does not suit them. */
function* patterned(facts: Facts, variant: number, { least, most }: Span): Generator<string> {
  const nodes = facts.patterns.map(({ value }) => nodeOf(value)).filter(node => node !== undefined);
  const aimed =
    nodes.length < 2
      ? nodes
      : nodes.map(node =>
          alongside(
            node,
            nodes.filter(other => other !== node),
          ),
        );
  const options = { minLength: least, maxLength: Math.min(most, LONGEST_TEXT) };
  for (let attempt = 0; attempt < 24; attempt += 1) {
    const seed = variant + attempt * (variant + 1);
    for (const node of aimed) {
      const text = samplePattern(node, { ...options, seed });
      if (text !== undefined) yield text;
    }
    if (nodes.length < 2 || attempt > 3) continue;
    // Patterns without anchors are content to stand beside each other, in some order.
    const pieces = nodes.map(node => samplePattern(node, { seed }) ?? '');
    for (const order of [pieces, pieces.toReversed()]) {
      yield* fitted(order.reduce(overlapped, ''), { least, most });
      yield* fitted(order.join(''), { least: 0, most });
    }
    for (const order of [pieces, pieces.toReversed()]) yield* fitted(order.join(''), { least, most });
  }
}

/** Both texts, the end of the first being the beginning of the second where it can be. */
function overlapped(first: string, second: string): string {
  for (let shared = Math.min(first.length, second.length); shared > 0; shared -= 1) {
    if (first.endsWith(second.slice(0, shared))) return first + second.slice(shared);
  }
  return first + second;
}

/** A pattern that others have to be met along with: they become look-aheads, as people write it by hand. */
function alongside(node: PatternNode, others: readonly PatternNode[]): PatternNode {
  const looks = others.map(
    (other): PatternNode => ({
      kind: 'look',
      direction: 'ahead',
      negated: false,
      node: {
        kind: 'sequence',
        nodes: [{ kind: 'repeat', node: ANYTHING, min: 0, max: Infinity, lazy: true }, other],
      },
    }),
  );
  return { kind: 'sequence', nodes: [...looks, node] };
}
const ANYTHING: PatternNode = { kind: 'set', set: ANY };

/** How short and how long the texts of a pattern are; undefined for one that cannot be read. */
export function lengthsOf(pattern: string): Measure | undefined {
  const node = nodeOf(pattern);
  return node === undefined ? undefined : patternLengths(node);
}

/** One text made from a pattern; it is still to be held against it. */
export function patternText(pattern: string, seed: number, { least, most }: Span): string | undefined {
  const node = nodeOf(pattern);
  if (node === undefined) return undefined;
  return samplePattern(node, { minLength: least, maxLength: Math.min(most, LONGEST_TEXT), seed });
}

/** `contentEncoding` and `contentMediaType` are not asserted; a sample that ignores them would still be a lie. */
function* encodedTexts(
  encoding: string | undefined,
  mediaType: string | undefined,
  variant: number,
  span: Span,
): Generator<string> {
  const plainContent = mediaType?.includes('json') ? '{}' : undefined;
  switch (encoding) {
    case undefined:
      if (plainContent !== undefined) yield plainContent;
      break;
    case 'base64':
      yield* plainContent === undefined ? (formatted('byte', [], variant, span) ?? []) : ['e30='];
      break;
    case 'base64url':
      yield* plainContent === undefined ? (formatted('base64url', [], variant, span) ?? []) : ['e30'];
      break;
    case 'base16':
      yield '73616D706C65';
      break;
    case 'base32':
      yield 'ONQW24DMMU======';
      break;
    default:
      break;
  }
}
