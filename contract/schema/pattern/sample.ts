/**
 * Texts that a pattern matches. They are candidates: look-arounds and boundaries are met by trying, so whoever asks
 * holds each text against the pattern before using it. Long because
 * matching texts and others are two readings of the same tree.
 */
import { random } from '../random.ts';
import { type CharSet, hasCodePoint, SPACE } from './char-set.ts';
import { character, type Hand } from './character.ts';
import type { PatternNode } from './parse.ts';

export interface PatternSampleOptions {
  /** In code points, as JSON Schema counts. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** 0, the default, is the plainest text; other seeds give others. */
  readonly seed?: number;
}

/** Longer texts are not made. */
const MOST = 1_000_000;

/**
 * A text for a parsed pattern, within the lengths where the pattern has any such text that is found by aiming at
 * it; undefined when the lengths cannot be met.
 *
 * @example
 * ```ts
 * import { parsePattern } from './contract/schema/pattern/parse.ts';
 * import { samplePattern } from './contract/schema/pattern/sample.ts';
 *
 * const pattern = parsePattern('^\\d{3}-\\d{4}$');
 * if (pattern.kind === 'pattern') samplePattern(pattern.node); // '123-4567'
 * ```
 */
export function samplePattern(node: PatternNode, options: PatternSampleOptions = {}): string | undefined {
  const { minLength = 0, maxLength = MOST, seed = 0 } = options;
  const most = Math.min(maxLength, MOST);
  if (minLength > most) return undefined;
  const chance = random(seed, 'pattern');
  const writing: Writing = {
    seed,
    chance,
    text: [],
    groups: new Map(),
    measures: new Map(),
    // Look-aheads mostly ask for one of each kind of character, as rules for passwords do.
    mixed: hasLook(node),
    wanted: new Map(),
    choosy: undefined,
    letters: 0,
    digits: 0,
  };
  const branch = outerBranch(node, writing, minLength, most);
  const { min, max } = measure(branch, writing);
  const front = !anchored(branch, 'start');
  const back = !anchored(branch, 'end');
  const loose = front || back;
  if (min > most || (!loose && max < minLength)) return undefined;
  if (!write(branch, loose && max < minLength ? max : minLength, most, writing)) return undefined;
  // Where anything may follow or go before, other seeds make use of it.
  const wished =
    seed === 0 || !loose || looksAround(branch) ? 0 : Math.min(seed % 4, most - writing.text.length);
  const hoped = back ? Math.min(Math.max(-1, ...writing.wanted.keys()) + 1, most) - writing.text.length : 0;
  const missing = Math.max(minLength - writing.text.length, wished, hoped);
  if (missing <= 0) return writing.text.join('');
  const padding = 'sample'.repeat(Math.ceil(missing / 6)).slice(0, missing);
  if (back && hoped > 0) {
    const { length } = writing.text;
    return (
      writing.text.join('') + [...padding].map((char, at) => writing.wanted.get(length + at) ?? char).join('')
    );
  }
  if (back && !(front && seed % 8 > 3)) return writing.text.join('') + padding;
  return front ? padding + writing.text.join('') : undefined;
}

/** How short and how long the texts of a parsed pattern are. Look-arounds may leave less, never more. */
export function patternLengths(node: PatternNode): Measure {
  const { min, max } = measured(node, { measures: new Map() });
  const loose = !anchored(node, 'start') || !anchored(node, 'end');
  return { min, max: loose ? Number.POSITIVE_INFINITY : max };
}

interface Writing extends Hand {
  readonly text: string[];
  readonly groups: Map<number, readonly string[]>;
  readonly measures: Map<PatternNode, Measure>;
  readonly wanted: Map<number, string>;
  /** Positions at which few characters would do; kept on a look-ahead's page only. */
  readonly choosy: Set<number> | undefined;
}

export interface Measure {
  readonly min: number;
  readonly max: number;
}

/** The shortest and longest text of a node; look-arounds take no room. */
function measure(node: PatternNode, writing: Pick<Writing, 'measures'>): Measure {
  const known = writing.measures.get(node);
  if (known !== undefined) return known;
  const found = measured(node, writing);
  writing.measures.set(node, found);
  return found;
}

function measured(node: PatternNode, writing: Pick<Writing, 'measures'>): Measure {
  switch (node.kind) {
    case 'set':
      return node.set.length === 0 ? { min: Number.POSITIVE_INFINITY, max: 0 } : { min: 1, max: 1 };
    case 'sequence': {
      let [min, max] = [0, 0];
      for (const part of node.nodes) {
        const one = measure(part, writing);
        min += one.min;
        max += one.max;
      }
      return { min, max };
    }
    case 'choice': {
      let [min, max] = [Number.POSITIVE_INFINITY, 0];
      for (const part of node.nodes) {
        const one = measure(part, writing);
        min = Math.min(min, one.min);
        max = Math.max(max, one.max);
      }
      return { min, max };
    }
    case 'repeat': {
      const one = measure(node.node, writing);
      return { min: node.min === 0 ? 0 : node.min * one.min, max: one.max === 0 ? 0 : node.max * one.max };
    }
    case 'group':
      return measure(node.node, writing);
    case 'backReference':
      return { min: 0, max: Number.POSITIVE_INFINITY };
    default:
      return { min: 0, max: 0 };
  }
}

/** Writes a text of `least` to `most` code points; false when it cannot. */
function write(node: PatternNode, least: number, most: number, writing: Writing): boolean {
  const { min, max } = measure(node, writing);
  if (min > most || max < least) return false;
  switch (node.kind) {
    case 'set': {
      const char = character(node.set, writing);
      if (char === undefined) return false;
      if (writing.choosy !== undefined && isChoosy(node.set)) writing.choosy.add(writing.text.length);
      writing.text.push(char);
      return true;
    }
    case 'sequence':
      return writeAll(node.nodes, least, most, writing);
    case 'choice': {
      const fit = node.nodes.filter(part => {
        const one = measure(part, writing);
        return one.min <= most && one.max >= least;
      });
      const chosen = fit[writing.seed === 0 ? 0 : writing.chance.integer(0, fit.length - 1)];
      return chosen !== undefined && write(chosen, least, most, writing);
    }
    case 'repeat':
      return writeRepeat(node, least, most, writing);
    case 'group': {
      const from = writing.text.length;
      if (!write(node.node, least, most, writing)) return false;
      writing.groups.set(node.index, writing.text.slice(from));
      return true;
    }
    case 'backReference':
      writing.text.push(...(writing.groups.get(node.index) ?? []));
      return true;
    case 'look':
      if (node.direction === 'ahead' && !node.negated) hope(node.node, writing);
      return true;
    case 'empty':
    case 'start':
    case 'end':
    case 'boundary':
      return true;
  }
}

function writeAll(nodes: readonly PatternNode[], least: number, most: number, writing: Writing): boolean {
  // What the parts after each one need at least and take at most.
  const rest: Measure[] = Array.from({ length: nodes.length });
  let [min, max] = [0, 0];
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    rest[index] = { min, max };
    const one = measure(nodes[index] as PatternNode, writing);
    min += one.min;
    max += one.max;
  }
  const from = writing.text.length;
  for (const [index, node] of nodes.entries()) {
    const used = writing.text.length - from;
    const after = rest[index] as Measure;
    if (!write(node, Math.max(0, least - used - after.max), most - used - after.min, writing)) return false;
  }
  const written = writing.text.length - from;
  return written >= least && written <= most;
}

type Repeat = Extract<PatternNode, { kind: 'repeat' }>;

function writeRepeat(node: Repeat, least: number, most: number, writing: Writing): boolean {
  const one = measure(node.node, writing);
  if (one.max === 0) return least <= 0;
  const fewest = Math.max(node.min, one.max === 0 ? 0 : Math.ceil(least / one.max));
  const mostTimes = Math.min(node.max, one.min === 0 ? node.max : Math.floor(most / one.min));
  if (fewest > mostTimes) return false;
  const times = Math.min(Math.max(liked(node, writing), fewest), mostTimes);
  if (times > MOST) return false;
  const from = writing.text.length;
  for (let index = 0; index < times; index += 1) {
    const used = writing.text.length - from;
    const left = times - index - 1;
    const room = left === 0 ? 0 : left * one.min;
    const reach = left === 0 ? 0 : left * one.max;
    if (!write(node.node, Math.max(0, least - used - reach), most - used - room, writing)) return false;
  }
  return writing.text.length - from >= least;
}

/** How often people would repeat it: letters to a word's length, groups as seldom as allowed, spaces not at all. */
function liked(node: Repeat, writing: Writing): number {
  if (node.lazy && writing.seed === 0) return node.min;
  const single = node.node.kind === 'set';
  const blank = node.node.kind === 'set' && node.node.set.every(({ from }) => hasCodePoint(SPACE, from));
  if (writing.mixed && single && !blank) {
    return (
      Math.max(node.min, node.max === 1 ? 0 : 12) + (writing.seed === 0 ? 0 : writing.chance.integer(0, 4))
    );
  }
  if (writing.seed !== 0) {
    const spread = single && !blank ? Math.min(node.max - node.min, 8) : Math.min(node.max - node.min, 2);
    return node.min + writing.chance.integer(0, spread);
  }
  if (!single || blank || node.max === 1) return node.min;
  return 6;
}

/** Writes what a look-ahead would like on a page of its own, and keeps it as wishes. */
function hope(node: PatternNode, writing: Writing): void {
  const choosy = new Set<number>();
  const page: Writing = { ...writing, seed: 0, text: [...writing.text], choosy, mixed: false };
  if (!write(node, 0, 10_000, page)) return;
  for (const index of choosy) {
    if (!writing.wanted.has(index)) writing.wanted.set(index, page.text[index] as string);
  }
}

/** More members than this, and a set stands for "anything". */
const CHOOSY = 70;

function isChoosy(set: CharSet): boolean {
  let size = 0;
  for (const { from, to } of set) size += to - from + 1;
  return size <= CHOOSY;
}

/** One alternative of the outermost choice, so that its own anchors decide where padding may go. */
function outerBranch(node: PatternNode, writing: Writing, least: number, most: number): PatternNode {
  let current = node;
  while (current.kind === 'choice') {
    const fit = current.nodes.filter(part => {
      const { min, max } = measure(part, writing);
      return min <= most && (max >= least || !anchored(part, 'start') || !anchored(part, 'end'));
    });
    const next = fit[writing.seed % Math.max(1, fit.length)];
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

function anchored(node: PatternNode, side: 'start' | 'end'): boolean {
  switch (node.kind) {
    case 'start':
    case 'end':
      return node.kind === side;
    case 'group':
      return anchored(node.node, side);
    case 'sequence': {
      // A look-around before the anchor does not loosen it.
      const nodes = side === 'start' ? node.nodes : node.nodes.toReversed();
      const edge = nodes.find(part => part.kind !== 'look');
      return edge !== undefined && anchored(edge, side);
    }
    case 'choice':
      return node.nodes.every(part => anchored(part, side));
    default:
      return false;
  }
}

/** What stands beside the text matters to it. */
function looksAround(node: PatternNode): boolean {
  switch (node.kind) {
    case 'look':
    case 'boundary':
      return true;
    case 'sequence':
    case 'choice':
      return node.nodes.some(looksAround);
    case 'repeat':
    case 'group':
      return looksAround(node.node);
    default:
      return false;
  }
}

function hasLook(node: PatternNode): boolean {
  switch (node.kind) {
    case 'look':
      return node.direction === 'ahead' && !node.negated;
    case 'sequence':
    case 'choice':
      return node.nodes.some(hasLook);
    case 'repeat':
    case 'group':
      return hasLook(node.node);
    default:
      return false;
  }
}
