/** `#macro` and the calls of what it defines: arguments go by name, and are computed where they stand in the call. */
import { type Argument, MacroFrame, type Names } from './frame.ts';
import { ValueFault } from './meter.ts';
import { type CompiledMacro, DefinedBlock, type Evaluate, type Render, Stop, stoppable } from './run.ts';
import type { Block, Expression, Macro, MacroCall } from './syntax.ts';

/** The name under which a macro finds the block that stands in its call. */
const BODY = 'bodyContent';

/** How often the body of a call may stand in itself. */
const BODY_DEPTH = 20;

/** Registers a macro, unless there is one of its name. */
export function compileBlockOfMacro(
  { name, parameters, block }: Macro,
  inner: (block: Block) => Render,
  names: Names,
  macros: Map<string, CompiledMacro>,
): void {
  const slots = parameters.map(parameter => names.slotOf(parameter));
  const compiled = { parameters: slots, block: inner(block) };
  if (!macros.has(name)) macros.set(name, compiled);
}

/** A call; where no macro has the name when it comes to it, the call prints itself. */
export function compileCall(
  call: MacroCall,
  names: Names,
  compile: (expression: Expression) => Evaluate,
  inner: (block: Block) => Render,
): Render {
  const bodySlot = names.slotOf(BODY);
  const { name, at, word } = call;
  const printed = call.body === undefined ? undefined : stoppable(inner(call.body), {});
  const given = call.arguments.map(({ value, literal }) => ({
    compute: compile(value),
    constant: value.kind === 'constant' && typeof value.value !== 'string' ? value.value : undefined,
    literal,
  }));
  const literal = call.literal();
  return run => {
    const macro = run.macros.get(name);
    if (macro === undefined) {
      run.out += literal;
      return;
    }
    run.at = at;
    if (word !== undefined) throw new ValueFault(`${word} is no value for #${name}; a text stands in quotes`);
    run.meter.spend(1);
    const caller = run.frame;
    const bound = new Map<number, Argument>();
    const frame = new MacroFrame(caller, bound);
    macro.parameters.forEach((parameter, index) => {
      const argument = given[index];
      if (argument === undefined) return;
      const { compute, constant } = argument;
      if (constant !== undefined) frame.setHere(parameter, constant);
      else bound.set(parameter, { value: () => run.argument(caller, compute), literal: argument.literal });
    });
    if (printed !== undefined) frame.setHere(bodySlot, new DefinedBlock(BODY, run, printed, BODY_DEPTH));
    run.enterMacro(name);
    try {
      run.within(frame, macro.block);
    } catch (error) {
      if (!(error instanceof Stop && error.isFor(frame))) throw error;
    } finally {
      run.leaveMacro();
    }
  };
}
