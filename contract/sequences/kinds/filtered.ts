/** A list that is asked for one of several kinds holds no other. */
import { declaredAt, declaredProperty } from '../../http/schema-views.ts';
import type { Json } from '../../json/value.ts';
import type { Parameter } from '../../model.ts';
import { newDraft } from '../draft.ts';
import { answerSchema } from '../ids.ts';
import { itemSchema, type Listing, listingOf } from '../lists.ts';
import type { Kind } from './kind.ts';

/** Values asked for, of all parameters together. */
const MOST = 12;

/** Of these a value may stand for those above it or in its place. */
const NO_FILTER = /^(.*level|severity|priority|lang|language|locale|sort|order|view|format)$/i;

export const filtered: Kind = {
  name: 'filtered',
  title: 'a list that is asked for one value of a property holds items with that value only',
  description: `For a list with a query parameter that is called like a property of its items, where both have an enum: asks for each value that both know, ${MOST} at most. What may stand for more than one value, such as \`level\` or \`language\`, is left out.`,
  claims: ['filtered'],
  plan: (resource, options) => {
    const listing = listingOf(resource);
    if (listing === undefined || options.depth === 'examples') return undefined;
    const asked = filtersOf(listing);
    if (asked.length === 0) return undefined;
    const draft = newDraft(resource, options, 14);
    const item = draft.make(resource);
    if (resource.create !== undefined && item === undefined) return draft.fail('filtered', 'no-sample');
    for (const { parameter, value, sent } of asked.slice(0, MOST)) {
      draft.ask(listing.operation, item, {
        name: `read the list with ${parameter.name} ${String(value)}`,
        inputs: [{ into: { kind: 'parameter', parameter }, from: [{ kind: 'constant', value: sent }] }],
        claims: [{ kind: 'filtered', items: listing.shape.items, property: parameter.name, value }],
      });
    }
    return draft.end('filtered', 'a list holds what it is asked for', {
      alone: resource.create === undefined,
    });
  },
};

interface Filter {
  readonly parameter: Parameter;
  readonly value: Json;
  /** As the parameter takes it: several may be asked for at once. */
  readonly sent: Json;
}

function filtersOf({ operation, shape }: Listing): readonly Filter[] {
  const whole = answerSchema(operation);
  const list = declaredAt(whole, shape.items);
  const item = list === undefined ? undefined : itemSchema(list);
  if (item === undefined) return [];
  return operation.parameters.flatMap((parameter): readonly Filter[] => {
    const { in: place, name, schema } = parameter;
    if (place !== 'query' || NO_FILTER.test(name)) return [];
    const known = declaredProperty(item, name)?.enum ?? [];
    // What the list may be asked for and no item can be, such as `all`, is no single value.
    const shared = (values: readonly Json[] = []): readonly Json[] =>
      values.filter(value => typeof value === 'string' && known.includes(value));
    return [
      ...shared(schema?.enum).map(value => ({ parameter, value, sent: value })),
      ...shared(schema?.items?.enum).map(value => ({ parameter, value, sent: [value] })),
    ];
  });
}
