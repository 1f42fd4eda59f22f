/**
 * Pairs of schemas to their differences. Every pair is compared once and leads to others, so that recursive models end
 * and shared ones cost no more for being shared. Knows directions, and nothing of operations.
 */
import type { Schema } from '../../model.ts';
import type { Direction } from '../../schema/run.ts';
import { compareArrays } from './compare-arrays.ts';
import { compareCombinations } from './compare-combinations.ts';
import { compareLimits } from './compare-limits.ts';
import { compareNotes } from './compare-notes.ts';
import { compareObjects } from './compare-objects.ts';
import { compareUnions } from './compare-unions.ts';
import { compareKinds } from './compare-values.ts';
import { partsTogether } from './conjunction.ts';
import type { Compared, Conjunction, Finding, Pair, Step } from './finding.ts';

/** One difference with the way to it from where the comparison began. */
export interface Found extends Finding {
  /** `.items[].name`; empty for the value itself. */
  readonly path: string;
  /** Stands below `not` or `if`, where narrower is wider. */
  readonly twisted: boolean;
}

export interface SchemaComparer {
  /** All differences, the outermost first, and whether there were too many pairs to look at all. */
  readonly compare: (
    before: Conjunction,
    after: Conjunction,
  ) => {
    readonly found: readonly Found[];
    readonly complete: boolean;
  };
}

/** Pairs that are looked at for one direction; a document of 10,000 schemas has some 30,000. */
const MOST_PAIRS = 400_000;
/** Alternatives within alternatives whose likeness is still found out. */
const MOST_NESTED = 24;

const NOBODY: ReadonlySet<string> = new Set();
const NOTHING: Compared = { findings: [], steps: [] };

interface Node {
  readonly compared: Compared;
}

/** A comparer for values that travel in one direction. It remembers what it has compared. */
export function schemaComparer(direction: Direction): SchemaComparer {
  const nodes = new Map<string, Node>();
  const clean = new Set<string>();
  const underWay = new Set<string>();
  let exhausted = false;

  const nodeOf = (key: string, { before, after, outer = NOBODY }: Step): Node => {
    const known = nodes.get(key);
    if (known !== undefined) return known;
    // Met while it is compared itself: what differs will be told there.
    if (underWay.has(key)) return { compared: NOTHING };
    if (nodes.size >= MOST_PAIRS) {
      exhausted = true;
      return { compared: NOTHING };
    }
    underWay.add(key);
    const beforeParts = partsTogether(before);
    const afterParts = partsTogether(after);
    const node = {
      compared: comparePair({ direction, before, after, beforeParts, afterParts, outer }, same),
    };
    underWay.delete(key);
    nodes.set(key, node);
    return node;
  };

  const same = (before: Conjunction, after: Conjunction): boolean => {
    if (underWay.size > MOST_NESTED) return false;
    const seen = new Set<string>();
    const waiting: Step[] = [{ before, after, path: '' }];
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
      const key = keyOf(step);
      if (seen.has(key) || clean.has(key) || isTrivial(step)) continue;
      seen.add(key);
      const { findings, steps } = nodeOf(key, step).compared;
      if (findings.length > 0) return false;
      waiting.push(...steps);
    }
    return true;
  };

  return {
    compare(before, after) {
      exhausted = false;
      const found: Found[] = [];
      const seen = new Set<string>();
      const pairs = new Set<string>();
      const waiting: (readonly [Step, boolean])[] = [[{ before, after, path: '' }, false]];
      for (const [step, twisted] of waiting) {
        const { path } = step;
        const key = keyOf(step);
        if (seen.has(`${twisted}${key}`) || clean.has(key) || isTrivial(step)) continue;
        seen.add(`${twisted}${key}`);
        pairs.add(key);
        const { findings, steps } = nodeOf(key, step).compared;
        for (const finding of findings) found.push({ ...finding, path, twisted });
        for (const next of steps)
          waiting.push([{ ...next, path: path + next.path }, twisted || next.twisted === true]);
      }
      if (found.length === 0 && !exhausted) for (const key of pairs) clean.add(key);
      return { found, complete: !exhausted };
    },
  };
}

function comparePair(pair: Pair, same: (before: Conjunction, after: Conjunction) => boolean): Compared {
  const unions = compareUnions(pair, same);
  const notes = compareNotes(pair);
  if (unions.whole) return { findings: [...unions.findings, ...notes], steps: unions.steps };
  const { findings, common, settled } = compareKinds(pair);
  if (settled) return { findings: [...findings, ...notes], steps: [] };
  const objects = common.has('object') ? compareObjects(pair) : NOTHING;
  const arrays = common.has('array') ? compareArrays(pair) : NOTHING;
  const combinations = compareCombinations(pair);
  return {
    findings: [
      ...findings,
      ...compareLimits(pair, common),
      ...objects.findings,
      ...arrays.findings,
      ...unions.findings,
      ...combinations.findings,
      ...notes,
    ],
    steps: [...objects.steps, ...arrays.steps, ...unions.steps, ...combinations.steps],
  };
}

/** The very same schemas, or none on either side. */
function isTrivial({ before, after }: Step): boolean {
  return (
    before.schemas.length === after.schemas.length &&
    before.schemas.every((schema, index) => schema === after.schemas[index])
  );
}

const numbers = new WeakMap<Schema, number>();
let lastNumber = 0;

function keyOf({ before, after, outer = NOBODY }: Step): string {
  const ids = ({ schemas }: Conjunction): string => schemas.map(numberOf).join(',');
  return `${ids(before)}|${ids(after)}|${[...outer].toSorted().join('\u0000')}`;
}

function numberOf(schema: Schema): number {
  let number = numbers.get(schema);
  if (number === undefined) numbers.set(schema, (number = ++lastNumber));
  return number;
}
