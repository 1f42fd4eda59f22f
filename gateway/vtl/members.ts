/**
 * What a value answers to a name: Java's methods and properties from the tables in `methods/`, the keys of a map, what
 * a host object was given. There is no other way from a template to anything.
 */
import type { Meter } from './meter.ts';
import { GATEWAY_LIST_METHODS, LIST_METHODS } from './methods/list-methods.ts';
import { ENTRY_METHODS, keyIn, MAP_METHODS } from './methods/map-methods.ts';
import { failure, type Methods, takesNone } from './methods/method.ts';
import { BOOLEAN_METHODS, NUMBER_METHODS } from './methods/number-methods.ts';
import { STRING_METHODS } from './methods/string-methods.ts';
import { javaEquals, textOf } from './value-text.ts';
import { HostObject, isIndexed, isList, isMap, MapEntry, type Value } from './values.ts';

/** `$x.name(…)`: null where there is no such method for these arguments, or where it returns null. */
export function callMethod(value: Value, name: string, args: readonly Value[], meter: Meter): Value {
  meter.spend(1);
  return call(value, name, args, meter) ?? null;
}

function call(value: Value, name: string, args: readonly Value[], meter: Meter): Value | undefined {
  if (value === null) return undefined;
  if (value instanceof HostObject) {
    const found = value.call(name, args, meter);
    return found === undefined ? ofEverything(value, name, args, meter) : found;
  }
  const found = ofTable(value, name, args, meter);
  return found === undefined ? ofEverything(value, name, args, meter) : found;
}

function ofTable(
  value: Exclude<Value, null | HostObject>,
  name: string,
  args: readonly Value[],
  meter: Meter,
): Value | undefined {
  if (typeof value === 'string') return look(STRING_METHODS, value, name, args, meter);
  if (typeof value === 'boolean') return look(BOOLEAN_METHODS, value, name, args, meter);
  if (isList(value)) {
    return (
      look(LIST_METHODS, value, name, args, meter) ?? look(GATEWAY_LIST_METHODS, value, name, args, meter)
    );
  }
  if (isMap(value)) return look(MAP_METHODS, value, name, args, meter);
  if (value instanceof MapEntry) return look(ENTRY_METHODS, value, name, args, meter);
  return look(NUMBER_METHODS, value, name, args, meter);
}

function look<T>(
  table: Methods<T>,
  value: T,
  name: string,
  args: readonly Value[],
  meter: Meter,
): Value | undefined {
  return table.get(name)?.(value, args, meter);
}

/** What every Java object has, as far as it tells nothing of the host. */
function ofEverything(value: Value, name: string, args: readonly Value[], meter: Meter): Value | undefined {
  const [other] = args;
  if (name === 'toString') {
    takesNone(args);
    return textOf(value, meter);
  }
  return name === 'equals' && args.length === 1 && other !== undefined
    ? javaEquals(value, other, meter)
    : undefined;
}

/** `$x.name`: a key of a map, a member of a host object, or what a getter gives. */
export function memberOf(value: Value, name: string, meter: Meter): Value {
  if (value instanceof Map) return value.get(name) ?? null;
  if (value instanceof HostObject) return value.property(name);
  if (value === null) return null;
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  const found = ofTable(value, `get${capital}`, [], meter);
  if (found !== undefined) return found;
  const answer = ofTable(value, `is${capital}`, [], meter);
  return typeof answer === 'boolean' ? answer : null;
}

/** `$x[index]`. @throws ValueFault outside of a list. */
export function indexOf(value: Value, index: Value, meter: Meter): Value {
  if (value instanceof Map) return value.get(keyIn(value, fromEnd(index, value.size), meter)) ?? null;
  if (isIndexed(value)) {
    const at = fromEnd(index, value.length);
    if (typeof at !== 'number') return null;
    return at >= 0 && at < value.length ? (value[at] ?? null) : outside(at, value);
  }
  return value instanceof HostObject && typeof index === 'string' ? value.property(index) : null;
}

/** Negative indexes count from the end, in maps too. */
function fromEnd(index: Value, size: number): Value {
  return typeof index === 'number' && index < 0 ? size + index : index;
}

function outside(at: number, list: readonly Value[]): never {
  return failure(`index ${at} is outside of a list of ${list.length}`);
}

/** `#set($x[index] = …)`; nothing happens to what cannot be set. @throws ValueFault outside of a list. */
export function setIndex(owner: Value, index: Value, value: Value, meter: Meter): void {
  meter.spend(1);
  if (owner instanceof Map) owner.set(keyIn(owner, fromEnd(index, owner.size), meter), value);
  else if (isIndexed(owner)) {
    const at = fromEnd(index, owner.length);
    if (typeof at !== 'number') return;
    if (at < 0 || at >= owner.length) outside(at, owner);
    owner[at] = value;
  } else if (owner instanceof HostObject && typeof index === 'string') owner.set(index, value);
}

/** `#set($x.name = …)`; nothing happens to what cannot be set. */
export function setMember(owner: Value, name: string, value: Value, meter: Meter): void {
  meter.spend(1);
  if (owner instanceof Map) owner.set(name, value);
  else if (owner instanceof HostObject) owner.set(name, value);
}
