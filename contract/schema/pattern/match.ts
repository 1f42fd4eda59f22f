/**
 * Does a text match a pattern: in time linear in the text, whatever the pattern, because patterns come from
 * strangers. The machine is in all states that a backtracking engine would try one after another; sets of states
 * that were met before are kept, so common patterns run at a table look-up a character.
 *
 * @see https://swtch.com/~rsc/regexp/regexp1.html
 */
import { hasCodePoint } from './char-set.ts';
import { type PatternFault, type PatternNode, parsePattern } from './parse.ts';
import { assemble, type Condition, type Machine, type Program, Unsupported } from './program.ts';

export interface CompiledPattern {
  readonly kind: 'compiled';
  /** True when the pattern matches anywhere in the text: JSON Schema does not anchor. */
  readonly test: (text: string) => boolean;
}

export interface PatternRefusal extends PatternFault {
  /** True for a pattern that is right but beyond what can be checked safely, such as one with back-references. */
  readonly unsupported: boolean;
}

/** Patterns are few and shared by many schemas; the lid is for processes that read documents all day. */
const MAX_KEPT = 5000;
const kept = new Map<string, CompiledPattern | PatternRefusal>();

/**
 * A pattern ready to be asked, or the reason why it cannot be.
 *
 * @example
 * ```ts
 * import { compilePattern } from './contract/schema/pattern/match.ts';
 *
 * const pattern = compilePattern('^(a+)+$');
 * if (pattern.kind === 'compiled') console.log(pattern.test('a'.repeat(50_000) + '!')); // false, and at once
 * ```
 */
export function compilePattern(source: string): CompiledPattern | PatternRefusal {
  let compiled = kept.get(source);
  if (compiled === undefined) {
    compiled = compile(source);
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(source, compiled);
  }
  return compiled;
}

function compile(source: string): CompiledPattern | PatternRefusal {
  const pattern = parsePattern(source);
  if (pattern.kind === 'fault') return { ...pattern, unsupported: false };
  try {
    return { kind: 'compiled', test: runOfOneSet(pattern.node) ?? matcher(assemble(pattern.node)) };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    return { kind: 'fault', message: error.message, position: 0, unsupported: true };
  }
}

/** `^[a-z]{1,64}$`, what most patterns look like, needs no machine, and no limit on its counts. */
function runOfOneSet(node: PatternNode): ((text: string) => boolean) | undefined {
  if (node.kind !== 'sequence' || node.nodes.length !== 3) return undefined;
  const [start, run, end] = node.nodes;
  if (start?.kind !== 'start' || run?.kind !== 'repeat' || end?.kind !== 'end') return undefined;
  if (start.multiline || end.multiline || run.node.kind !== 'set') return undefined;
  const { min, max } = run;
  const { set } = run.node;
  const ascii = Uint8Array.from({ length: 128 }, (_, code) => (hasCodePoint(set, code) ? 1 : 0));
  return text => {
    let length = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.codePointAt(at) ?? 0;
      if (code > 0xffff) at++;
      if (++length > max || !(code < 128 ? ascii[code] === 1 : hasCodePoint(set, code))) return false;
    }
    return length >= min;
  };
}

function matcher(machine: Machine): (text: string) => boolean {
  if (machine.program.plain) return remembering(machine.program);
  const looks = machine.looks.map(({ program, direction }) => sweeper(program, direction));
  const whole = sweeper(machine.program, 'anywhere');
  return text => {
    const answers: Uint8Array[] = [];
    for (const look of looks) answers.push(look(text, answers));
    return whole(text, answers)[text.length] === 1;
  };
}

/** The states a machine can be in without taking a character, gathered into a list that is used again. */
interface Closure {
  /** The indexes of `take` instructions. */
  readonly takes: number[];
  matches: boolean;
  follow(start: number, holds: (condition: Condition) => boolean): void;
  clear(): void;
}

function newClosure({ instructions }: Program): Closure {
  const seen = new Uint32Array(instructions.length);
  const waiting: number[] = [];
  let generation = 1;
  const closure: Closure = {
    takes: [],
    matches: false,
    clear() {
      generation++;
      closure.takes.length = 0;
      waiting.length = 0;
      closure.matches = false;
    },
    follow(start, holds) {
      waiting.push(start);
      for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
        if (seen[at] === generation) continue;
        seen[at] = generation;
        const instruction = instructions[at];
        if (instruction === undefined) continue;
        if (instruction.op === 'take') closure.takes.push(at);
        else if (instruction.op === 'match') closure.matches = true;
        else if (instruction.op === 'split') waiting.push(instruction.other, instruction.next);
        else if (holds(instruction.condition)) waiting.push(instruction.next);
      }
    },
  };
  return closure;
}

/**
 * Runs a program over a whole text and answers for every position whether it matches there: ends there when it
 * reads forwards, begins there when it reads backwards (`ahead`). With `anywhere` only the text's length is
 * answered. `looks` holds the answers of the looks inside.
 */
function sweeper(
  program: Program,
  direction: 'ahead' | 'behind' | 'anywhere',
): (text: string, looks: readonly Uint8Array[]) => Uint8Array {
  const { instructions, classOf, start } = program;
  const closure = newClosure(program);
  const backwards = direction === 'ahead';
  return (text, looks) => {
    const answers = new Uint8Array(text.length + 1);
    let waiting: number[] = [];
    let position = backwards ? text.length : 0;
    const holds = (condition: Condition): boolean => holdsAt(condition, text, position, looks);
    for (;;) {
      closure.clear();
      for (const at of waiting) closure.follow(at, holds);
      closure.follow(start, holds);
      if (closure.matches) {
        answers[direction === 'anywhere' ? text.length : position] = 1;
        if (direction === 'anywhere') return answers;
      }
      if (position === (backwards ? 0 : text.length)) return answers;
      const code = backwards ? codeBefore(text, position) : (text.codePointAt(position) ?? 0);
      position += (code > 0xffff ? 2 : 1) * (backwards ? -1 : 1);
      const kind = classOf(code);
      waiting = [];
      for (const at of closure.takes) {
        const instruction = instructions[at];
        if (instruction?.op === 'take' && instruction.accepts[kind] === 1) waiting.push(instruction.next);
      }
    }
  };
}

function codeBefore(text: string, position: number): number {
  const pair = position > 1 ? (text.codePointAt(position - 2) ?? 0) : 0;
  return pair > 0xffff ? pair : text.charCodeAt(position - 1);
}

function holdsAt(
  condition: Condition,
  text: string,
  position: number,
  looks: readonly Uint8Array[],
): boolean {
  switch (condition.kind) {
    case 'start':
      return position === 0 || (condition.multiline && isLineEnd(text.charCodeAt(position - 1)));
    case 'end':
      return position === text.length || (condition.multiline && isLineEnd(text.charCodeAt(position)));
    case 'boundary':
      return (
        (isWord(text.charCodeAt(position - 1)) !== isWord(text.charCodeAt(position))) !== condition.negated
      );
    case 'look':
      return (looks[condition.look]?.[position] === 1) !== condition.negated;
  }
}

function isLineEnd(unit: number): boolean {
  return unit === 10 || unit === 13 || unit === 0x2028 || unit === 0x2029;
}

/** NaN, beyond either end of the text, is no word character. */
function isWord(unit: number): boolean {
  return (
    (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 95
  );
}

/** A set of states, with what was found out about it. */
interface State {
  readonly takes: readonly number[];
  /** The pattern has matched. */
  readonly matches: boolean;
  /** It matches if the text ends here. */
  readonly matchesAtEnd: boolean;
  /** No text can make it match any more. */
  readonly dead: boolean;
  /** By class of the next code point. */
  readonly next: (State | undefined)[];
}

/** Some patterns have sets without number. Beyond these the text is swept, set by set, and none is kept. */
const MAX_STATES = 2000;
const MAX_KEPT_TAKES = 100_000;

/** A matcher that keeps the sets of states it has met: a deterministic automaton, built as texts ask for it. */
function remembering(program: Program): (text: string) => boolean {
  const { instructions, classOf, start } = program;
  const closure = newClosure(program);
  const states = new Map<string, State>();
  let keptTakes = 0;
  const whole = sweeper(program, 'anywhere');
  const stateOf = (from: readonly number[], atStart: boolean): State => {
    const follow = (atEnd: boolean): void => {
      closure.clear();
      for (const at of from) {
        closure.follow(at, ({ kind }) => (kind === 'start' ? atStart : kind === 'end' && atEnd));
      }
    };
    follow(true);
    const matchesAtEnd = closure.matches;
    follow(false);
    const { matches } = closure;
    const takes = [...closure.takes];
    const dead = anchored && takes.length === 0 && !matches && !matchesAtEnd;
    return { takes, matches, matchesAtEnd, dead, next: [] };
  };
  // A pattern that begins with `^` in every way cannot begin again further on.
  let anchored = false;
  const later = stateOf([start], false);
  anchored = later.takes.length === 0 && !later.matches && !later.matchesAtEnd;
  const first = stateOf([start], true);

  /** Undefined when no more may be kept. */
  const step = (state: State, kind: number): State | undefined => {
    const from = new Set<number>();
    for (const at of state.takes) {
      const instruction = instructions[at];
      if (instruction?.op === 'take' && instruction.accepts[kind] === 1) from.add(instruction.next);
    }
    if (!anchored) from.add(start);
    const sorted = [...from].sort((a, b) => a - b);
    const key = sorted.join();
    let next = states.get(key);
    if (next === undefined) {
      if (states.size >= MAX_STATES || keptTakes >= MAX_KEPT_TAKES) return undefined;
      next = stateOf(sorted, false);
      keptTakes += next.takes.length;
      states.set(key, next);
    }
    state.next[kind] = next;
    return next;
  };

  return text => {
    let state = first;
    for (let at = 0; at < text.length; at++) {
      if (state.matches) return true;
      if (state.dead) return false;
      let code = text.charCodeAt(at);
      if (code >= 0xd800 && code < 0xdc00) {
        code = text.codePointAt(at) ?? code;
        if (code > 0xffff) at++;
      }
      const kind = classOf(code);
      const next = state.next[kind] ?? step(state, kind);
      if (next === undefined) return whole(text, [])[text.length] === 1;
      state = next;
    }
    return state.matches || state.matchesAtEnd;
  };
}
