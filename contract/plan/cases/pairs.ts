/**
 * The fewest rows in which every two of some things that may be there or not are once both there, both away, and each
 * there without the other. With the row in which all are away, no set of rows is smaller (Kleitman and Spencer, "Families
 * of k-independent sets", 1973): a thing is the set of rows that have it, and all these sets are different, equally large
 * and larger than half of the rows, so that two of them always meet and none holds another.
 */

/**
 * The rows, without the one in which all are away.
 *
 * @param count - how many things there are; from 2 on
 * @example
 * ```ts
 * import { pairRows } from './contract/plan/cases/pairs.ts';
 *
 * console.log(pairRows(35).length); // 7
 * ```
 */
export function pairRows(count: number): readonly (readonly boolean[])[] {
  if (count < 2) return [];
  let rows = 3;
  while (binomial(rows, sizeFor(rows)) < count) rows += 1;
  const sets = subsets(rows, sizeFor(rows), count);
  return Array.from({ length: rows }, (_, row) => sets.map(set => set.has(row)));
}

/** More than half. */
function sizeFor(rows: number): number {
  return Math.floor(rows / 2) + 1;
}

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let index = 1; index <= k; index += 1) ways = (ways * (n - k + index)) / index;
  return Math.round(ways);
}

/** The first sets of `size` numbers below `below`, in lexical order. */
function subsets(below: number, size: number, count: number): readonly ReadonlySet<number>[] {
  const found: Set<number>[] = [];
  const chosen = Array.from({ length: size }, (_, index) => index);
  while (found.length < count) {
    found.push(new Set(chosen));
    let place = size - 1;
    while (place >= 0 && chosen[place] === below - size + place) place -= 1;
    if (place < 0) break;
    chosen[place] = (chosen[place] ?? 0) + 1;
    for (let later = place + 1; later < size; later += 1) chosen[later] = (chosen[later - 1] ?? 0) + 1;
  }
  return found;
}
