/**
 * What one rendering may use. Work is counted in steps instead of time, so that a template which is refused here is
 * refused everywhere; a deadline may stand beside it. What is said here has no place in a template yet: the renderer
 * adds it.
 */

/** What a rendering may use; each ends in a `TEMPLATE_LIMIT` with the place where it was reached. */
export interface Limits {
  /** Turns of one `#foreach`; API Gateway documents 1,000. */
  readonly turns: number;
  /** Characters of the output, and of any single text on the way to it. */
  readonly characters: number;
  /** Nested blocks, interpolations and macro calls while rendering. */
  readonly depth: number;
  /** Macro calls within macro calls. */
  readonly macroDepth: number;
  /** Work in all: about one a reference, call and turn, and one for every 16 characters handled. */
  readonly steps: number;
  /** Wall time; unlimited unless told, since it makes an outcome depend on the machine. */
  readonly milliseconds: number;
}

/** Steps between two looks at the clock. */
const CLOCK_STEPS = 1024;

/** A limit was reached; the renderer says where. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
}

/** Something a template asked of a value went wrong, as where Java throws; the renderer says where. */
export class ValueFault extends Error {
  override readonly name = 'ValueFault';
}

/** Counts what one rendering uses. */
export class Meter {
  readonly limits: Limits;
  #used = 0;
  /** Where to stop and look: at the end of the steps, or at the clock before it. */
  #lookAt: number;
  readonly #end: number | undefined;

  constructor(limits: Limits) {
    this.limits = limits;
    const timed = limits.milliseconds !== Number.POSITIVE_INFINITY;
    this.#end = timed ? performance.now() + limits.milliseconds : undefined;
    this.#lookAt = timed ? Math.min(CLOCK_STEPS, limits.steps) : limits.steps;
  }

  /** @throws LimitReached when the steps, or the time, are used up. */
  spend(steps: number): void {
    this.#used += steps;
    if (this.#used > this.#lookAt) this.#look();
  }

  /** For a text that is made or read through. @throws LimitReached when it is too long or all is used up. */
  spendText(length: number): void {
    if (length > this.limits.characters) {
      throw new LimitReached(`a text of more than ${this.limits.characters} characters`);
    }
    this.spend(1 + (length >> 4));
  }

  #look(): void {
    if (this.#used > this.limits.steps) throw new LimitReached(`more than ${this.limits.steps} steps`);
    if (this.#end !== undefined && performance.now() > this.#end)
      throw new LimitReached(`more than ${this.limits.milliseconds} ms`);
    this.#lookAt = Math.min(this.#used + CLOCK_STEPS, this.limits.steps);
  }
}

/** What a rendering may use unless told otherwise. */
export const DEFAULT_LIMITS: Limits = {
  turns: 1000,
  characters: 10_000_000,
  depth: 100,
  macroDepth: 20,
  steps: 5_000_000,
  milliseconds: Number.POSITIVE_INFINITY,
};
