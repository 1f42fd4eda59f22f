/**
 * Where names find their values while a template renders. A macro's call lays a frame over the one of its caller:
 * arguments are expressions that are computed anew at each reading, and what is set inside is set outside too. Names
 * are numbered when a template is compiled, so that finding one is an index into a list.
 */
import type { Value } from './values.ts';

/** The numbers of the names in a template. */
export class Names {
  readonly #slots: Map<string, number>;
  readonly #names: string[];

  /** Goes on from others, which stay as they are. */
  constructor(base?: Names) {
    this.#names = base === undefined ? [] : [...base.#names];
    this.#slots = new Map(this.#names.map((name, slot) => [name, slot]));
  }

  /** The number of a name, a new one if need be. */
  slotOf(name: string): number {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const slot = this.#names.push(name) - 1;
    this.#slots.set(name, slot);
    return slot;
  }

  get count(): number {
    return this.#names.length;
  }

  nameOf(slot: number): string {
    return this.#names[slot] ?? '';
  }
}

/** An argument as it was handed to a macro. */
export interface Argument {
  readonly value: () => Value;
  /** What the parameter prints when the argument has no value. */
  readonly literal: () => string;
}

/** The variables of a template, or those laid over them. */
export interface Frame {
  get(slot: number): Value;
  set(slot: number, value: Value): void;
  remove(slot: number): void;
  /** What the argument for a parameter prints when it has no value; undefined for what is no parameter. */
  literalOf(slot: number): string | undefined;
}

/** The variables that the host gave, and what the template made of them: the host's own map stays as it is. */
export class TemplateFrame implements Frame {
  readonly #given: ReadonlyMap<string, Value>;
  #names: Names;
  #extended = false;
  /** What was found once something was set; many templates set nothing, and then the host's map is enough. */
  #values: (Value | undefined)[] | undefined = undefined;

  constructor(given: ReadonlyMap<string, Value>, names: Names) {
    this.#given = given;
    this.#names = names;
  }

  /** For texts that are compiled while rendering: their names are numbered behind the template's, and forgotten with it. */
  extendedNames(): Names {
    if (!this.#extended) this.#names = new Names(this.#names);
    this.#extended = true;
    return this.#names;
  }

  get(slot: number): Value {
    return this.#values?.[slot] ?? this.named(slot, this.#names.nameOf(slot));
  }

  /** As {@link get}, for whoever has the name at hand. */
  named(slot: number, name: string): Value {
    const values = this.#values;
    if (values === undefined) return this.#given.get(name) ?? null;
    const known = values[slot];
    if (known !== undefined) return known;
    const value = this.#given.get(name) ?? null;
    values[slot] = value;
    return value;
  }

  set(slot: number, value: Value): void {
    this.#values ??= new Array<Value | undefined>(this.#names.count);
    this.#values[slot] = value;
  }

  remove(slot: number): void {
    this.set(slot, null);
  }

  literalOf(): undefined {
    return undefined;
  }
}

/** The parameters of a macro's call, and what the macro has set. */
export class MacroFrame implements Frame {
  readonly #caller: Frame;
  readonly #arguments: ReadonlyMap<number, Argument>;
  readonly #values = new Map<number, Value>();
  /** Arguments that are no longer reached by their name. */
  readonly #removed = new Set<number>();

  constructor(caller: Frame, bound: ReadonlyMap<number, Argument>) {
    this.#caller = caller;
    this.#arguments = bound;
  }

  get(slot: number): Value {
    const own = this.#values.get(slot) ?? null;
    if (own !== null) return own;
    const argument = this.#arguments.get(slot);
    if (argument !== undefined && !this.#removed.has(slot)) return argument.value();
    return this.#caller.get(slot);
  }

  set(slot: number, value: Value): void {
    this.#values.set(slot, value);
    this.#caller.set(slot, value);
  }

  /** For what callers do not see: the body of the call, and arguments that are constants. */
  setHere(slot: number, value: Value): void {
    this.#values.set(slot, value);
  }

  remove(slot: number): void {
    this.#values.delete(slot);
    if (this.#arguments.has(slot)) this.#removed.add(slot);
    this.#caller.remove(slot);
  }

  literalOf(slot: number): string | undefined {
    const argument = this.#arguments.get(slot);
    return argument === undefined ? this.#caller.literalOf(slot) : argument.literal();
  }
}

/** One turn of a loop over a null: hides any value of the loop's variable. */
export class NullFrame implements Frame {
  readonly #outer: Frame;
  readonly #variable: number;
  #hides = true;

  constructor(outer: Frame, variable: number) {
    this.#outer = outer;
    this.#variable = variable;
  }

  get(slot: number): Value {
    return this.#hides && slot === this.#variable ? null : this.#outer.get(slot);
  }

  set(slot: number, value: Value): void {
    this.#outer.set(slot, value);
  }

  remove(slot: number): void {
    if (slot === this.#variable) this.#hides = false;
    this.#outer.remove(slot);
  }

  literalOf(slot: number): string | undefined {
    return this.#outer.literalOf(slot);
  }
}
