/** What draft 4 asks of arrays, in the words of the Java validator, and which schemas their items have. */
import { isList, type Value } from '../../vtl/values.ts';
import { canonical } from './equality.ts';
import { countOf } from './keyword-value.ts';
import { type Check, fail, type Keyword, type KeywordContext } from './schema-check.ts';

const additionalItems: Keyword = {
  name: 'additionalItems',
  appliesTo: ['array'],
  compile(value, { schema }) {
    const items = schema.get('items');
    if (value !== false || !isList(items)) return undefined;
    return (found, run) => {
      const { length } = found as readonly Value[];
      if (length <= items.length) return true;
      return fail(
        run,
        () => `schema only allows ${items.length} elements in array but instance has ${length} elements`,
      );
    };
  },
};

const maxItems: Keyword = {
  name: 'maxItems',
  appliesTo: ['array'],
  compile(value, context) {
    const most = countOf(value, 'maxItems', context);
    if (most === undefined) return undefined;
    return (found, run) => {
      const { length } = found as readonly Value[];
      if (length <= most) return true;
      return fail(
        run,
        () => `array is too long: must have at most ${most} elements but instance has ${length} elements`,
      );
    };
  },
};

const minItems: Keyword = {
  name: 'minItems',
  appliesTo: ['array'],
  compile(value, context) {
    const least = countOf(value, 'minItems', context);
    if (least === undefined) return undefined;
    return (found, run) => {
      const { length } = found as readonly Value[];
      if (length >= least) return true;
      return fail(
        run,
        () => `array is too short: must have at least ${least} elements but instance has ${length} elements`,
      );
    };
  },
};

const uniqueItems: Keyword = {
  name: 'uniqueItems',
  appliesTo: ['array'],
  compile(value) {
    if (value !== true) return undefined;
    return (found, run) => {
      const seen = new Set<string>();
      for (const item of found as readonly Value[]) {
        const text = canonical(item, run.meter);
        if (seen.has(text)) return fail(run, () => 'array must not contain duplicate elements');
        seen.add(text);
      }
      return true;
    };
  },
};

export const ARRAY_KEYWORDS: readonly Keyword[] = [additionalItems, maxItems, minItems, uniqueItems];

/** The items of an array against their schemas; undefined when they have none. */
export function itemsCheck({ schema, nodeOf }: KeywordContext): Check | undefined {
  const items = schema.get('items');
  const additional = schema.get('additionalItems');
  if (items === undefined) return undefined;
  if (!isList(items)) {
    const node = nodeOf(items, 'items');
    return (found, run) => {
      let holds = true;
      for (const item of found as readonly Value[]) {
        holds = node.check(item, run) && holds;
        if (!holds && run.errors === undefined) return false;
      }
      return holds;
    };
  }
  const nodes = items.map((item, index) => nodeOf(item, 'items', index));
  const rest =
    additional === undefined || typeof additional === 'boolean'
      ? undefined
      : nodeOf(additional, 'additionalItems');
  return (found, run) => {
    let holds = true;
    for (const [index, item] of (found as readonly Value[]).entries()) {
      const node = index < nodes.length ? nodes[index] : rest;
      holds = (node?.check(item, run) ?? true) && holds;
      if (!holds && run.errors === undefined) return false;
    }
    return holds;
  };
}
