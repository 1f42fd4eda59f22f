/**
 * The methods of `Integer`, `Long`, `BigInteger`, `Double` and `Boolean`. Static ones are reached through any value of
 * their class, which is how templates come by them: `#set($Integer = 0)$Integer.parseInt($text)`.
 */
import { compareNumbers } from '../arithmetic.ts';
import { doubleText, textOf } from '../value-text.ts';
import { Double, isInteger, isNumber, type Value } from '../values.ts';
import { doubleOf, failure, isInt, isText, type Method, type Methods, takesNone } from './method.ts';

type Number_ = number | bigint | Double;
type NumberMethod = Method<Number_>;

function plain(act: (self: Number_) => Value): NumberMethod {
  return (self, args) => {
    takesNone(args);
    return act(self);
  };
}

function sameType(a: Number_, b: Value | undefined): b is Number_ {
  return isNumber(b) && typeof a === typeof b;
}

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

function truncated(value: Number_, bits: number): bigint {
  if (typeof value === 'bigint') return BigInt.asIntN(bits, value);
  const double = doubleOf(value);
  if (Number.isNaN(double)) return 0n;
  const [low, high] = bits > 32 ? [MIN_LONG, MAX_LONG] : [-0x80000000n, 0x7fffffffn];
  if (double <= Number(low)) return low;
  if (double >= Number(high)) return high;
  return BigInt.asIntN(bits, BigInt(Math.trunc(double)));
}

function parseWhole(text: string, radix: number, low: bigint, high: bigint): bigint {
  const digits = text.toLowerCase().replace(/^[+-]/, '');
  let value = 0n;
  const fits = digits.length > 0 && digits.length <= 64 && radix >= 2 && radix <= 36;
  for (const digit of fits ? digits : '?') {
    const number = Number.parseInt(digit, radix);
    if (Number.isNaN(number)) failure(`${JSON.stringify(text.slice(0, 50))} is no whole number`);
    value = value * BigInt(radix) + BigInt(number);
  }
  if (text.startsWith('-')) value = -value;
  if (value < low || value > high) failure(`${text} does not fit its type`);
  return value;
}

/** `parseInt` and `valueOf` of a text. */
function parser(type: 'int' | 'long'): NumberMethod {
  return (_, args) => {
    const [text, radix = 10] = args;
    if (args.length === 0 || args.length > 2 || !isText(text) || !isInt(radix)) return undefined;
    return type === 'int'
      ? Number(parseWhole(text, radix, -0x80000000n, 0x7fffffffn))
      : parseWhole(text, radix, MIN_LONG, MAX_LONG);
  };
}

const DOUBLE = /^[\0- ]*[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)[\0- ]*$/;

const parseDouble: NumberMethod = (_, [text, ...others]) => {
  if (!isText(text) || others.length > 0) return undefined;
  if (!DOUBLE.test(text)) failure(`${JSON.stringify(text.slice(0, 50))} is no number`);
  return new Double(Number(text.replace(/[\0- ]/g, '').replace(/(\d|\.)[fFdD]$/, '$1')));
};

const asItsType: NumberMethod = (self, args, meter) => {
  const [value] = args;
  if (self instanceof Double) {
    if (args.length === 1 && isNumber(value)) return new Double(doubleOf(value));
    return parseDouble(self, args, meter);
  }
  if (args.length === 1 && sameType(self, value)) return value;
  return parser(typeof self === 'number' ? 'int' : 'long')(self, args, meter);
};

const toText: NumberMethod = (self, args, meter) => {
  const [value, radix] = args;
  if (args.length === 0) return textOf(self, meter);
  if (args.length === 1 && isNumber(value)) {
    return self instanceof Double ? doubleText(doubleOf(value)) : textOf(value, meter);
  }
  const whole = args.length === 2 && isNumber(value) ? widened(value, self) : undefined;
  if (whole === undefined || whole instanceof Double || !isInt(radix)) {
    return failure('toString was given what it does not take');
  }
  return whole.toString(radix >= 2 && radix <= 36 ? radix : 10);
};

/** Negative numbers show their two's complement. */
function unsigned(radix: number): NumberMethod {
  return (self, [value, ...others]) => {
    if (others.length > 0 || self instanceof Double || !sameType(self, value) || value instanceof Double) {
      return undefined;
    }
    return BigInt.asUintN(typeof value === 'number' ? 32 : 64, BigInt(value)).toString(radix);
  };
}

const compare: NumberMethod = (self, args) => {
  const [a, b] = args;
  if (args.length !== 2 || !sameType(self, a) || !sameType(self, b)) return undefined;
  return compareNumbers(a, b) || 0;
};

/** A number as one of a wider type; undefined for one that would have to be cut. */
function widened(value: Number_, as: Number_): Number_ | undefined {
  if (sameType(as, value)) return value;
  if (as instanceof Double) return new Double(doubleOf(value));
  return typeof as === 'bigint' && typeof value === 'number' ? BigInt(value) : undefined;
}

/** The float next to a double, as the double that prints like it: with the fewest digits that tell floats apart. */
function floatOf(value: number): number {
  const float = Math.fround(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return float;
}

/** Of two numbers of the receiver's type, or of the receiver's widening. */
function ofTwo(pick: (a: Number_, b: Number_) => Value): NumberMethod {
  return (self, args) => {
    const [a, b] = args;
    if (args.length !== 2 || !isNumber(a) || !isNumber(b)) return undefined;
    const [first, second] = [widened(a, self), widened(b, self)];
    return first === undefined || second === undefined ? undefined : pick(first, second);
  };
}

const sum = ofTwo((a, b) => {
  if (a instanceof Double || b instanceof Double) return new Double(doubleOf(a) + doubleOf(b));
  return typeof a === 'number' && typeof b === 'number'
    ? (a + b) | 0
    : BigInt.asIntN(64, BigInt(a) + BigInt(b));
});

function hashOf(self: Number_): number {
  if (typeof self === 'number') return self;
  if (typeof self === 'bigint') return Number(BigInt.asIntN(32, self ^ (self >> 32n)));
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, self.value);
  return view.getInt32(0) ^ view.getInt32(4);
}

export const NUMBER_METHODS: Methods<Number_> = new Map<string, NumberMethod>([
  ['abs', plain(self => (typeof self !== 'bigint' || isLong(self) ? null : self < 0n ? -self : self))],
  ['byteValue', plain(self => Number(BigInt.asIntN(8, truncated(self, 32))))],
  ['compare', compare],
  [
    'compareTo',
    (self, [other, ...others]) => {
      if (other === undefined || others.length > 0) return undefined;
      return sameType(self, other)
        ? compareNumbers(self, other) || 0
        : failure('compareTo takes its own type');
    },
  ],
  ['doubleValue', plain(self => new Double(doubleOf(self)))],
  ['floatValue', plain(self => new Double(floatOf(doubleOf(self))))],
  ['hashCode', plain(hashOf)],
  ['intValue', plain(self => Number(truncated(self, 32)))],
  [
    'isInfinite',
    plain(self => (self instanceof Double ? Math.abs(self.value) === Number.POSITIVE_INFINITY : null)),
  ],
  ['isNaN', plain(self => (self instanceof Double ? Number.isNaN(self.value) : null))],
  ['longValue', plain(self => truncated(self, 64))],
  ['max', ofTwo((a, b) => (compareNumbers(a, b) >= 0 ? a : b))],
  ['min', ofTwo((a, b) => (compareNumbers(a, b) <= 0 ? a : b))],
  [
    'parseDouble',
    (self, args, meter) => (self instanceof Double ? parseDouble(self, args, meter) : undefined),
  ],
  ['parseInt', (self, args, meter) => (isIntegerValue(self) ? parser('int')(self, args, meter) : undefined)],
  [
    'parseLong',
    (self, args, meter) => (typeof self === 'bigint' ? parser('long')(self, args, meter) : undefined),
  ],
  ['shortValue', plain(self => Number(BigInt.asIntN(16, truncated(self, 32))))],
  [
    'signum',
    (self, [value, ...others]) =>
      isNumber(value) &&
      others.length === 0 &&
      !(self instanceof Double) &&
      widened(value, self) !== undefined
        ? Math.sign(doubleOf(value))
        : undefined,
  ],
  ['sum', sum],
  ['toBinaryString', unsigned(2)],
  ['toHexString', unsigned(16)],
  ['toOctalString', unsigned(8)],
  ['toString', toText],
  ['valueOf', asItsType],
]);

function isIntegerValue(self: Number_): self is number {
  return typeof self === 'number' && isInteger(self);
}

function isLong(self: bigint): boolean {
  return self >= MIN_LONG && self <= MAX_LONG;
}

type BooleanMethod = Method<boolean>;

export const BOOLEAN_METHODS: Methods<boolean> = new Map<string, BooleanMethod>([
  ['booleanValue', self => self],
  ['compareTo', (self, [other]) => (typeof other === 'boolean' ? Number(self) - Number(other) : undefined)],
  ['hashCode', self => (self ? 1231 : 1237)],
  ['parseBoolean', (_, [text]) => (typeof text === 'string' ? text.toLowerCase() === 'true' : undefined)],
  ['toString', self => String(self)],
  [
    'valueOf',
    (_, [text]) =>
      typeof text === 'boolean' ? text : typeof text === 'string' ? text.toLowerCase() === 'true' : undefined,
  ],
]);
