/** Values that keywords have in common. */
import { isList, isMap, type Value, type ValueMap } from '../../vtl/values.ts';
import type { KeywordContext } from './schema-check.ts';

/** A whole number from 0 on; anything else is a problem. */
export function countOf(value: Value, name: string, { problem }: KeywordContext): number | undefined {
  if ((typeof value === 'number' || typeof value === 'bigint') && value >= 0) return Number(value);
  problem(`${name} is no whole number from 0 on`, name);
  return undefined;
}

/** A list of texts; anything else is a problem. */
export function textsOf(
  value: Value,
  name: string,
  { problem }: KeywordContext,
): readonly string[] | undefined {
  if (isList(value)) {
    const texts = value.filter(item => typeof item === 'string');
    if (texts.length === value.length) return texts;
  }
  problem(`${name} is no list of texts`, name);
  return undefined;
}

/** A list of schemas with at least one; anything else is a problem. */
export function schemasOf(
  value: Value,
  name: string,
  { problem }: KeywordContext,
): readonly Value[] | undefined {
  if (isList(value) && value.length > 0) return value;
  problem(`${name} is no list of schemas`, name);
  return undefined;
}

/** Schemas by name; anything else is a problem. */
export function membersOf(value: Value | undefined, name: string, { problem }: KeywordContext): ValueMap {
  if (value === undefined) return new Map();
  if (isMap(value)) return value;
  problem(`${name} is no object`, name);
  return new Map();
}
