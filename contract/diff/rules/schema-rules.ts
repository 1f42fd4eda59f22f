/** Every rule about schemas, once for each direction, by the name that a comparison gives to its finding. */
import type { Direction } from '../../schema/run.ts';
import { type DiffRule, withRequestSchema, withResponseSchema } from '../rule.ts';
import type { Finding } from '../schema/finding.ts';
import type { SchemaChange } from './schema-change.ts';
import { COMBINATION_CHANGES, twistedChange } from './schema-combinations.ts';
import { LIMIT_CHANGES } from './schema-limits.ts';
import { PROPERTY_CHANGES } from './schema-properties.ts';
import { VALUE_CHANGES } from './schema-values.ts';

/** In the order of the reference page. */
export const SCHEMA_CHANGES: readonly SchemaChange[] = [
  ...VALUE_CHANGES,
  ...LIMIT_CHANGES,
  ...PROPERTY_CHANGES,
  ...COMBINATION_CHANGES,
  twistedChange,
];

export const SCHEMA_RULES: readonly DiffRule[] = SCHEMA_CHANGES.flatMap(change => [
  ruleOf(change, 'request'),
  ruleOf(change, 'response'),
]);

const byName = new Map(SCHEMA_RULES.map(rule => [rule.name, rule]));

/** The rule that a finding breaks in a direction. */
export function schemaRule(
  direction: Direction,
  { what, twisted }: Finding & { readonly twisted: boolean },
): DiffRule {
  const name = `${direction}-${twisted ? twistedChange.what : what}`;
  const rule = byName.get(name);
  if (rule === undefined) throw new TypeError(`no rule ${name}`);
  return rule;
}

function ruleOf(change: SchemaChange, direction: Direction): DiffRule {
  const sample = direction === 'request' ? withRequestSchema : withResponseSchema;
  return {
    name: `${direction}-${change.what}`,
    severity: change[direction],
    title: `In a ${direction}: ${change.title}`,
    why: change.why[direction],
    before: sample(change.before),
    after: sample(change.after),
  };
}
