/** Which schemas a property or an item has to meet when several schemas hold at once. */
import type { Schema } from '../../model.ts';
import { compilePattern } from '../pattern/match.ts';
import { isValid } from '../validate.ts';
import type { Facts } from './facts.ts';

/** All schemas for the property of this name; undefined when a property of this name may not be there. */
export function propertySchemas(facts: Facts, name: string): readonly Schema[] | undefined {
  if (facts.forbidden.has(name)) return undefined;
  const found: Schema[] = [];
  for (const schema of facts.schemas) {
    const declared = addDeclared(schema, name, found);
    const { additionalProperties, unevaluatedProperties, propertyNames } = schema;
    if (propertyNames !== undefined && !isValid(propertyNames, name)) return undefined;
    if (!declared && additionalProperties !== undefined) found.push(additionalProperties);
    if (!declared && unevaluatedProperties !== undefined && !evaluated(facts, schema, name)) {
      found.push(unevaluatedProperties);
    }
  }
  return found.some(schema => schema.always === false) ? undefined : found;
}

function addDeclared(schema: Schema, name: string, found: Schema[]): boolean {
  const property = schema.properties.get(name);
  if (property !== undefined) found.push(property);
  let declared = property !== undefined;
  for (const [pattern, matched] of schema.patternProperties) {
    if (!nameMatches(pattern, name)) continue;
    found.push(matched);
    declared = true;
  }
  return declared;
}

/** Near enough: declared by anything that holds here. Validation, which follows, knows exactly. */
function evaluated(facts: Facts, by: Schema, name: string): boolean {
  return facts.schemas.some(
    schema => schema !== by && (addDeclared(schema, name, []) || schema.additionalProperties !== undefined),
  );
}

export function nameMatches(pattern: string, name: string): boolean {
  const compiled = compilePattern(pattern);
  return compiled.kind !== 'fault' && compiled.test(name);
}

/** All schemas for the item at this index; undefined when there may be none. */
export function itemSchemas(facts: Facts, index: number): readonly Schema[] | undefined {
  const found: Schema[] = [];
  for (const schema of facts.schemas) {
    const item = schema.prefixItems?.[index] ?? schema.items;
    if (item !== undefined) {
      found.push(item);
    } else if (
      schema.unevaluatedItems !== undefined &&
      !facts.schemas.some(other => coversItem(other, index))
    ) {
      found.push(schema.unevaluatedItems);
    }
  }
  return found.some(schema => schema.always === false) ? undefined : found;
}

function coversItem({ items, prefixItems }: Schema, index: number): boolean {
  return items !== undefined || prefixItems?.[index] !== undefined;
}
