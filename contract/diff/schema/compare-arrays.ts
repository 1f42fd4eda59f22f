/** Items: by their position, all the others, and what must be among them. */
import type { Schema } from '../../model.ts';
import { placeOf, sourceOf } from './conjunction.ts';
import type { Compared, Conjunction, Effect, Finding, Pair, Step } from './finding.ts';

/** Everything that is said of arrays, but for how many items they have. */
export function compareArrays(pair: Pair): Compared {
  const { before, after, beforeParts, afterParts } = pair;
  const steps: Step[] = [];
  const positions = Math.max(
    ...[...beforeParts, ...afterParts].map(part => part.prefixItems?.length ?? 0),
    0,
  );
  for (let index = 0; index <= positions; index++) {
    const old = itemAt(beforeParts, index, before);
    const now = itemAt(afterParts, index, after);
    const path = index < positions ? `[${index}]` : '[]';
    if (old.schemas.length + now.schemas.length > 0) steps.push({ before: old, after: now, path });
  }
  const contains = compareContains(pair);
  return { findings: contains.findings, steps: [...steps, ...contains.steps] };
}

/** What the parts say of the item at an index; beyond all positions, of every further one. */
function itemAt(parts: readonly Schema[], index: number, whole: Conjunction): Conjunction {
  const schemas = parts.flatMap(({ prefixItems = [], items, unevaluatedItems }) => {
    const found = prefixItems[index] ?? items ?? unevaluatedItems;
    return found === undefined ? [] : [found];
  });
  return { schemas: [...new Set(schemas)].filter(({ always }) => always !== true), at: sourceOf(whole) };
}

function compareContains({ before, after, beforeParts, afterParts }: Pair): Compared {
  const has = ({ contains }: Schema): boolean => contains !== undefined;
  const [old, now] = [beforeParts.filter(has), afterParts.filter(has)];
  if (old.length + now.length === 0) return { findings: [], steps: [] };
  const findings: Finding[] = [];
  const steps: Step[] = [];
  const places = {
    before: placeOf(beforeParts, before, 'contains'),
    after: placeOf(afterParts, after, 'contains'),
  };
  if (now.length > old.length) {
    const message = 'some items are prescribed now';
    findings.push({ what: 'contains-narrowed', effect: 'narrowed', message, ...places });
  } else if (now.length < old.length) {
    const message = 'some items are not prescribed any more';
    findings.push({ what: 'contains-widened', effect: 'widened', message, ...places });
  }
  for (const [index, part] of old.entries()) {
    const other = now[index];
    if (other === undefined) continue;
    steps.push(prescribed(part, other));
    const effect = effectOnCount(part, other);
    if (effect === undefined) continue;
    const message = 'how many of the prescribed items there must be is another number';
    findings.push({ what: `contains-${effect}`, effect, message, ...places });
  }
  return { findings, steps };
}

function prescribed(old: Schema, now: Schema): Step {
  return {
    before: { schemas: old.contains === undefined ? [] : [old.contains], at: old.source },
    after: { schemas: now.contains === undefined ? [] : [now.contains], at: now.source },
    path: '[contains]',
    // Where a most is given, more that match are more that may be too many.
    ...(old.maxContains === undefined && now.maxContains === undefined ? {} : { twisted: true as const }),
  };
}

function effectOnCount(old: Schema, now: Schema): Effect | undefined {
  const least = (now.minContains ?? 1) - (old.minContains ?? 1);
  const most = (now.maxContains ?? Number.MAX_SAFE_INTEGER) - (old.maxContains ?? Number.MAX_SAFE_INTEGER);
  if (least === 0 && most === 0) return undefined;
  if (least >= 0 && most <= 0) return 'narrowed';
  return least <= 0 && most >= 0 ? 'widened' : 'changed';
}
