/**
 * A tree to functions, made once and called for each rendering. Macros are registered while compiling, so that one may
 * be called before it is defined; of two with one name the first counts, as in Velocity.
 */
import { compileExpression, compileTest, type ExpressionContext } from './compile-expression.ts';
import { compileLoop } from './compile-loop.ts';
import { compileBlockOfMacro, compileCall } from './compile-macro.ts';
import { compilePiece, compileSetting, type ReferenceContext } from './compile-reference.ts';
import type { Names } from './frame.ts';
import { LoopScope } from './loop-scope.ts';
import { ValueFault } from './meter.ts';
import { type Piece, printPieces } from './print-pieces.ts';
import { type CompiledMacro, DefinedBlock, type Evaluate, type Render, Stop, stoppable } from './run.ts';
import type { Block, Expression, Statement } from './syntax.ts';
import { textOf } from './value-text.ts';

/** How often the block of a `#define` may stand in itself; further in it has no value. */
const DEFINE_DEPTH = 2;

export interface Compilation {
  readonly names: Names;
  readonly macros: Map<string, CompiledMacro>;
  /** True when `$velocityCount` or `$velocityHasNext` may be asked for. */
  readonly countsTurns: boolean;
}

/** A block as one function. */
export function compileBlock(block: Block, compilation: Compilation): Render {
  const context: ExpressionContext = {
    names: compilation.names,
    compileBlock: inner => compileBlock(inner, compilation),
    weight: block.length,
  };
  const referenceContext: ReferenceContext = {
    names: compilation.names,
    compile: expression => compileExpression(expression, context),
  };
  const renders: Render[] = [];
  let pieces: Piece[] = [];
  const flush = (rest: string): void => {
    if (pieces.length > 0) renders.push(printPieces(pieces, rest));
    pieces = [];
  };
  for (const [index, statement] of block.entries()) {
    const before = block[index - 1];
    // A text is printed by the reference behind it.
    if (statement.kind === 'text' && block[index + 1]?.kind === 'reference') continue;
    if (statement.kind === 'reference') {
      pieces.push(compilePiece(statement, referenceContext, before?.kind === 'text' ? before.text : ''));
      continue;
    }
    if (statement.kind === 'text' && pieces.length > 0) {
      flush(statement.text);
      continue;
    }
    flush('');
    const render = compileStatement(statement, context, compilation);
    if (render !== undefined) renders.push(render);
  }
  flush('');
  const { weight } = context;
  const count = renders.length;
  const [only] = renders;
  if (only === undefined) return () => {};
  if (count === 1) {
    return run => {
      run.meter.spend(weight);
      only(run);
      run.checkOutput();
    };
  }
  return run => {
    run.meter.spend(weight);
    for (let index = 0; index < count; index += 1) (renders[index] as Render)(run);
    run.checkOutput();
  };
}

function compileStatement(
  statement: Exclude<Statement, { readonly kind: 'reference' }>,
  context: ExpressionContext,
  compilation: Compilation,
): Render | undefined {
  const { names, macros } = compilation;
  const inner = context.compileBlock;
  const compile = (expression: Expression): Evaluate => compileExpression(expression, context);
  switch (statement.kind) {
    case 'text': {
      const { text } = statement;
      return run => {
        run.out += text;
      };
    }
    case 'trim':
      return run => {
        run.out = run.out.slice(0, -1);
      };
    case 'set': {
      const value = compile(statement.value);
      const set = compileSetting(statement.target, { names, compile });
      return run => {
        const found = value(run);
        // `directive.set.null.allowed` is off: what has no value changes nothing.
        if (found !== null) set(run, found);
      };
    }
    case 'if':
      return compileIf(statement, context);
    case 'foreach':
      if (statement.items === undefined) return undefined;
      return compileLoop(statement, compile(statement.items), inner(statement.block), compilation);
    case 'macro':
      compileBlockOfMacro(statement, inner, names, macros);
      return undefined;
    case 'call':
      return compileCall(statement, names, compile, inner);
    case 'define':
      return compileDefine(statement.name, names, inner(statement.block));
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
        stoppable(run.compileText(source, run), 'all')(run);
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

function compileIf(statement: Statement & { readonly kind: 'if' }, context: ExpressionContext): Render {
  const inner = context.compileBlock;
  const branches = statement.branches.map(({ test, block }) => ({
    test: compileTest(test, context),
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

function compileDefine(name: string, names: Names, block: Render): Render {
  const slot = names.slotOf(name);
  const printed = stoppable(block, {});
  return run => run.frame.set(slot, new DefinedBlock(name, run, printed, DEFINE_DEPTH));
}
