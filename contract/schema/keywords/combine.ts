/** The keywords that apply other schemas to the same value: references, `allOf`, `not`, conditions, dependencies. */
import { isObject, type Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { fail, type Keyword, mayStop, mergeMarks, newMarks, type Run, type Slot } from '../run.ts';

export const reference: Keyword = (schema, compiler) => {
  if (schema.reference === undefined) return undefined;
  const slot = compiler.slot(schema.reference);
  return (value, run) => slot.check(value, run);
};

/** @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2 */
export const dynamicReference: Keyword = (schema, compiler) => {
  if (schema.dynamicReference === undefined) return undefined;
  const { anchor, target } = schema.dynamicReference;
  const slots = new Map<Schema, Slot>();
  return (value, run) => {
    let chosen = target;
    if (anchor !== undefined) {
      run.assumptions++;
      for (const frame of run.frames) {
        const outer = frame.dynamicAnchors.get(anchor);
        if (outer === undefined) continue;
        chosen = outer;
        break;
      }
    }
    let slot = slots.get(chosen);
    if (slot === undefined) slots.set(chosen, (slot = compiler.slot(chosen)));
    return slot.check(value, run);
  };
};

export const allOf: Keyword = (schema, compiler) => {
  if (schema.allOf.length === 0) return undefined;
  const slots = schema.allOf.map(compiler.slot);
  return (value, run) => {
    let holds = true;
    for (let index = 0; index < slots.length; index++) {
      if ((slots[index] as Slot).check(value, run)) continue;
      holds = false;
      if (mayStop(run)) return false;
    }
    return holds;
  };
};

/** Asks whether a schema holds, without reporting. What it has looked at counts only if it holds. */
export function probe(slot: Slot, value: Json, run: Run): boolean {
  const { report, marks } = run;
  run.report = undefined;
  if (marks !== undefined) run.marks = newMarks();
  const holds = slot.check(value, run);
  if (marks !== undefined && run.marks !== undefined && holds) mergeMarks(marks, run.marks);
  run.marks = marks;
  run.report = report;
  return holds;
}

export const not: Keyword = (schema, compiler) => {
  if (schema.not === undefined) return undefined;
  const slot = compiler.slot(schema.not);
  return (value, run) => {
    const { marks } = run;
    run.marks = undefined;
    const holds = probe(slot, value, run);
    run.marks = marks;
    return !holds || fail(run, schema, 'not', () => 'must not be what "not" describes, and is');
  };
};

/** `if`, `then` and `else`. */
export const condition: Keyword = (schema, compiler) => {
  if (schema.if === undefined) return undefined;
  const test = compiler.slot(schema.if);
  const then = schema.then === undefined ? undefined : compiler.slot(schema.then);
  const otherwise = schema.else === undefined ? undefined : compiler.slot(schema.else);
  return (value, run) => {
    // Alone, `if` decides nothing; but what it looks at is evaluated (2020-12 core, 10.2.2.1).
    if (then === undefined && otherwise === undefined && run.marks === undefined) return true;
    const branch = probe(test, value, run) ? then : otherwise;
    return branch === undefined || branch.check(value, run);
  };
};

export const dependentSchemas: Keyword = (schema, compiler) => {
  if (schema.dependentSchemas.size === 0) return undefined;
  const slots = [...schema.dependentSchemas].map(([name, sub]) => [name, compiler.slot(sub)] as const);
  return (value, run) => {
    if (!isObject(value)) return true;
    let holds = true;
    for (const [name, slot] of slots) {
      if (!Object.hasOwn(value, name) || slot.check(value, run)) continue;
      holds = false;
      if (mayStop(run)) return false;
    }
    return holds;
  };
};
