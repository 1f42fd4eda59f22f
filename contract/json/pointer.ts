/** JSON Pointer (RFC 6901): the addresses of nodes inside a document. */
import { isArray, type Json, own } from './value.ts';

/** One reference token as it is written in a pointer: `a/b` becomes `a~1b`. */
export function escapeToken(token: string | number): string {
  const text = String(token);
  return text.includes('~') || text.includes('/') ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text;
}

/** A pointer that goes on from another: `join('/paths', '/pets', 'get')` is `/paths/~1pets/get`. */
export function joinPointer(pointer: string, ...tokens: readonly (string | number)[]): string {
  let joined = pointer;
  for (const token of tokens) joined += `/${escapeToken(token)}`;
  return joined;
}

/** The unescaped tokens of a pointer; the empty pointer has none. */
export function pointerTokens(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map(token => (token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token));
}

/** The value at a pointer; undefined where there is none. */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
  let found = value;
  for (const token of pointerTokens(pointer))
    found = isArray(found) ? found[Number(token)] : own(found, token);
  return found;
}
