/** The keywords on arrays. */
import { isArray } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import {
  assertion,
  type Check,
  count,
  descend,
  fail,
  giveUp,
  type Keyword,
  mayStop,
  TOO_DEEP,
} from '../run.ts';
import { firstTwins } from './unique.ts';

export const minItems: Keyword = schema => {
  const limit = schema.minItems;
  if (limit === undefined) return undefined;
  return assertion(
    schema,
    'minItems',
    value => !isArray(value) || value.length >= limit,
    value => `must have at least ${count(limit, 'item')}, has ${isArray(value) ? value.length : 0}`,
  );
};

export const maxItems: Keyword = schema => {
  const limit = schema.maxItems;
  if (limit === undefined) return undefined;
  return assertion(
    schema,
    'maxItems',
    value => !isArray(value) || value.length <= limit,
    value => `must have at most ${count(limit, 'item')}, has ${isArray(value) ? value.length : 0}`,
  );
};

export const uniqueItems: Keyword = schema => {
  if (!schema.uniqueItems) return undefined;
  return (value, run) => {
    if (!isArray(value)) return true;
    const twins = firstTwins(value);
    if (twins === undefined) return true;
    if (twins === 'too deep') return giveUp(run, TOO_DEEP);
    return fail(
      run,
      schema,
      'uniqueItems',
      () => `must not repeat an item; items ${twins.join(' and ')} are equal`,
    );
  };
};

export const prefixItems: Keyword = (schema, compiler) => {
  const { prefixItems } = schema;
  if (prefixItems === undefined) return undefined;
  const slots = prefixItems.map(compiler.slot);
  return (value, run) => {
    if (!isArray(value)) return true;
    let holds = true;
    const end = Math.min(value.length, slots.length);
    for (let index = 0; index < end; index++) {
      const slot = slots[index];
      const item = value[index];
      if (slot === undefined || item === undefined || descend(slot, item, index, run)) continue;
      holds = false;
      if (mayStop(run)) return false;
    }
    if (run.marks !== undefined) run.marks.firstItems = Math.max(run.marks.firstItems, end);
    return holds;
  };
};

export const items: Keyword = (schema, compiler) => {
  if (schema.items === undefined) return undefined;
  const slot = compiler.slot(schema.items);
  const first = schema.prefixItems?.length ?? 0;
  const forbidden = schema.items.always === false;
  return (value, run) => {
    if (!isArray(value)) return true;
    if (run.marks !== undefined) run.marks.allItems = true;
    if (forbidden) {
      return (
        value.length <= first ||
        fail(run, schema, 'items', () => `must have at most ${count(first, 'item')}, has ${value.length}`)
      );
    }
    let holds = true;
    for (let index = first; index < value.length; index++) {
      const item = value[index];
      if (item === undefined || descend(slot, item, index, run)) continue;
      holds = false;
      if (mayStop(run)) return false;
    }
    return holds;
  };
};

/** `contains` with `minContains` and `maxContains`, which mean nothing without it. */
export const contains: Keyword = (schema, compiler) => {
  if (schema.contains === undefined) return undefined;
  const slot = compiler.slot(schema.contains);
  const least = schema.minContains ?? 1;
  const most = schema.maxContains ?? Number.POSITIVE_INFINITY;
  return (value, run) => {
    if (!isArray(value)) return true;
    const { report } = run;
    run.report = undefined;
    let found = 0;
    for (let index = 0; index < value.length; index++) {
      const item = value[index];
      if (item === undefined || !descend(slot, item, index, run)) continue;
      found++;
      run.marks?.items.add(index);
      if (run.marks === undefined && (found > most || (found >= least && most === Number.POSITIVE_INFINITY)))
        break;
    }
    run.report = report;
    if (found < least) return tooFew(schema, least, found)(value, run);
    if (found > most) {
      return fail(run, schema, schema.maxContains === undefined ? 'contains' : 'maxContains', () => {
        return `must contain at most ${most} of the items that "contains" describes, has more`;
      });
    }
    return true;
  };
};

function tooFew(schema: Schema, least: number, found: number): Check {
  return (_value, run) =>
    fail(run, schema, schema.minContains === undefined ? 'contains' : 'minContains', () =>
      found === 0
        ? 'must contain an item that "contains" describes, has none'
        : `must contain at least ${least} of the items that "contains" describes, has ${found}`,
    );
}
