/**
 * What stands between `(` and the content of a group: its kind, its name, its flags. Other dialects' ways to say the
 * same are taken where nothing else can be meant.
 */
import { type Cursor, Fault, type Flags } from './cursor.ts';

export type GroupHead =
  | 'plain'
  | { readonly kind: 'group'; readonly index: number }
  | { readonly kind: 'look'; readonly direction: 'ahead' | 'behind'; readonly negated: boolean }
  | { readonly kind: 'backReference'; readonly index: number };

/** What stands between `(` and the group's content; undefined for `(?i)`, which has none. */
export function groupHead(cursor: Cursor): GroupHead | undefined {
  const { source, at } = cursor;
  const head = source.slice(at, at + 200);
  const take = (length: number): void => {
    cursor.at += length;
  };
  if (!head.startsWith('(?')) {
    take(1);
    return { kind: 'group', index: ++cursor.groups };
  }
  if (head.startsWith('(?:')) {
    take(3);
    return 'plain';
  }
  const look = /^\(\?(<?)([=!])/.exec(head);
  if (look !== null) {
    take(look[0].length);
    return { kind: 'look', direction: look[1] === '<' ? 'behind' : 'ahead', negated: look[2] === '!' };
  }
  // `(?P<name>` is how Python writes it; it can mean nothing else.
  const named = /^\(\?P?<([^>]*)>/.exec(head);
  if (named !== null) {
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(named[1] ?? '')) {
      throw new Fault(`"${named[1]}" is not a group name`, at);
    }
    take(named[0].length);
    return { kind: 'group', index: ++cursor.groups };
  }
  const python = /^\(\?P=([^)]*)\)/.exec(head);
  if (python !== null) {
    take(python[0].length);
    return reference(cursor, python[1] ?? '', at);
  }
  const flags = /^\(\?([a-z]*)(?:-([a-z]*))?([:)])/i.exec(head);
  if (flags !== null) {
    const [text, on = '', off = '', end] = flags;
    if (end === ')' && at > 0) {
      throw new Fault(
        `"${text}" stands inside the pattern; flags without a group are read at the start only`,
        at,
      );
    }
    cursor.flags = withFlags(cursor.flags, on, off, at);
    take(text.length);
    return end === ':' ? 'plain' : undefined;
  }
  if (head.startsWith('(?>')) throw new Fault('atomic groups "(?>…)" do not exist in ECMA-262', at);
  throw new Fault(`"${head.slice(0, 3)}" begins no kind of group`, at);
}

function withFlags(flags: Flags, on: string, off: string, at: number): Flags {
  const next: { i: boolean; m: boolean; s: boolean } = { ...flags };
  for (const [letters, value] of [
    [on, true],
    [off, false],
  ] as const) {
    for (const letter of letters) {
      if (letter === 'i' || letter === 'm' || letter === 's') next[letter] = value;
      // `u` is what a JSON Schema pattern is read with anyway.
      else if (letter !== 'u' || !value)
        throw new Fault(`the flag "${letter}" does not exist in ECMA-262`, at);
    }
  }
  return next;
}

/** The reference to a group by its name. */
export function reference(
  cursor: Cursor,
  name: string,
  at: number,
): { kind: 'backReference'; index: number } {
  const index = cursor.names.get(name);
  if (index === undefined) throw new Fault(`no group is called "${name}"`, at);
  return { kind: 'backReference', index };
}
