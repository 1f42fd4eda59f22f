/**
 * `oneOf` and `anyOf`, with the discriminator that may choose their member. When no member holds, the one that came
 * closest explains itself.
 */
import { isObject, type Json, own } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import {
  type Check,
  count,
  fail,
  type Keyword,
  type Report,
  type Run,
  type Slot,
  show,
  showList,
  type Violation,
} from '../run.ts';
import { probe } from './combine.ts';
import { discriminatorOf } from './discriminator.ts';

export const anyOf: Keyword = (schema, compiler) => {
  if (schema.anyOf === undefined) return undefined;
  const slots = schema.anyOf.map(compiler.slot);
  const plain: Check = (value, run) => {
    let matches = 0;
    for (let index = 0; index < slots.length; index++) {
      if (!probe(slots[index] as Slot, value, run)) continue;
      matches++;
      // Every member that holds has a say in what is evaluated.
      if (run.marks === undefined) return true;
    }
    if (matches > 0) return true;
    fail(
      run,
      schema,
      'anyOf',
      () => `must match at least one of ${count(slots.length, 'schema')}, matches none`,
    );
    return explain(slots, value, run);
  };
  // With both, the discriminator is about `oneOf`.
  return schema.oneOf === undefined ? discriminated(schema, 'anyOf', slots, plain, compiler.slot) : plain;
};

export const oneOf: Keyword = (schema, compiler) => {
  if (schema.oneOf === undefined) return undefined;
  const slots = schema.oneOf.map(compiler.slot);
  const plain: Check = (value, run) => {
    const matches: number[] = [];
    let matched = -1;
    for (let index = 0; index < slots.length; index++) {
      if (!probe(slots[index] as Slot, value, run)) continue;
      if (run.report !== undefined) matches.push(index);
      else if (matched >= 0) return false;
      matched = index;
    }
    if (matched >= 0 && matches.length < 2) return true;
    const must = `must match exactly one of ${count(slots.length, 'schema')}`;
    if (matched >= 0) {
      const names = matches.map(index => memberName(slots[index]?.schema, index));
      return fail(run, schema, 'oneOf', () => `${must}, matches ${matches.length}: ${names.join(', ')}`);
    }
    fail(run, schema, 'oneOf', () => `${must}, matches none`);
    return explain(slots, value, run);
  };
  return discriminated(schema, 'oneOf', slots, plain, compiler.slot);
};

function memberName(schema: Schema | undefined, index: number): string {
  return schema?.name ?? schema?.reference?.name ?? `number ${index + 1}`;
}

/** The tag selects; then the other members are not asked, and the errors are the selected member's own. */
function discriminated(
  schema: Schema,
  keyword: 'oneOf' | 'anyOf',
  slots: readonly Slot[],
  plain: Check,
  slotOf: (schema: Schema) => Slot,
): Check {
  if (schema.discriminator === undefined) return plain;
  const discriminator = discriminatorOf(schema, schema.discriminator, schema[keyword] ?? []);
  if (discriminator === undefined) return plain;
  const { propertyName, members, fallback, complete } = discriminator;
  const slotFor = new Map(slots.map(slot => [slot.schema, slot]));
  const select = (member: Schema): Slot => {
    const slot = slotFor.get(member) ?? slotOf(member);
    slotFor.set(member, slot);
    return slot;
  };
  return (value, run) => {
    if (!isObject(value)) return plain(value, run);
    const tag = own(value, propertyName);
    const member = typeof tag === 'string' ? members().get(tag) : undefined;
    if (member !== undefined) return select(member).check(value, run);
    if (fallback !== undefined && (tag === undefined || typeof tag === 'string')) {
      return select(fallback).check(value, run);
    }
    if (tag === undefined) {
      if (!discriminator.required()) return plain(value, run);
      return fail(
        run,
        schema,
        'discriminator',
        () => `must have property ${show(propertyName)}, which says what it is`,
      );
    }
    if (!complete()) return plain(value, run);
    const known = [...members().keys()];
    return fail(
      run,
      schema,
      'discriminator',
      () => `must have one of ${showList(known)} as ${show(propertyName)}, has ${show(tag)}`,
    );
  };
}

const EXPLAINED_UNIONS = 3;
const EXPLAINED_VIOLATIONS = 10;

/** Reports what the closest member has against the value. Always false: no member holds. */
function explain(slots: readonly Slot[], value: Json, run: Run): false {
  const { report } = run;
  if (report === undefined || report.unions >= EXPLAINED_UNIONS) return false;
  let closest: readonly Violation[] = [];
  let least = Number.POSITIVE_INFINITY;
  const { marks } = run;
  run.marks = undefined;
  for (const slot of slots) {
    const inner: Report = {
      violations: [],
      limit: EXPLAINED_VIOLATIONS,
      path: [...report.path],
      unions: report.unions + 1,
    };
    run.report = inner;
    slot.check(value, run);
    const distance = distanceOf(inner);
    if (distance < least) {
      least = distance;
      closest = inner.violations;
    }
  }
  run.report = report;
  run.marks = marks;
  for (const violation of closest) {
    if (report.violations.length < report.limit) report.violations.push(violation);
  }
  return false;
}

/**
 * How far a member is from what the value meant to be. Another type, or another constant in a property, says that
 * a different member was meant; a fault far down says that this one was.
 */
function distanceOf({ violations, path }: Report): number {
  let distance = 0;
  for (const { keyword, instance } of violations) {
    const below = instance.split('/').length - 1 - path.length;
    if (below === 0 && (keyword === 'type' || keyword === 'false')) distance += 100;
    else if (keyword === 'const' || keyword === 'enum') distance += below <= 1 ? 20 : 2;
    else if (keyword === 'additionalProperties' || keyword === 'required') distance += 3 / (1 + below);
    else distance += 1 / (1 + below);
  }
  return distance;
}
