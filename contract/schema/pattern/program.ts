/**
 * A parsed pattern as instructions for a machine that can be in many states at once. Captures and laziness are gone:
 * whether a text matches does not depend on them.
 */
import type { CharSet } from './char-set.ts';
import { hasCodePoint } from './char-set.ts';
import type { PatternNode } from './parse.ts';

export type Instruction =
  /** Takes one code point whose class it accepts. */
  | { readonly op: 'take'; readonly accepts: Uint8Array; readonly next: number }
  | { readonly op: 'split'; next: number; other: number }
  | { readonly op: 'when'; readonly condition: Condition; readonly next: number }
  | { readonly op: 'match' };

/** What must be true of a position. */
export type Condition =
  | { readonly kind: 'start' | 'end'; readonly multiline: boolean }
  | { readonly kind: 'boundary'; readonly negated: boolean }
  /** Looks are answered for every position of the text before the pattern runs. */
  | { readonly kind: 'look'; readonly look: number; readonly negated: boolean };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
  /** The class of a code point: code points in one class are the same to every instruction. */
  readonly classOf: (code: number) => number;
  /** True when all conditions are plain `^` and `$`. */
  readonly plain: boolean;
}

export interface Look {
  readonly program: Program;
  readonly direction: 'ahead' | 'behind';
}

export interface Machine {
  readonly program: Program;
  /** Inner looks come before the looks they stand in. */
  readonly looks: readonly Look[];
}

/** Thrown when the pattern cannot become a program of sensible size, or at all. */
export class Unsupported extends Error {}

/**
 * Written out, `(a{90}){90}` is 8100 instructions; more than this is refused. A text costs at most its length
 * times this, a few seconds for the worst pattern on 50,000 characters.
 */
const MAX_INSTRUCTIONS = 10_000;
const MAX_SETS = 2000;

/** The machine for a pattern. Throws {@link Unsupported}. */
export function assemble(node: PatternNode): Machine {
  const looks: Look[] = [];
  const size = { instructions: 0 };
  return { program: programOf(node, false, looks, size), looks };
}

interface Assembly {
  readonly instructions: Instruction[];
  readonly accepts: Map<CharSet, Uint8Array>;
  readonly backwards: boolean;
  readonly looks: Look[];
  readonly size: { instructions: number };
  plain: boolean;
}

/** A program that reads forwards, or backwards for what lies ahead. */
function programOf(
  node: PatternNode,
  backwards: boolean,
  looks: Look[],
  size: { instructions: number },
): Program {
  const { accepts, classOf } = partition(node);
  const assembly: Assembly = { instructions: [], accepts, backwards, looks, size, plain: true };
  const match = add(assembly, { op: 'match' });
  const start = emit(assembly, node, match);
  return { instructions: assembly.instructions, start, classOf, plain: assembly.plain };
}

function add(assembly: Assembly, instruction: Instruction): number {
  if (++assembly.size.instructions > MAX_INSTRUCTIONS) {
    throw new Unsupported(
      `its repeat counts, written out, make more than ${MAX_INSTRUCTIONS.toLocaleString('en')} steps`,
    );
  }
  return assembly.instructions.push(instruction) - 1;
}

/** Emits from the end: every instruction knows where to go on. */
function emit(assembly: Assembly, node: PatternNode, next: number): number {
  switch (node.kind) {
    case 'empty':
      return next;
    case 'set':
      return add(assembly, {
        op: 'take',
        accepts: assembly.accepts.get(node.set) ?? new Uint8Array(0),
        next,
      });
    case 'sequence': {
      const order = assembly.backwards ? node.nodes : node.nodes.toReversed();
      return order.reduce((after, part) => emit(assembly, part, after), next);
    }
    case 'choice':
      return node.nodes
        .map(part => emit(assembly, part, next))
        .reduceRight((other, first) => add(assembly, { op: 'split', next: first, other }));
    case 'group':
      return emit(assembly, node.node, next);
    case 'repeat':
      return emitRepeat(assembly, node, next);
    case 'start':
    case 'end':
      if (node.multiline) assembly.plain = false;
      return add(assembly, { op: 'when', condition: node, next });
    case 'boundary':
      assembly.plain = false;
      return add(assembly, { op: 'when', condition: node, next });
    case 'look': {
      assembly.plain = false;
      const program = programOf(node.node, node.direction === 'ahead', assembly.looks, assembly.size);
      const look = assembly.looks.push({ program, direction: node.direction }) - 1;
      return add(assembly, { op: 'when', condition: { kind: 'look', look, negated: node.negated }, next });
    }
    case 'backReference':
      throw new Unsupported('it refers back to a group, and that cannot be matched in bounded time');
  }
}

function emitRepeat(
  assembly: Assembly,
  { node, min, max }: Extract<PatternNode, { kind: 'repeat' }>,
  next: number,
): number {
  let at = next;
  let copies = min;
  if (max === Number.POSITIVE_INFINITY) {
    const split: Extract<Instruction, { op: 'split' }> = { op: 'split', next: 0, other: next };
    const loop = add(assembly, split);
    split.next = emit(assembly, node, loop);
    // `a+` enters at the body, so that nesting does not double it.
    at = min > 0 ? split.next : loop;
    copies = min - 1;
  } else {
    for (let optional = max - min; optional > 0; optional--) {
      at = add(assembly, { op: 'split', next: emit(assembly, node, at), other: next });
    }
  }
  for (; copies > 0; copies--) {
    const before = at;
    at = emit(assembly, node, at);
    // A body that takes nothing would be copied for ever and never reach the limit.
    if (at === before) break;
  }
  return at;
}

/** Cuts the code points into classes that no set of the pattern tells apart. */
function partition(node: PatternNode): {
  accepts: Map<CharSet, Uint8Array>;
  classOf: (code: number) => number;
} {
  const written = new Set<CharSet>();
  collectSets(node, written);
  // A letter written twice is two sets with the same content.
  const byContent = new Map<string, CharSet[]>();
  const cuts = new Set<number>([0]);
  for (const set of written) {
    const content = set.map(({ from, to }) => `${from}-${to}`).join();
    const same = byContent.get(content);
    if (same !== undefined) {
      same.push(set);
      continue;
    }
    byContent.set(content, [set]);
    for (const { from, to } of set) cuts.add(from).add(to + 1);
  }
  if (byContent.size > MAX_SETS) {
    throw new Unsupported(`it tells more than ${MAX_SETS.toLocaleString('en')} sets of characters apart`);
  }
  const distinct = [...byContent.values()];
  const starts = Uint32Array.from(cuts).sort();
  const bySignature = new Map<string, number>();
  const classes = new Uint16Array(starts.length);
  const accepts = distinct.map(() => [] as number[]);
  for (const [index, start] of starts.entries()) {
    const inside: number[] = [];
    for (const [number, [set]] of distinct.entries()) {
      if (set !== undefined && hasCodePoint(set, start)) inside.push(number);
    }
    const signature = inside.join();
    let id = bySignature.get(signature);
    if (id === undefined) {
      id = bySignature.size;
      bySignature.set(signature, id);
      for (const number of inside) accepts[number]?.push(id);
    }
    classes[index] = id;
  }
  const acceptsOf = new Map<CharSet, Uint8Array>();
  for (const [number, same] of distinct.entries()) {
    const bits = new Uint8Array(bySignature.size);
    for (const id of accepts[number] ?? []) bits[id] = 1;
    for (const set of same) acceptsOf.set(set, bits);
  }
  const search = (code: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= code) low = middle;
      else high = middle - 1;
    }
    return classes[low] as number;
  };
  const ascii = Uint16Array.from({ length: 128 }, (_, code) => search(code));
  return {
    accepts: acceptsOf,
    classOf: code => (code < 128 ? (ascii[code] as number) : search(code)),
  };
}

/** The sets of a node; those inside a look belong to the look's own program. */
function collectSets(node: PatternNode, into: Set<CharSet>): void {
  switch (node.kind) {
    case 'set':
      into.add(node.set);
      return;
    case 'sequence':
    case 'choice':
      for (const part of node.nodes) collectSets(part, into);
      return;
    case 'repeat':
    case 'group':
      collectSets(node.node, into);
      return;
    case 'empty':
    case 'start':
    case 'end':
    case 'boundary':
    case 'look':
    case 'backReference':
      return;
  }
}
