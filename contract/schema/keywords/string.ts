/** The keywords on strings. `contentEncoding` and its kin are annotations and not asserted. */
import { formatNamed } from '../format.ts';
import { compilePattern } from '../pattern/match.ts';
import { assertion, count, type Keyword, show } from '../run.ts';

export const minLength: Keyword = schema => {
  const limit = schema.minLength;
  if (limit === undefined) return undefined;
  return assertion(
    schema,
    'minLength',
    value => typeof value !== 'string' || hasAtLeast(value, limit),
    value => `must have at least ${count(limit, 'character')}, has ${codePoints(String(value))}`,
  );
};

export const maxLength: Keyword = schema => {
  const limit = schema.maxLength;
  if (limit === undefined) return undefined;
  return assertion(
    schema,
    'maxLength',
    value => typeof value !== 'string' || value.length <= limit || !hasAtLeast(value, limit + 1),
    value => `must have at most ${count(limit, 'character')}, has ${codePoints(String(value))}`,
  );
};

/** Length in code points, counted only when the length in UTF-16 units leaves a doubt. */
function hasAtLeast(text: string, limit: number): boolean {
  if (text.length < limit) return false;
  return text.length >= 2 * limit || codePoints(text) >= limit;
}

function codePoints(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(at + 1);
    if (next < 0xdc00 || next > 0xdfff) continue;
    length--;
    at++;
  }
  return length;
}

/** A pattern that cannot be checked holds for everything; `uncheckedKeywords` says so. */
export const pattern: Keyword = schema => {
  if (schema.pattern === undefined) return undefined;
  const compiled = compilePattern(schema.pattern);
  if (compiled.kind === 'fault') return undefined;
  return assertion(
    schema,
    'pattern',
    value => typeof value !== 'string' || compiled.test(value),
    value => `must match ${schema.pattern}, is ${show(value)}`,
  );
};

export const format: Keyword = schema => {
  const row = schema.format === undefined ? undefined : formatNamed(schema.format);
  if (row === undefined) return undefined;
  const { test, appliesTo } = row;
  return assertion(
    schema,
    'format',
    appliesTo === 'string'
      ? value => typeof value !== 'string' || test(value)
      : value => (typeof value !== 'number' && typeof value !== 'bigint') || test(value),
    value => `must be ${row.description}, is ${show(value)}`,
  );
};
