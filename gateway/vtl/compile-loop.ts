/** `#foreach`: one turn for each item, with `$foreach` and the two variables that Velocity had before it. */
import { type Frame, type Names, NullFrame } from './frame.ts';
import { itemsOf, LoopScope } from './loop-scope.ts';
import { LimitReached, ValueFault } from './meter.ts';
import { type Evaluate, type Render, type Run, Stop } from './run.ts';
import type { Statement } from './syntax.ts';
import { isMap, type Value } from './values.ts';

export function compileLoop(
  { at, variable }: Statement & { readonly kind: 'foreach' },
  items: Evaluate,
  block: Render,
  { names, countsTurns }: { readonly names: Names; readonly countsTurns: boolean },
): Render {
  const item = names.slotOf(variable);
  const foreach = names.slotOf('foreach');
  const count = names.slotOf('velocityCount');
  const hasNext = names.slotOf('velocityHasNext');
  const slots = countsTurns ? [item, count, hasNext] : [item];
  return run => {
    const source = items(run);
    const found = itemsOf(source);
    if (found === undefined) return;
    if (found !== source) run.meter.spend(found.length);
    const { frame } = run;
    const before = slots.map(slot => frame.get(slot));
    const scope = new LoopScope(frame.get(foreach));
    frame.set(foreach, scope);
    run.enter();
    try {
      turns(run, found, isMap(source) ? () => source.size : () => found.length, scope);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      if (!error.isFor(scope)) {
        leave(frame, slots, before, foreach);
        throw error;
      }
    }
    run.leave();
    leave(frame, slots, before, foreach);
  };

  function turns(run: Run, found: readonly Value[], size: () => number, scope: LoopScope): void {
    const { frame, meter } = run;
    const { turns: most } = meter.limits;
    const before = size();
    for (let index = 0; index !== found.length; index += 1) {
      run.at = at;
      if (size() !== before) throw new ValueFault('what #foreach goes through was changed by a turn');
      if (index >= most) throw new LimitReached(`#foreach takes more than ${most} turns`);
      meter.spend(1);
      const value = found[index] ?? null;
      scope.index = index;
      scope.hasNext = index + 1 < found.length;
      if (countsTurns) {
        frame.set(count, index + 1);
        frame.set(hasNext, scope.hasNext);
      }
      frame.set(item, value);
      if (value === null) run.within(new NullFrame(frame, item), block);
      else block(run);
    }
  }
}

/** Names get back what they had before the loop, and `$foreach` too unless the template set it. */
function leave(frame: Frame, slots: readonly number[], before: readonly Value[], foreach: number): void {
  for (const [index, slot] of slots.entries()) restore(frame, slot, before[index] ?? null);
  const scope = frame.get(foreach);
  if (scope instanceof LoopScope) restore(frame, foreach, scope.parent ?? scope.replaced);
}

function restore(frame: Frame, slot: number, value: Value): void {
  if (value === null) frame.remove(slot);
  else frame.set(slot, value);
}
