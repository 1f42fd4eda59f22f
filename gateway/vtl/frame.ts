/**
 * Where names find their values while a template renders. A macro's call lays a frame over the one of its caller:
 * arguments are expressions that are computed anew at each reading, and what is set inside is set outside too.
 */
import type { Value } from './values.ts';

/** An argument as it was handed to a macro. */
export interface Argument {
  readonly value: () => Value;
  /** What the parameter prints when the argument has no value. */
  readonly literal: () => string;
}

/** The variables of a template, and those laid over them. */
export class Frame {
  readonly #parent: Frame | undefined;
  readonly #variables = new Map<string, Value>();
  /** What the host gave; never written to. */
  readonly #given: ReadonlyMap<string, Value> | undefined;
  /** Those a macro was called with, and those of them that are no longer reached by their name. */
  readonly #arguments: ReadonlyMap<string, Argument> | undefined;
  readonly #removed = new Set<string>();
  /** The loop variable that is null in this turn, and hides any of its name. */
  #hidden: string | undefined;

  constructor(
    parent: Frame | undefined,
    content: {
      readonly given?: ReadonlyMap<string, Value>;
      readonly arguments?: ReadonlyMap<string, Argument>;
      readonly hidden?: string;
    },
  ) {
    this.#parent = parent;
    this.#given = content.given;
    this.#arguments = content.arguments;
    this.#hidden = content.hidden;
  }

  get(name: string): Value {
    if (this.#hidden === name) return null;
    const own = this.#variables.get(name);
    if (own !== undefined && own !== null) return own;
    const argument = this.#arguments?.get(name);
    if (argument !== undefined && !this.#removed.has(name)) return argument.value();
    if (this.#parent !== undefined) return this.#parent.get(name);
    return own === undefined ? (this.#given?.get(name) ?? null) : null;
  }

  set(name: string, value: Value): void {
    if (this.#hidden === undefined) this.#variables.set(name, value);
    this.#parent?.set(name, value);
  }

  /** For the macro's body, which its callers do not see. */
  setHere(name: string, value: Value): void {
    this.#variables.set(name, value);
  }

  remove(name: string): void {
    if (this.#hidden === name) this.#hidden = '';
    if (this.#given?.has(name) === true) this.#variables.set(name, null);
    else this.#variables.delete(name);
    if (this.#arguments?.has(name) === true) this.#removed.add(name);
    this.#parent?.remove(name);
  }

  /** What the argument for a parameter prints when it has no value; undefined for what is no parameter. */
  literalOf(name: string): string | undefined {
    const argument = this.#arguments?.get(name);
    return argument === undefined ? this.#parent?.literalOf(name) : argument.literal();
  }
}
