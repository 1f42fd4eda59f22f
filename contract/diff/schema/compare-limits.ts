/** Limits: how large, how long, how many, in which form. */
import type { Schema } from '../../model.ts';
import { type Atom, placeOf } from './conjunction.ts';
import type { Effect, Finding, Pair } from './finding.ts';

type Numeric = number | bigint;
/** A bound as it acts; undefined: there is none. */
interface Bound {
  readonly value: Numeric;
  readonly exclusive: boolean;
}

/** All limits that bear on values of the kinds that both sides allow. */
export function compareLimits(pair: Pair, common: ReadonlySet<Atom>): readonly Finding[] {
  const findings: Finding[] = [];
  if (common.has('integer') || common.has('fraction')) {
    const whole = !common.has('fraction');
    findings.push(...compareRange(pair, 'lower', whole), ...compareRange(pair, 'upper', whole));
    findings.push(...compareMultiples(pair));
  }
  if (common.has('string')) {
    findings.push(...compareCounts(pair, 'length', 'minLength', 'maxLength'));
    findings.push(...compareTexts(pair, 'pattern'));
  }
  if (common.has('string') || common.has('integer') || common.has('fraction'))
    findings.push(...compareTexts(pair, 'format'));
  if (common.has('array')) {
    findings.push(...compareCounts(pair, 'item-count', 'minItems', 'maxItems'), ...compareUnique(pair));
  }
  if (common.has('object'))
    findings.push(...compareCounts(pair, 'property-count', 'minProperties', 'maxProperties'));
  return findings;
}

function compareRange(
  { beforeParts, afterParts, before, after }: Pair,
  side: 'lower' | 'upper',
  whole: boolean,
): readonly Finding[] {
  const words: readonly (keyof Schema)[] =
    side === 'lower' ? ['minimum', 'exclusiveMinimum'] : ['maximum', 'exclusiveMaximum'];
  const [old, now] = [boundOf(beforeParts, side, whole), boundOf(afterParts, side, whole)];
  const order = compareBounds(old, now, side);
  if (order === 0) return [];
  const what = order > 0 ? 'range-narrowed' : 'range-widened';
  return [
    {
      what,
      effect: order > 0 ? 'narrowed' : 'widened',
      message: became(`the ${side} limit`, boundInWords(old), boundInWords(now)),
      before: placeOf(beforeParts, before, ...words),
      after: placeOf(afterParts, after, ...words),
    },
  ];
}

/** The strictest of all bounds. Among integers `> 3` is `>= 4`. */
function boundOf(parts: readonly Schema[], side: 'lower' | 'upper', whole: boolean): Bound | undefined {
  let strictest: Bound | undefined;
  for (const part of parts) {
    const including = side === 'lower' ? part.minimum : part.maximum;
    const excluding = side === 'lower' ? part.exclusiveMinimum : part.exclusiveMaximum;
    for (const [value, exclusive] of [
      [including, false],
      [excluding, true],
    ] as const) {
      if (value === undefined) continue;
      const bound = whole ? wholeBound(value, exclusive, side) : { value, exclusive };
      if (compareBounds(strictest, bound, side) > 0) strictest = bound;
    }
  }
  return strictest;
}

function wholeBound(value: Numeric, exclusive: boolean, side: 'lower' | 'upper'): Bound {
  if (typeof value === 'bigint')
    return { value: exclusive ? value + (side === 'lower' ? 1n : -1n) : value, exclusive: false };
  const rounded = side === 'lower' ? Math.ceil(value) : Math.floor(value);
  if (!Number.isSafeInteger(rounded)) return { value, exclusive };
  const step = exclusive && rounded === value ? (side === 'lower' ? 1 : -1) : 0;
  return { value: rounded + step, exclusive: false };
}

/** Above 0 when the second is stricter. */
function compareBounds(a: Bound | undefined, b: Bound | undefined, side: 'lower' | 'upper'): number {
  if (a === undefined || b === undefined) return (b === undefined ? 0 : 1) - (a === undefined ? 0 : 1);
  if (a.value < b.value) return side === 'lower' ? 1 : -1;
  if (a.value > b.value) return side === 'lower' ? -1 : 1;
  return Number(b.exclusive) - Number(a.exclusive);
}

function boundInWords(bound: Bound | undefined): string {
  if (bound === undefined) return 'none';
  return `${bound.value}${bound.exclusive ? ' (exclusive)' : ''}`;
}

function compareMultiples({ beforeParts, afterParts, before, after }: Pair): readonly Finding[] {
  const [old, now] = [setOf(beforeParts, 'multipleOf'), setOf(afterParts, 'multipleOf')];
  if (old.symmetricDifference(now).size === 0) return [];
  const effect = effectOnMultiples(old, now);
  return [
    {
      what: `multiple-${effect}`,
      effect,
      message: became('multipleOf', inWords(old), inWords(now)),
      before: placeOf(beforeParts, before, 'multipleOf'),
      after: placeOf(afterParts, after, 'multipleOf'),
    },
  ];
}

function effectOnMultiples(old: ReadonlySet<string>, now: ReadonlySet<string>): Effect {
  if (old.isSubsetOf(now)) return 'narrowed';
  if (now.isSubsetOf(old)) return 'widened';
  const [a, b] = [Number([...old][0]), Number([...now][0])];
  if (old.size > 1 || now.size > 1) return 'changed';
  if (b % a === 0) return 'narrowed';
  return a % b === 0 ? 'widened' : 'changed';
}

function compareCounts(
  { beforeParts, afterParts, before, after }: Pair,
  what: string,
  least: 'minLength' | 'minItems' | 'minProperties',
  most: 'maxLength' | 'maxItems' | 'maxProperties',
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [keyword, sign] of [
    [least, 1],
    [most, -1],
  ] as const) {
    const [old, now] = [strictest(beforeParts, keyword, sign), strictest(afterParts, keyword, sign)];
    if (old === now) continue;
    const effect = (now - old) * sign > 0 ? 'narrowed' : 'widened';
    findings.push({
      what: `${what}-${effect}`,
      effect,
      message: became(keyword, countInWords(old, sign), countInWords(now, sign)),
      before: placeOf(beforeParts, before, keyword),
      after: placeOf(afterParts, after, keyword),
    });
  }
  return findings;
}

function strictest(
  parts: readonly Schema[],
  keyword: 'minLength' | 'minItems' | 'minProperties' | 'maxLength' | 'maxItems' | 'maxProperties',
  sign: 1 | -1,
): number {
  const given = parts.map(part => part[keyword]).filter(value => value !== undefined);
  return sign === 1 ? Math.max(0, ...given) : Math.min(Number.POSITIVE_INFINITY, ...given);
}

function countInWords(count: number, sign: 1 | -1): string {
  return count === (sign === 1 ? 0 : Number.POSITIVE_INFINITY) ? 'none' : String(count);
}

/** Widths of integers: whatever fits the first fits the second. */
const WIDER: Readonly<Record<string, string>> = { int32: 'int64', float: 'double' };

function compareTexts(
  { beforeParts, afterParts, before, after }: Pair,
  keyword: 'pattern' | 'format',
): readonly Finding[] {
  const [old, now] = [setOf(beforeParts, keyword), setOf(afterParts, keyword)];
  if (old.symmetricDifference(now).size === 0) return [];
  const [first = '', second = ''] = [[...old][0], [...now][0]];
  const single = keyword === 'format' && old.size === 1 && now.size === 1;
  const effect: Effect =
    old.isSubsetOf(now) || (single && WIDER[second] === first)
      ? 'narrowed'
      : now.isSubsetOf(old) || (single && WIDER[first] === second)
        ? 'widened'
        : 'changed';
  return [
    {
      what: `${keyword}-${effect}`,
      effect,
      message: became(`the ${keyword}`, inWords(old), inWords(now)),
      before: placeOf(beforeParts, before, keyword),
      after: placeOf(afterParts, after, keyword),
    },
  ];
}

function compareUnique({ beforeParts, afterParts, before, after }: Pair): readonly Finding[] {
  const isUnique = ({ uniqueItems }: Schema): boolean => uniqueItems;
  const [old, now] = [beforeParts.some(isUnique), afterParts.some(isUnique)];
  if (old === now) return [];
  const places = {
    before: placeOf(beforeParts, before, 'uniqueItems'),
    after: placeOf(afterParts, after, 'uniqueItems'),
  };
  return [
    now
      ? { what: 'unique-narrowed', effect: 'narrowed', message: 'items must differ now', ...places }
      : { what: 'unique-widened', effect: 'widened', message: 'items may be equal now', ...places },
  ];
}

function setOf(parts: readonly Schema[], keyword: 'multipleOf' | 'pattern' | 'format'): ReadonlySet<string> {
  return new Set(parts.flatMap(part => (part[keyword] === undefined ? [] : [String(part[keyword])])));
}

function inWords(texts: ReadonlySet<string>): string {
  return texts.size === 0 ? 'none' : [...texts].join(' and ');
}

function became(what: string, old: string, now: string): string {
  if (old === 'none') return `${what} is ${now} now`;
  return now === 'none' ? `${what} ${old} is gone` : `${what} ${old} became ${now}`;
}
