/** Expressions as functions. What an `#if` makes of a value is not what the value is: texts and numbers are false. */
import { type ArithmeticOperator, calculate, compareNumbers } from './arithmetic.ts';
import { compileReading } from './compile-reference.ts';
import type { Names } from './frame.ts';
import type { Evaluate, Render, Run } from './run.ts';
import type { Block, Expression } from './syntax.ts';
import { javaEquals, textOf, textsEqual } from './value-text.ts';
import { Double, isList, isMap, isNumber, type Value } from './values.ts';

/** What expressions are compiled with. */
export interface ExpressionContext {
  readonly names: Names;
  readonly compileBlock: (block: Block) => Render;
  /** Counts what is compiled, so that a block knows what one rendering of it costs. */
  weight: number;
}

/** Computes the value of an expression; null where it has none. */
export function compileExpression(expression: Expression, context: ExpressionContext): Evaluate {
  const compile = (inner: Expression): Evaluate => compileExpression(inner, context);
  context.weight += 1;
  switch (expression.kind) {
    case 'reference':
      return compileReading(expression, { names: context.names, compile });
    case 'constant': {
      const { value } = expression;
      return () => value;
    }
    case 'double': {
      const value = new Double(expression.value);
      return () => value;
    }
    case 'interpolation': {
      const block = context.compileBlock(expression.block);
      const { at } = expression;
      return run => {
        const text = run.capture(block);
        run.at = at;
        run.meter.spendText(text.length);
        return text;
      };
    }
    case 'list': {
      const items = expression.items.map(compile);
      return run => items.map(item => item(run));
    }
    case 'map': {
      const entries = expression.entries.map(([key, value]) => [compile(key), compile(value)] as const);
      return run => {
        const map = new Map<Value, Value>();
        for (const [key, value] of entries) map.set(key(run), value(run));
        return map;
      };
    }
    case 'range':
      return compileRange(expression.at, compile(expression.from), compile(expression.to));
    case 'not':
    case 'binary':
      break;
    default:
      return expression satisfies never;
  }
  if (expression.kind === 'binary' && isArithmetic(expression.operator)) {
    return compileArithmetic(expression, expression.operator, compile);
  }
  return compileTest(expression, context);
}

function isArithmetic(operator: string): operator is ArithmeticOperator {
  return '+-*/%'.includes(operator);
}

function compileRange(at: number, from: Evaluate, to: Evaluate): Evaluate {
  return run => {
    const first = integerOf(from(run));
    const last = integerOf(to(run));
    if (first === undefined || last === undefined) return null;
    const length = Math.abs(last - first) + 1;
    run.at = at;
    run.meter.spend(length);
    const step = last < first ? -1 : 1;
    return Array.from({ length }, (_, index) => first + step * index);
  };
}

/** `Number.intValue()`. */
function integerOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
  if (value instanceof Double)
    return Math.max(-0x80000000, Math.min(0x7fffffff, Math.trunc(value.value))) || 0;
  return undefined;
}

function compileArithmetic(
  expression: Expression & { readonly kind: 'binary' },
  operator: ArithmeticOperator,
  compile: (inner: Expression) => Evaluate,
): Evaluate {
  const { at, leftLiteral, rightLiteral } = expression;
  const left = compile(expression.left);
  const right = compile(expression.right);
  return run => {
    const a = left(run);
    const b = right(run);
    run.at = at;
    if (operator === '+' && (typeof a === 'string' || typeof b === 'string')) {
      const { meter } = run;
      const text = `${a === null ? leftLiteral() : textOf(a, meter)}${b === null ? rightLiteral() : textOf(b, meter)}`;
      meter.spendText(text.length);
      return text;
    }
    return calculate(operator, a, b);
  };
}

/** Whether an `#if` takes the expression for true. */
export function compileTest(expression: Expression, context: ExpressionContext): (run: Run) => boolean {
  const compile = (inner: Expression): Evaluate => compileExpression(inner, context);
  switch (expression.kind) {
    case 'reference': {
      const read = compile(expression);
      return run => {
        const value = read(run);
        return value !== null && value !== false;
      };
    }
    case 'constant': {
      const holds = expression.value === true;
      return () => holds;
    }
    case 'not': {
      const operand = compileTest(expression.operand, context);
      return run => !operand(run);
    }
    case 'binary':
      return compileBinaryTest(expression, context);
    default:
      return () => false;
  }
}

function compileBinaryTest(
  expression: Expression & { readonly kind: 'binary' },
  context: ExpressionContext,
): (run: Run) => boolean {
  const { operator, at } = expression;
  if (operator === 'and' || operator === 'or') {
    const first = compileTest(expression.left, context);
    const second = compileTest(expression.right, context);
    return operator === 'and' ? run => first(run) && second(run) : run => first(run) || second(run);
  }
  if (isArithmetic(operator)) return () => false;
  const left = compileExpression(expression.left, context);
  const right = compileExpression(expression.right, context);
  switch (operator) {
    case '==':
    case '!=': {
      const wanted = operator === '==';
      return run => {
        const a = left(run);
        const b = right(run);
        run.at = at;
        return equal(a, b, run) === wanted;
      };
    }
    case '<':
      return run => order(left(run), right(run)) < 0;
    case '<=':
      return run => order(left(run), right(run)) <= 0;
    case '>':
      return run => order(left(run), right(run)) > 0;
    case '>=':
      return run => order(left(run), right(run)) >= 0;
  }
}

/** NaN for what is no pair of numbers: no comparison holds then. */
function order(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return isNumber(left) && isNumber(right) ? compareNumbers(left, right) : Number.NaN;
}

/** Velocity's `==`: numbers by value, values of one class by `equals`, others by their text. */
function equal(left: Value, right: Value, run: Run): boolean {
  if (typeof left === 'string' && typeof right === 'string') return textsEqual(left, right, run.meter);
  if (left === right) return true;
  if (left === null || right === null) return run.dialect.nullIsEmpty && (left === '' || right === '');
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (typeof left === typeof right && typeof left !== 'object') return false;
  if (sameClass(left, right)) return javaEquals(left, right, run.meter);
  const a = textOf(left, run.meter);
  return textsEqual(a, textOf(right, run.meter), run.meter);
}

function sameClass(left: Value, right: Value): boolean {
  if (isList(left) || isList(right)) {
    return isList(left) && isList(right) && left.constructor === right.constructor;
  }
  if (isMap(left) || isMap(right)) return isMap(left) && isMap(right);
  return typeof left === 'object' && typeof right === 'object' && left?.constructor === right?.constructor;
}
