/** What the tables of methods are made of, and how their arguments are told apart. */
import { type Meter, ValueFault } from '../meter.ts';
import { Double, type Value } from '../values.ts';

/** Undefined says that no overload takes these arguments, which is as if there were no such method. */
export type Method<T> = (self: T, args: readonly Value[], meter: Meter) => Value | undefined;

/** Methods by name; a map, so that no name is found that was not put there. */
export type Methods<T> = ReadonlyMap<string, Method<T>>;

/** Where Java throws. The renderer adds the place. */
export function failure(reason: string): never {
  throw new ValueFault(reason);
}

/** A `String` argument: a text; null is taken, as by Java, and fails. */
export function isText(value: Value | undefined): value is string {
  if (value === null) failure('a method was given null where it takes a text');
  return typeof value === 'string';
}

/** An `int` argument; a Long is none. */
export function isInt(value: Value | undefined): value is number {
  return typeof value === 'number';
}

/** `Number.doubleValue()`. */
export function doubleOf(value: number | bigint | Double): number {
  return value instanceof Double ? value.value : Number(value);
}

/** `hashCode` of a text. */
export function textHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0;
  return hash;
}

/** Velocity finds a method without parameters for any arguments, and calling it fails. */
export function takesNone(args: readonly Value[]): void {
  if (args.length > 0) failure('a method was given arguments, and takes none');
}
