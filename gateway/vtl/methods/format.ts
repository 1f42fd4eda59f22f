/** `String.format`, as far as templates use it: `%s %d %f %e %x %X %o %c %b %n %%` with flags, width and precision. */
import { LimitReached, type Meter } from '../meter.ts';
import { textOf } from '../value-text.ts';
import { Double, type Value } from '../values.ts';
import { failure } from './method.ts';

const SPECIFIER = /%(?:(\d+)\$)?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

/** More is refused: one specifier would make a text of any length. */
const MAX_WIDTH = 1000;

/** @throws ValueFault where Java has an `IllegalFormatException`. */
export function formatText(format: string, args: readonly Value[], meter: Meter): string {
  let next = 0;
  let copied = 0;
  let text = '';
  for (const found of format.matchAll(SPECIFIER)) {
    const [whole, position, flags = '', width, precision, letter = ''] = found;
    text += literal(format.slice(copied, found.index));
    copied = found.index + whole.length;
    if (letter === 'n' || letter === '%') {
      text += letter === 'n' ? '\n' : pad('%', flags, width);
      continue;
    }
    const index = position === undefined ? next++ : Number(position) - 1;
    const value = args[index];
    if (value === undefined) failure(`the format ${whole} has no value`);
    text += pad(convert(value, { whole, flags, precision, letter }, meter), flags, width);
    meter.spendText(text.length);
  }
  text += literal(format.slice(copied));
  meter.spendText(text.length);
  return text;
}

function literal(text: string): string {
  if (text.includes('%')) failure(`the format ${JSON.stringify(text)} cannot be read`);
  return text;
}

interface Specifier {
  readonly whole: string;
  readonly flags: string;
  readonly precision: string | undefined;
  readonly letter: string;
}

function convert(value: Value, { whole, flags, precision, letter }: Specifier, meter: Meter): string {
  if (precision !== undefined && Number(precision) > 100) failure(`the format ${whole} is too precise`);
  const upper = letter !== letter.toLowerCase();
  const cased = (text: string): string => (upper ? text.toUpperCase() : text);
  switch (letter.toLowerCase()) {
    case 's':
      return cased(textOf(value, meter).slice(0, precision === undefined ? undefined : Number(precision)));
    case 'b':
      return cased(String(typeof value === 'boolean' ? value : value !== null));
    case 'c':
      if (typeof value === 'number') return cased(String.fromCodePoint(value));
      if (typeof value === 'string' && value.length === 1) return cased(value);
      break;
    default:
  }
  if (value === null) return cased('null');
  switch (letter) {
    case 'd':
      if (typeof value !== 'number' && typeof value !== 'bigint') break;
      return signed(value < 0, grouped(String(value).replace('-', ''), flags), flags);
    case 'x':
    case 'X':
    case 'o':
      if (typeof value !== 'number' && typeof value !== 'bigint') break;
      return cased(
        (typeof value === 'number' ? BigInt.asUintN(32, BigInt(value)) : BigInt.asUintN(64, value)).toString(
          letter === 'o' ? 8 : 16,
        ),
      );
    case 'f':
      if (!(value instanceof Double)) break;
      return signed(
        value.value < 0,
        grouped(Math.abs(value.value).toFixed(Number(precision ?? 6)), flags),
        flags,
      );
    case 'e':
    case 'E':
      if (!(value instanceof Double)) break;
      return cased(value.value.toExponential(Number(precision ?? 6)).replace(/e([+-])(\d)$/, 'e$10$2'));
    default:
  }
  return failure(`the format ${whole} does not take ${textOf(value, meter).slice(0, 50)}`);
}

function grouped(digits: string, flags: string): string {
  if (!flags.includes(',')) return digits;
  const [integer = '', ...fraction] = digits.split('.');
  return [integer.replace(/\B(?=(?:\d{3})+$)/g, ','), ...fraction].join('.');
}

function signed(negative: boolean, digits: string, flags: string): string {
  if (negative) return flags.includes('(') ? `(${digits})` : `-${digits}`;
  return flags.includes('+') ? `+${digits}` : flags.includes(' ') ? ` ${digits}` : digits;
}

function pad(text: string, flags: string, width: string | undefined): string {
  if (width === undefined) return text;
  const length = Number(width);
  if (length > MAX_WIDTH) throw new LimitReached(`a format of more than ${MAX_WIDTH} characters`);
  if (flags.includes('-')) return text.padEnd(length);
  if (!flags.includes('0')) return text.padStart(length);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(length - sign.length, '0');
}
