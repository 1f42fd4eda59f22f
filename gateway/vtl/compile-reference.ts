/** References as functions: reading, printing, setting. */

import type { Names } from './frame.ts';
import { callMethod, indexOf, memberOf, setIndex, setMember } from './members.ts';
import type { Evaluate, Render, Run } from './run.ts';
import { DefinedBlock } from './run.ts';
import type { Expression, Reference, Step } from './syntax.ts';
import { textOf } from './value-text.ts';
import type { Value } from './values.ts';

/** What the parts of a reference are compiled with. */
export interface ReferenceContext {
  readonly names: Names;
  readonly compile: (expression: Expression) => Evaluate;
}

type Walk = (run: Run, value: Value) => Value;

/** Reads the value; null when a part of the way has none. */
export function compileReading(reference: Reference, { names, compile }: ReferenceContext): Evaluate {
  const { steps, bare } = reference;
  if (bare) return () => null;
  const slot = names.slotOf(reference.name);
  const [first, second, ...others] = steps.map(step => compileStep(step, compile));
  if (first === undefined) return run => run.frame.get(slot);
  const members = steps.map(step => (step.kind === 'member' ? step.name : undefined));
  const [one, two] = members;
  // The two that most references are, without a call for each step while what they go through are maps.
  if (one !== undefined && steps.length === 1) {
    return run => {
      const root = run.frame.get(slot);
      if (root instanceof Map) return root.get(one) ?? null;
      return root === null ? null : first(run, root);
    };
  }
  if (one !== undefined && two !== undefined && second !== undefined && steps.length === 2) {
    return run => {
      const root = run.frame.get(slot);
      if (root === null) return null;
      const inner = root instanceof Map ? (root.get(one) ?? null) : first(run, root);
      if (inner instanceof Map) return inner.get(two) ?? null;
      return inner === null ? null : second(run, inner);
    };
  }
  if (second === undefined) {
    return run => {
      const root = run.frame.get(slot);
      return root === null ? null : first(run, root);
    };
  }
  const walks = [first, second, ...others];
  return run => {
    let value = run.frame.get(slot);
    for (const walk of walks) {
      if (value === null) return null;
      value = walk(run, value);
    }
    return value;
  };
}

function compileStep(step: Step, compile: (expression: Expression) => Evaluate): Walk {
  const { at } = step;
  switch (step.kind) {
    case 'member': {
      const { name } = step;
      return (run, value) => {
        run.at = at;
        return memberOf(value, name, run.meter);
      };
    }
    case 'index': {
      const index = compile(step.index);
      return (run, value) => {
        const found = index(run);
        run.at = at;
        return indexOf(value, found, run.meter);
      };
    }
    case 'method': {
      const { name } = step;
      const [one, ...others] = step.arguments.map(compile);
      if (one === undefined) {
        return (run, value) => {
          run.at = at;
          return callMethod(value, name, [], run.meter);
        };
      }
      if (others.length === 0) {
        return (run, value) => {
          const found = one(run);
          run.at = at;
          return callMethod(value, name, [found], run.meter);
        };
      }
      const all = [one, ...others];
      return (run, value) => {
        const found = all.map(argument => argument(run));
        run.at = at;
        return callMethod(value, name, found, run.meter);
      };
    }
  }
}

/** Prints a text and then the value, or what the dialect prints when there is none. */
export function compilePrinting(reference: Reference, context: ReferenceContext, textBefore: string): Render {
  const { at, backslashes, signs, escaped, quiet, literal, bare, name } = reference;
  if (bare) {
    return run => {
      run.out += textBefore + name;
    };
  }
  const read = compileReading(reference, context);
  const ownLiteral = literalReader(literal, context.names);
  const printAbsent: Render = run => {
    run.out += backslashes + backslashes + signs;
    if (!quiet && !run.dialect.quiet) run.out += ownLiteral(run);
    // `$\!x` has no value and no steps: its text is no name.
    else if (name === literal) run.out += literal;
  };
  if (escaped) {
    return run => {
      const value = read(run);
      run.out += `${textBefore}${backslashes}${value === null ? '\\' : ''}${ownLiteral(run)}`;
    };
  }
  const before = backslashes + signs;
  const text = textBefore + before;
  return run => {
    const value = read(run);
    if (typeof value === 'string') {
      run.out += text + value;
      return;
    }
    if (value === null) {
      run.out += textBefore;
      printAbsent(run);
    } else {
      run.at = at;
      if (value instanceof DefinedBlock) {
        run.out += textBefore;
        if (!value.print(run, before)) printAbsent(run);
      } else run.out += text + textOf(value, run.meter);
    }
  };
}

/** What prints itself prints the argument instead when it is the parameter of a macro. */
function literalReader(literal: string, names: Names): (run: Run) => string {
  if (!/^\$[\w-]+$/.test(literal)) return () => literal;
  const slot = names.slotOf(literal.slice(1));
  return run => run.frame.literalOf(slot) ?? literal;
}

/** Sets a variable, or what the last step of the reference says. Where the way has no value nothing is set. */
export function compileSetting(
  reference: Reference,
  context: ReferenceContext,
): (run: Run, value: Value) => void {
  const { settable, steps } = reference;
  const slot = context.names.slotOf(settable);
  const last = steps.at(-1);
  if (last === undefined) return (run, value) => run.frame.set(slot, value);
  const readOwner = compileReading({ ...reference, steps: steps.slice(0, -1) }, context);
  const { at } = last;
  if (last.kind === 'index') {
    const index = context.compile(last.index);
    return (run, value) => {
      const owner = readOwner(run);
      if (owner === null) return;
      const found = index(run);
      run.at = at;
      setIndex(owner, found, value, run.meter);
    };
  }
  return (run, value) => {
    const owner = readOwner(run);
    run.at = at;
    if (owner !== null) setMember(owner, last.name, value, run.meter);
  };
}
