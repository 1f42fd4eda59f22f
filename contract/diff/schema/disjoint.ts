/** Whether two schemas can have a value in common. "Yes, none" is certain; "no" only means that nobody can tell. */
import type { Direction } from '../../schema/run.ts';
import {
  allows,
  atomsOf,
  finiteValues,
  isNever,
  partsTogether,
  propertyOf,
  sourceOf,
} from './conjunction.ts';
import type { Conjunction } from './finding.ts';

const MOST_DEPTH = 3;

/** True when no value is valid against both. */
export function areDisjoint(a: Conjunction, b: Conjunction, direction: Direction, depth = 0): boolean {
  const [left, right] = [partsTogether(a), partsTogether(b)];
  const common = atomsOf(left).intersection(atomsOf(right));
  if (common.size === 0) return true;
  const [some, others] = [finiteValues(a, left, direction), finiteValues(b, right, direction)];
  if (some !== undefined) return !some.some(value => allows(b, value, direction));
  if (others !== undefined) return !others.some(value => allows(a, value, direction));
  if (depth >= MOST_DEPTH || common.size > 1 || !common.has('object')) return false;
  const required = new Set([...left, ...right].flatMap(part => part.required));
  return [...required].some(name => {
    const [old, now] = [propertyOf(left, name, sourceOf(a)), propertyOf(right, name, sourceOf(b))];
    return isNever(old) || isNever(now) || areDisjoint(old, now, direction, depth + 1);
  });
}
