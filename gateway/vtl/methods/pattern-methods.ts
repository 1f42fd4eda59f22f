/** The methods of `java.lang.String` that take a regular expression. */

import type { Meter } from '../meter.ts';
import { type Match, textPattern } from '../pattern.ts';
import { JavaArray, type Value } from '../values.ts';
import { filled } from './list-methods.ts';
import { failure, isInt, isText, type Method } from './method.ts';

/** `$1`, `${name}` is not known, and `\` before a sign takes its meaning: as in `Matcher.appendReplacement`. */
function replacer(template: string, groups: number): (text: string, match: Match) => string {
  const parts: (string | number)[] = [];
  const addText = (text: string): void => {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + text;
    else parts.push(text);
  };
  for (let at = 0; at < template.length; at += 1) {
    const unit = template.charAt(at);
    if (unit === '\\') {
      at += 1;
      if (at >= template.length) failure('a replacement ends in a backslash that escapes nothing');
      addText(template.charAt(at));
    } else if (unit === '$') {
      const digits = /^\d+/.exec(template.slice(at + 1, at + 6))?.[0];
      if (digits === undefined) failure('a "$" of a replacement names no group; write it as "\\$"');
      let group = Number(digits.charAt(0));
      if (group > groups) failure(`a replacement names group ${group}, and the pattern has ${groups}`);
      let used = 1;
      // More digits belong to the number as long as there is such a group.
      while (used < digits.length && group * 10 + Number(digits.charAt(used)) <= groups) {
        group = group * 10 + Number(digits.charAt(used));
        used += 1;
      }
      parts.push(group);
      at += used;
    } else addText(unit);
  }
  return (text, match) =>
    parts
      .map(part => {
        if (typeof part === 'string') return part;
        const [from = -1, to = -1] = match.slice(2 * part, 2 * part + 2);
        return from === -1 ? '' : text.slice(from, to);
      })
      .join('');
}

function* matches(source: string, text: string, meter: Meter): Iterable<Match> {
  const pattern = textPattern(source, meter);
  for (let from = 0; from <= text.length; ) {
    const match = pattern.find(text, from, meter);
    if (match === undefined) return;
    yield match;
    const [start = 0, end = 0] = match;
    from = end > start ? end : end + 1;
  }
}

function replace(which: 'all' | 'first'): Method<string> {
  return (self, args, meter) => {
    const [source, template] = args;
    if (args.length !== 2 || !isText(source) || !isText(template)) return undefined;
    meter.spendText(self.length + template.length);
    // A replacement that cannot be is no fault where nothing is replaced.
    let written: ((text: string, match: Match) => string) | undefined;
    let text = '';
    let copied = 0;
    for (const match of matches(source, self, meter)) {
      const [start = 0, end = 0] = match;
      written ??= replacer(template, textPattern(source, meter).groups);
      const piece = written(self, match);
      text += self.slice(copied, start) + piece;
      copied = end;
      meter.spend(1 + (piece.length >> 4));
      if (text.length > meter.limits.characters) meter.spendText(text.length);
      if (which === 'first') break;
    }
    return text + self.slice(copied);
  };
}

const split: Method<string> = (self, args, meter) => {
  const [source, limit = 0] = args;
  if (args.length === 0 || args.length > 2 || !isText(source) || !isInt(limit)) return undefined;
  const parts: Value[] = [];
  let copied = 0;
  for (const [start = 0, end = 0] of matches(source, self, meter)) {
    if (limit > 0 && parts.length === limit - 1) break;
    // A match of nothing at the very beginning gives no part, since Java 8.
    if (end === 0) continue;
    parts.push(self.slice(copied, start));
    copied = end;
  }
  if (copied === 0) return filled(new JavaArray(), [self]);
  parts.push(self.slice(copied));
  meter.spendText(self.length + parts.length);
  if (limit === 0) while (parts.length > 0 && parts.at(-1) === '') parts.pop();
  return filled(new JavaArray(), parts);
};

export const PATTERN_METHODS: readonly (readonly [string, Method<string>])[] = [
  [
    'matches',
    (self, args, meter) => {
      const [source] = args;
      return args.length === 1 && isText(source)
        ? textPattern(source, meter).matchesWhole(self, meter)
        : undefined;
    },
  ],
  ['replaceAll', replace('all')],
  ['replaceFirst', replace('first')],
  ['split', split],
];
