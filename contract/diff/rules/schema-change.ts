/** How a change of a schema weighs in either direction: what is narrower refuses requests, what is wider surprises readers. */
import type { ChangeSeverity } from '../rule.ts';
import type { Effect } from '../schema/finding.ts';

export interface SchemaChange {
  /** The name of the rules, without their direction. */
  readonly what: string;
  readonly title: string;
  readonly request: ChangeSeverity;
  readonly response: ChangeSeverity;
  readonly why: { readonly request: string; readonly response: string };
  /** Schemas that show it, as YAML on one line. */
  readonly before: string;
  readonly after: string;
}

const WEIGHT: Readonly<
  Record<Effect, { readonly request: ChangeSeverity; readonly response: ChangeSeverity }>
> = {
  narrowed: { request: 'breaking', response: 'safe' },
  widened: { request: 'safe', response: 'breaking' },
  changed: { request: 'breaking', response: 'breaking' },
};

const WHY: Readonly<Record<Effect, SchemaChange['why']>> = {
  narrowed: {
    request: 'What clients may send by the first document is refused by the second.',
    response: 'Clients get nothing that the first document did not allow.',
  },
  widened: {
    request: 'Whatever clients send by the first document is still taken.',
    response: 'Clients may get what the first document ruled out.',
  },
  changed: {
    request: 'Some of what clients may send by the first document may be refused by the second.',
    response: 'Clients may get what the first document ruled out.',
  },
};

/** A change with the weight that its effect has, but where something else is said. */
export function schemaChange(
  what: string,
  effect: Effect,
  title: string,
  samples: readonly [before: string, after: string],
  other: Partial<Pick<SchemaChange, 'request' | 'response' | 'why'>> = {},
): SchemaChange {
  return {
    what,
    title,
    ...WEIGHT[effect],
    why: WHY[effect],
    before: samples[0],
    after: samples[1],
    ...other,
  };
}

/** A narrowing and its opposite, shown by the same two schemas. */
export function bothWays(
  names: readonly [narrowed: string, widened: string],
  titles: readonly [narrowed: string, widened: string],
  samples: readonly [wide: string, narrow: string],
): readonly SchemaChange[] {
  const [wide, narrow] = samples;
  return [
    schemaChange(names[0], 'narrowed', titles[0], [wide, narrow]),
    schemaChange(names[1], 'widened', titles[1], [narrow, wide]),
  ];
}
