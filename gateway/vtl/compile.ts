/**
 * A tree to functions, made once and called for each rendering. Macros are registered while compiling, so that one may
 * be called before it is defined; of two with one name the first counts, as in Velocity.
 */
import { compileExpression, compileTest } from './compile-expression.ts';
import { compileLoop } from './compile-loop.ts';
import { compileBlockOfMacro, compileCall } from './compile-macro.ts';
import { compilePrinting, compileSetting } from './compile-reference.ts';
import { LoopScope } from './loop-scope.ts';
import { ValueFault } from './meter.ts';
import { type CompiledMacro, DefinedBlock, type Evaluate, type Render, Stop, stoppable } from './run.ts';
import type { Block, Expression, Statement } from './syntax.ts';
import { textOf } from './value-text.ts';

/** How often the block of a `#define` may stand in itself; further in it has no value. */
const DEFINE_DEPTH = 2;

export interface Compilation {
  readonly macros: Map<string, CompiledMacro>;
  /** True when `$velocityCount` or `$velocityHasNext` may be asked for. */
  readonly countsTurns: boolean;
}

/** A block as one function. */
export function compileBlock(block: Block, compilation: Compilation): Render {
  // Definitions print nothing and are done with before the first rendering.
  const renders = block.flatMap(statement => {
    const render = compileStatement(statement, compilation);
    return render === undefined ? [] : [render];
  });
  const [first, second, third] = renders;
  if (first === undefined) return () => {};
  if (second === undefined) return first;
  if (third === undefined) {
    return run => {
      first(run);
      second(run);
    };
  }
  return run => {
    for (const render of renders) render(run);
  };
}

function compileStatement(statement: Statement, compilation: Compilation): Render | undefined {
  const inner = (block: Block): Render => compileBlock(block, compilation);
  const compile = (expression: Expression): Evaluate => compileExpression(expression, inner);
  switch (statement.kind) {
    case 'text': {
      const { text } = statement;
      return run => run.write(text);
    }
    case 'trim':
      return run => {
        run.out = run.out.slice(0, -1);
      };
    case 'reference':
      return compilePrinting(statement, compile);
    case 'set': {
      const value = compile(statement.value);
      const set = compileSetting(statement.target, compile);
      return run => {
        run.meter.spend(1);
        const found = value(run);
        // `directive.set.null.allowed` is off: what has no value changes nothing.
        if (found !== null) set(run, found);
      };
    }
    case 'if':
      return compileIf(statement, inner);
    case 'foreach':
      if (statement.items === undefined) return undefined;
      return compileLoop(
        statement,
        compile(statement.items),
        inner(statement.block),
        compilation.countsTurns,
      );
    case 'macro':
      compileBlockOfMacro(statement, inner, compilation.macros);
      return undefined;
    case 'call':
      return compileCall(statement, compile, inner);
    case 'define':
      return compileDefine(statement.name, inner(statement.block));
    case 'evaluate': {
      const { at } = statement;
      const text = compile(statement.text);
      return run => {
        const found = text(run);
        if (found === null) return;
        run.at = at;
        const source = textOf(found, run.meter);
        run.meter.spendText(16 * source.length);
        run.enter();
        stoppable(run.compileText(source), 'all')(run);
        run.leave();
      };
    }
    case 'break': {
      const { at } = statement;
      const scope = statement.scope === undefined ? undefined : compile(statement.scope);
      return run => {
        if (scope === undefined) throw new Stop('nearest');
        const target = scope(run);
        run.at = at;
        if (!(target instanceof LoopScope))
          throw new ValueFault('what #break was given is no scope such as $foreach');
        throw new Stop(target);
      };
    }
    case 'stop':
      return () => {
        throw new Stop('all');
      };
    default:
      return statement satisfies never;
  }
}

function compileIf(statement: Statement & { readonly kind: 'if' }, inner: (block: Block) => Render): Render {
  const branches = statement.branches.map(({ test, block }) => ({
    test: compileTest(test, inner),
    block: inner(block),
  }));
  const otherwise = inner(statement.otherwise);
  const [only, ...others] = branches;
  if (only !== undefined && others.length === 0) {
    const { test, block } = only;
    return run => {
      if (test(run)) block(run);
      else otherwise(run);
    };
  }
  return run => {
    for (const { test, block } of branches) {
      if (test(run)) {
        block(run);
        return;
      }
    }
    otherwise(run);
  };
}

function compileDefine(name: string, block: Render): Render {
  const printed = stoppable(block, {});
  return run => run.frame.set(name, new DefinedBlock(name, run, printed, DEFINE_DEPTH));
}
