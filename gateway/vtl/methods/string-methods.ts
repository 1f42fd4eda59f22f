/** The methods of `java.lang.String`. Those that take a pattern are in `pattern-methods.ts`. */
import { textOf } from '../value-text.ts';
import { isList, type Value } from '../values.ts';
import { formatText } from './format.ts';
import { failure, isInt, isText, type Method, type Methods, takesNone, textHash } from './method.ts';
import { PATTERN_METHODS } from './pattern-methods.ts';

type StringMethod = Method<string>;

/** A method without arguments. */
function plain(act: (self: string) => Value): StringMethod {
  return (self, args, meter) => {
    takesNone(args);
    meter.spendText(self.length);
    return act(self);
  };
}

/** A method of one text. */
function withText(act: (self: string, other: string) => Value): StringMethod {
  return (self, args, meter) => {
    const [other] = args;
    if (args.length !== 1 || !isText(other)) return undefined;
    meter.spendText(self.length);
    return act(self, other);
  };
}

function withIndex(act: (self: string, index: number) => Value): StringMethod {
  return (self, [index, ...others]) => {
    if (!isInt(index) || others.length > 0) return undefined;
    if (index < 0 || index >= self.length) outside(self, index);
    return act(self, index);
  };
}

function outside(self: string, index: number): never {
  return failure(`index ${index} is outside of a text of ${self.length} characters`);
}

const substring: StringMethod = (self, args, meter) => {
  const [begin, end = self.length] = args;
  if (args.length === 0 || args.length > 2 || !isInt(begin) || !isInt(end)) return undefined;
  if (begin < 0 || begin > self.length) outside(self, begin);
  if (end > self.length) outside(self, end);
  if (begin > end) failure(`begin ${begin} is behind end ${end} of a text of ${self.length} characters`);
  meter.spendText(end - begin);
  return self.slice(begin, end);
};

function find(search: (self: string, other: string, from: number | undefined) => number): StringMethod {
  return (self, args, meter) => {
    const [other, from] = args;
    if (args.length === 0 || args.length > 2) return undefined;
    if (from !== undefined && !isInt(from)) return undefined;
    const wanted = isInt(other) ? String.fromCodePoint(Math.max(0, Math.min(other, 0x10ffff))) : other;
    if (!isText(wanted)) return undefined;
    meter.spendText(self.length);
    return search(self, wanted, from);
  };
}

const startsWith: StringMethod = (self, args) => {
  const [prefix, from = 0] = args;
  if (args.length === 0 || args.length > 2 || !isText(prefix) || !isInt(from)) return undefined;
  return from >= 0 && from <= self.length && self.startsWith(prefix, from);
};

const regionMatches: StringMethod = (self, args) => {
  const [ignore, ...rest] = typeof args[0] === 'boolean' ? args : [false, ...args];
  const [from, other, otherFrom, length] = rest;
  if (rest.length !== 4 || !isInt(from) || !isText(other) || !isInt(otherFrom) || !isInt(length))
    return undefined;
  if (from < 0 || otherFrom < 0 || from + length > self.length || otherFrom + length > other.length)
    return false;
  const fold = (text: string): string => (ignore === true ? text.toLowerCase() : text);
  return fold(self.slice(from, from + length)) === fold(other.slice(otherFrom, otherFrom + length));
};

/** All of them, without patterns. */
const replace: StringMethod = (self, args, meter) => {
  const [from, to] = args;
  if (args.length !== 2 || !isText(from) || !isText(to)) return undefined;
  const count = from === '' ? self.length + 1 : self.split(from).length - 1;
  meter.spendText(self.length + count * to.length);
  return from === ''
    ? to + [...units(self)].map(unit => unit + to).join('')
    : self.replaceAll(from, () => to);
};

function* units(text: string): Iterable<string> {
  for (let at = 0; at < text.length; at += 1) yield text.charAt(at);
}

const repeat: StringMethod = (self, args, meter) => {
  const [count] = args;
  if (args.length !== 1 || !isInt(count)) return undefined;
  if (count < 0) failure(`a text cannot be repeated ${count} times`);
  meter.spendText(self.length * count);
  return self.repeat(count);
};

/** Negative, zero or positive: the distance of the first units that differ, or of the lengths. */
function compareTexts(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const distance = a.charCodeAt(at) - b.charCodeAt(at);
    if (distance !== 0) return distance;
  }
  return a.length - b.length;
}

/** What Java's `trim` takes away: everything up to the blank. */
const TRIM = /^[\0- ]+|[\0- ]+$/g;

const join: StringMethod = (_, args, meter) => {
  const [between, ...parts] = args;
  if (!isText(between) || parts.length === 0) return undefined;
  const [first] = parts;
  const items = parts.length === 1 && isList(first) ? first : parts;
  const text = items.map(item => textOf(item ?? null, meter)).join(between);
  meter.spendText(text.length);
  return text;
};

const concat: StringMethod = (self, args, meter) => {
  const [other] = args;
  if (args.length !== 1 || !isText(other)) return undefined;
  meter.spendText(self.length + other.length);
  return self + other;
};

export const STRING_METHODS: Methods<string> = new Map<string, StringMethod>([
  ['charAt', withIndex((self, index) => self.charAt(index))],
  ['codePointAt', withIndex((self, index) => self.codePointAt(index) ?? 0)],
  [
    'compareTo',
    (self, args, meter) =>
      args.length === 1 && typeof args[0] !== 'string'
        ? failure('compareTo takes its own type')
        : withText(compareTexts)(self, args, meter),
  ],
  [
    'compareToIgnoreCase',
    withText((self, other) =>
      compareTexts(self.toUpperCase().toLowerCase(), other.toUpperCase().toLowerCase()),
    ),
  ],
  ['concat', concat],
  ['contains', withText((self, other) => self.includes(other))],
  ['contentEquals', withText((self, other) => self === other)],
  ['endsWith', withText((self, other) => self.endsWith(other))],
  [
    'equalsIgnoreCase',
    (self, [other, ...others]) =>
      others.length > 0 || (other !== null && typeof other !== 'string')
        ? undefined
        : other !== null && self.toUpperCase().toLowerCase() === other.toUpperCase().toLowerCase(),
  ],
  ['format', (_, args, meter) => (isText(args[0]) ? formatText(args[0], args.slice(1), meter) : undefined)],
  ['hashCode', plain(textHash)],
  ['indexOf', find((self, other, from) => self.indexOf(other, from))],
  ['intern', plain(self => self)],
  ['isBlank', plain(self => self.trim() === '')],
  ['isEmpty', plain(self => self === '')],
  ['join', join],
  [
    'lastIndexOf',
    find((self, other, from) => (from !== undefined && from < 0 ? -1 : self.lastIndexOf(other, from))),
  ],
  ['length', plain(self => self.length)],
  ['regionMatches', regionMatches],
  ['repeat', repeat],
  ['replace', replace],
  ['startsWith', startsWith],
  ['strip', plain(self => self.trim())],
  ['stripLeading', plain(self => self.trimStart())],
  ['stripTrailing', plain(self => self.trimEnd())],
  ['subSequence', (self, args, meter) => (args.length === 2 ? substring(self, args, meter) : undefined)],
  ['substring', substring],
  [
    'toCharArray',
    (self, args, meter) => {
      takesNone(args);
      meter.spend(self.length);
      return [...units(self)];
    },
  ],
  ['toLowerCase', plain(self => self.toLowerCase())],
  ['toString', plain(self => self)],
  ['toUpperCase', plain(self => self.toUpperCase())],
  ['trim', plain(self => self.replace(TRIM, ''))],
  [
    'valueOf',
    (_, [value, ...others], meter) =>
      value === undefined || others.length > 0 ? undefined : textOf(value, meter),
  ],
  ...PATTERN_METHODS,
]);
