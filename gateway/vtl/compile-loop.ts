/** `#foreach`: one turn for each item, with `$foreach` and the two variables that Velocity had before it. */
import { Frame } from './frame.ts';
import { itemsOf, LoopScope } from './loop-scope.ts';
import { LimitReached, ValueFault } from './meter.ts';
import { type Evaluate, type Render, type Run, Stop } from './run.ts';
import type { Statement } from './syntax.ts';
import { isMap, type Value } from './values.ts';

export function compileLoop(
  { at, variable }: Statement & { readonly kind: 'foreach' },
  items: Evaluate,
  block: Render,
  countsTurns: boolean,
): Render {
  const names = countsTurns ? [variable, 'velocityCount', 'velocityHasNext'] : [variable];
  return run => {
    const source = items(run);
    const found = itemsOf(source);
    if (found === undefined) return;
    const { frame } = run;
    const before = names.map(name => frame.get(name));
    const scope = new LoopScope(frame.get('foreach'));
    frame.set('foreach', scope);
    run.enter();
    try {
      turns(run, found, isMap(source) ? () => source.size : () => found.length, scope);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      if (!error.isFor(scope)) {
        leave(frame, names, before, scope);
        throw error;
      }
    }
    run.leave();
    leave(frame, names, before, scope);
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
      const item = found[index] ?? null;
      scope.index = index;
      scope.hasNext = index + 1 < found.length;
      if (countsTurns) {
        frame.set('velocityCount', index + 1);
        frame.set('velocityHasNext', scope.hasNext);
      }
      frame.set(variable, item);
      if (item === null) run.within(new Frame(frame, { hidden: variable }), block);
      else block(run);
    }
  }
}

/** Names get back what they had before the loop, and `$foreach` too unless the template set it. */
function leave(frame: Frame, names: readonly string[], before: readonly Value[], scope: LoopScope): void {
  for (const [index, name] of names.entries()) restore(frame, name, before[index] ?? null);
  if (frame.get('foreach') === scope) restore(frame, 'foreach', scope.parent ?? scope.replaced);
}

function restore(frame: Frame, name: string, value: Value): void {
  if (value === null) frame.remove(name);
  else frame.set(name, value);
}
