/** Puts the two ends of a range in order: a stay that ends on the day it begins is valid by every schema, and refused everywhere. */
import { type Json, own, setOwn } from '../../json/value.ts';
import { rangesAmong } from '../range-names.ts';
import { conjunction } from './conjunction.ts';
import type { Facts } from './facts.ts';
import type { Maker } from './maker.ts';
import { propertySchemas } from './properties.ts';

const DAY_MS = 86_400_000;
/** The years that are written with four digits. */
const LAST_MS = Date.UTC(9999, 0);

/** Moves the ends of ranges behind their beginnings, where the schemas allow it; the rest stays as it is. */
export function orderRanges(value: Record<string, Json>, facts: Facts, maker: Maker): void {
  for (const { from, to } of rangesAmong(Object.keys(value))) {
    const [low, high] = [own(value, from), own(value, to)];
    if (
      low === undefined ||
      high === undefined ||
      typeof low !== typeof high ||
      low === null ||
      high === null
    )
      continue;
    if (low < high) continue;
    const all = propertySchemas(facts, to);
    if (all === undefined) continue;
    const schema = conjunction(all);
    const moved = laterThan(low).find(candidate => all.length === 0 || maker.accepts(schema, candidate));
    if (moved !== undefined) setOwn(value, to, moved);
  }
}

function laterThan(low: Json): readonly Json[] {
  if (typeof low === 'number') return [low + 1, low + 10, low * 2, low + 0.5].filter(next => next > low);
  if (typeof low !== 'string' || !/^\d{4}-\d\d-\d\d/.test(low)) return [];
  const ms = Date.parse(low);
  if (!(ms + 60 * DAY_MS < LAST_MS)) return [];
  return [60, 2, 1].flatMap(days => {
    const later = new Date(ms + days * DAY_MS).toISOString();
    return low.length === 10 ? [later.slice(0, 10)] : [later.replace('.000Z', 'Z'), later];
  });
}
