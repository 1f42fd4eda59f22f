/** One rendering under way: its output, its variables, what it may still use, and where it is. */
import type { Dialect } from './dialect.ts';
import type { Frame, TemplateFrame } from './frame.ts';
import { LimitReached, type Meter } from './meter.ts';
import { HostObject, type Value } from './values.ts';

/** A statement, ready to print into a rendering. */
export type Render = (run: Run) => void;

/** An expression, ready to be computed in a rendering. */
export type Evaluate = (run: Run) => Value;

export interface CompiledMacro {
  /** Their numbers among the names. */
  readonly parameters: readonly number[];
  readonly block: Render;
}

/** Thrown by `#break` and `#stop`: not an error, and cheap since it has no stack. */
export class Stop {
  /** What is to end; `nearest` is whatever meets it first, `all` is the template. */
  readonly target: object | 'nearest' | 'all';

  constructor(target: object | 'nearest' | 'all') {
    this.target = target;
  }

  isFor(owner: object | 'all'): boolean {
    return this.target === 'nearest' || this.target === owner;
  }
}

/** Ends quietly at a `#break` that is for the owner; `all` stands for what `#stop` ends. */
export function stoppable(render: Render, owner: object | 'all'): Render {
  return run => {
    try {
      render(run);
    } catch (error) {
      if (!(error instanceof Stop && error.isFor(owner))) throw error;
    }
  };
}

export class Run {
  out = '';
  frame: Frame;
  /** The frame below all others. */
  readonly root: TemplateFrame;
  /** The offset of what is being done, for errors. */
  at = 0;
  readonly meter: Meter;
  readonly dialect: Dialect;
  macros: ReadonlyMap<string, CompiledMacro>;
  /** Reads and compiles what `#evaluate` was given. */
  readonly compileText: (text: string, run: Run) => Render;
  #depth = 0;
  #macroDepth = 0;

  constructor(
    frame: TemplateFrame,
    meter: Meter,
    dialect: Dialect,
    macros: ReadonlyMap<string, CompiledMacro>,
    compileText: (text: string, run: Run) => Render,
  ) {
    this.frame = frame;
    this.root = frame;
    this.meter = meter;
    this.dialect = dialect;
    this.macros = macros;
    this.compileText = compileText;
  }

  /** After what a block has printed. @throws LimitReached when the output is full. */
  checkOutput(): void {
    const { characters } = this.meter.limits;
    if (this.out.length > characters) throw new LimitReached(`more than ${characters} characters of output`);
  }

  /** Renders into a text of its own. */
  capture(block: Render): string {
    const out = this.out;
    this.out = '';
    this.enter();
    try {
      block(this);
      return this.out;
    } finally {
      this.out = out;
      this.leave();
    }
  }

  /** Renders, or computes, with other variables. */
  within<T>(frame: Frame, act: (run: Run) => T): T {
    const before = this.frame;
    this.frame = frame;
    this.enter();
    try {
      return act(this);
    } finally {
      this.frame = before;
      this.leave();
    }
  }

  /** Computes an argument where it stands in the call; each reading costs. */
  argument(caller: Frame, compute: Evaluate): Value {
    this.meter.spend(1);
    return this.within(caller, compute);
  }

  /** @throws LimitReached when blocks stand in each other too deep. */
  enter(): void {
    this.#depth += 1;
    if (this.#depth > this.meter.limits.depth) {
      throw new LimitReached(`blocks and calls more than ${this.meter.limits.depth} deep`);
    }
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** @throws LimitReached when macros call each other too deep. */
  enterMacro(name: string): void {
    if (this.#macroDepth >= this.meter.limits.macroDepth) {
      throw new LimitReached(`#${name} is called within ${this.meter.limits.macroDepth} other macros`);
    }
    this.#macroDepth += 1;
  }

  leaveMacro(): void {
    this.#macroDepth -= 1;
  }
}

/** What `#define` names, and the body of a macro's call: prints anew wherever it is printed. */
export class DefinedBlock extends HostObject {
  readonly #print: (run: Run) => void;
  readonly #deepest: number;
  #depth = 0;

  /** `definition` is where it was defined; its text sees the variables of there, and what prints those of here. */
  constructor(name: string, definition: Run, print: (run: Run) => void, deepest: number) {
    const { frame } = definition;
    super(name, {
      text: () => definition.within(frame, () => definition.capture(run => this.print(run))),
    });
    this.#print = print;
    this.#deepest = deepest;
  }

  /** False when the block stands in itself too often; nothing was printed then. */
  print(run: Run): boolean {
    if (this.#depth >= this.#deepest) return false;
    this.#depth += 1;
    run.enter();
    try {
      this.#print(run);
      return true;
    } finally {
      run.leave();
      this.#depth -= 1;
    }
  }
}
