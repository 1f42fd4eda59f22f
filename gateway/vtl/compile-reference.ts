/** References as functions: reading, printing, setting. */

import { callMethod, indexOf, memberOf, setIndex, setMember } from './members.ts';
import type { Evaluate, Render, Run } from './run.ts';
import { DefinedBlock } from './run.ts';
import type { Expression, Reference, Step } from './syntax.ts';
import { textOf } from './value-text.ts';
import type { Value } from './values.ts';

type CompileExpression = (expression: Expression) => Evaluate;
type Walk = (run: Run, value: Value) => Value;

/** Reads the value; null when a part of the way has none. */
export function compileReading(reference: Reference, compile: CompileExpression): Evaluate {
  const { name, steps, bare } = reference;
  if (bare) return () => null;
  const [first, second, ...others] = steps.map(step => compileStep(step, compile));
  if (first === undefined) return run => run.frame.get(name);
  if (second === undefined) {
    return run => {
      const root = run.frame.get(name);
      return root === null ? null : first(run, root);
    };
  }
  const walks = [first, second, ...others];
  return run => {
    let value = run.frame.get(name);
    for (const walk of walks) {
      if (value === null) return null;
      value = walk(run, value);
    }
    return value;
  };
}

function compileStep(step: Step, compile: CompileExpression): Walk {
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

/** Prints the value, or what the dialect prints when there is none. */
export function compilePrinting(reference: Reference, compile: CompileExpression): Render {
  const { at, backslashes, signs, escaped, quiet, literal, bare, name } = reference;
  if (bare) return run => run.write(name);
  const read = compileReading(reference, compile);
  const printAbsent: Render = run => {
    run.write(backslashes + backslashes + signs);
    if (!quiet && !run.dialect.quiet) run.write(literalIn(run, literal));
    // `$\!x` has no value and no steps: its text is no name.
    else if (name === literal) run.write(literal);
  };
  if (escaped) {
    return run => {
      const value = read(run);
      run.write(`${backslashes}${value === null ? '\\' : ''}${literalIn(run, literal)}`);
    };
  }
  const before = backslashes + signs;
  return run => {
    run.meter.spend(1);
    const value = read(run);
    if (typeof value === 'string') run.write(before === '' ? value : before + value);
    else if (value === null) printAbsent(run);
    else {
      run.at = at;
      if (value instanceof DefinedBlock) {
        if (!value.print(run, before)) printAbsent(run);
      } else run.write(before + textOf(value, run.meter));
    }
  };
}

/** What prints itself prints the argument instead when it is the parameter of a macro. */
function literalIn(run: Run, literal: string): string {
  return (literal.startsWith('$') ? run.frame.literalOf(literal.slice(1)) : undefined) ?? literal;
}

/** Sets a variable, or what the last step of the reference says. Where the way has no value nothing is set. */
export function compileSetting(
  reference: Reference,
  compile: CompileExpression,
): (run: Run, value: Value) => void {
  const { settable, steps } = reference;
  const last = steps.at(-1);
  if (last === undefined) return (run, value) => run.frame.set(settable, value);
  const readOwner = compileReading({ ...reference, steps: steps.slice(0, -1) }, compile);
  const { at } = last;
  if (last.kind === 'index') {
    const index = compile(last.index);
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
