/** Parts of a body as findings show them. */
import { joinPointer } from '../json/pointer.ts';
import { stringifyJson } from '../json/stringify.ts';
import type { Json } from '../json/value.ts';

const LONGEST = 200;

/** JSON, cut short. */
export function shownValue(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : stringifyJson(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The pointer to what stands at a path. */
export function pointerTo(path: readonly (string | number)[]): string {
  return joinPointer('', ...path);
}
