/** What draft 4 asks of strings, in the words of the Java validator. */
import { compilePattern } from '../../../contract/schema/pattern/match.ts';
import { FORMATS } from './formats.ts';
import { countOf } from './keyword-value.ts';
import { fail, type Keyword } from './schema-check.ts';

/** In code points. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length - 1; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) {
      length -= 1;
      at += 1;
    }
  }
  return length;
}

const maxLength: Keyword = {
  name: 'maxLength',
  appliesTo: ['string'],
  compile(value, context) {
    const most = countOf(value, 'maxLength', context);
    if (most === undefined) return undefined;
    return (found, run) => {
      const text = String(found);
      if (text.length <= most) return true;
      run.meter.spendText(text.length);
      const length = lengthOf(text);
      if (length <= most) return true;
      return fail(run, () => `string "${text}" is too long (length: ${length}, maximum allowed: ${most})`);
    };
  },
};

const minLength: Keyword = {
  name: 'minLength',
  appliesTo: ['string'],
  compile(value, context) {
    const least = countOf(value, 'minLength', context);
    if (least === undefined) return undefined;
    return (found, run) => {
      const text = String(found);
      // Two units are one code point at the least.
      if (text.length >= 2 * least) return true;
      run.meter.spendText(text.length);
      const length = lengthOf(text);
      if (length >= least) return true;
      return fail(run, () => `string "${text}" is too short (length: ${length}, required minimum: ${least})`);
    };
  },
};

const pattern: Keyword = {
  name: 'pattern',
  appliesTo: ['string'],
  compile(value, { problem }) {
    if (typeof value !== 'string') return void problem('pattern is no text', 'pattern');
    const compiled = compilePattern(value);
    if (compiled.kind === 'fault')
      return void problem(`the pattern ${value} cannot be used: ${compiled.message}`, 'pattern');
    return (found, run) => {
      const text = String(found);
      run.meter.spendText(text.length);
      if (compiled.test(text)) return true;
      return fail(run, () => `ECMA 262 regex "${value}" does not match input string "${text}"`);
    };
  },
};

/** Unknown formats hold for everything, as the Java validator only warns of them. */
export const FORMAT: Keyword = {
  name: 'format',
  appliesTo: ['string'],
  compile(value) {
    const format = typeof value === 'string' ? FORMATS.get(value) : undefined;
    if (format === undefined) return undefined;
    return (found, run) => {
      const text = String(found);
      run.meter.spendText(text.length);
      return format.test(text) || fail(run, () => format.message(text));
    };
  },
};

export const TEXT_KEYWORDS: readonly Keyword[] = [maxLength, minLength, pattern];
