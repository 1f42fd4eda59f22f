/**
 * Java's regular expressions for `replaceAll`, `split` and their kin: where a pattern matches and what its groups hold,
 * in time linear in the text. All ways through the pattern are followed at once, in the order in which a backtracking
 * engine would try them, so the match is the one that Java finds.
 *
 * @see https://swtch.com/~rsc/regexp/regexp2.html
 */
import { type CharSet, hasCodePoint, WORD } from '../../contract/schema/pattern/char-set.ts';
import { type PatternNode, parsePattern } from '../../contract/schema/pattern/parse.ts';
import { fromJava } from './java-pattern.ts';
import { type Meter, ValueFault } from './meter.ts';

/** Where a match begins and ends, then each group; -1 twice for a group that took no part. */
export type Match = readonly number[];

export interface TextPattern {
  readonly groups: number;
  /** What making it costs, and an eighth of it each search. */
  readonly size: number;
  /** The first match at or after an offset. */
  find(text: string, from: number, meter: Meter): Match | undefined;
  /** True when the whole text is one match. */
  matchesWhole(text: string, meter: Meter): boolean;
}

type Instruction =
  | { readonly op: 'set'; readonly accepts: (code: number) => boolean }
  | { readonly op: 'fork'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'when'; readonly holds: Condition }
  | { readonly op: 'match' };

type Condition = (text: string, at: number, meter: Meter) => boolean;

/** Written out, `(a{90}){90}` is 8100 instructions. */
const MAX_INSTRUCTIONS = 10_000;

/** Patterns are few and used again; the lids are for templates that build theirs. */
const MAX_KEPT = 100;
const MAX_KEPT_SIZE = 1000;
const kept = new Map<string, TextPattern>();

/** A pattern ready to be used. @throws ValueFault for what is no pattern, or needs backtracking. */
export function textPattern(source: string, meter: Meter): TextPattern {
  let pattern = kept.get(source);
  if (pattern === undefined) {
    meter.spendText(source.length);
    pattern = compile(source);
    meter.spend(pattern.size);
    if (kept.size >= MAX_KEPT) kept.clear();
    if (pattern.size + source.length <= MAX_KEPT_SIZE) kept.set(source, pattern);
  }
  return pattern;
}

function compile(source: string): TextPattern {
  const parsed = parsePattern(fromJava(source));
  if (parsed.kind === 'fault')
    throw new ValueFault(`the pattern ${show(source)} cannot be read: ${parsed.message}`);
  const literal = literalOf(parsed.node);
  if (literal !== undefined && literal !== '') return literalPattern(literal);
  const assembly: Assembly = { source, code: [], acceptors: new Map(), groups: 0 };
  emit(assembly, parsed.node);
  add(assembly, { op: 'match' });
  const { code, groups } = assembly;
  const slots = 2 * (groups + 1);
  return {
    groups,
    size: code.length,
    find(text, from, meter) {
      return search(code, slots, text, from, 'anywhere', meter);
    },
    matchesWhole(text, meter) {
      return search(code, slots, text, 0, 'whole', meter) !== undefined;
    },
  };
}

function show(source: string): string {
  return JSON.stringify(source.slice(0, 50));
}

/** The text that a pattern without any signs stands for. */
function literalOf(node: PatternNode): string | undefined {
  if (node.kind === 'sequence') {
    const parts = node.nodes.map(literalOf);
    return parts.every(part => part !== undefined) ? parts.join('') : undefined;
  }
  if (node.kind !== 'set' || node.set.length !== 1) return undefined;
  const [range] = node.set;
  return range !== undefined && range.from === range.to ? String.fromCodePoint(range.from) : undefined;
}

function literalPattern(literal: string): TextPattern {
  return {
    groups: 0,
    size: 1,
    find(text, from, meter) {
      meter.spend(1);
      const at = text.indexOf(literal, from);
      meter.spend(((at === -1 ? text.length : at) - from) >> 6);
      return at === -1 ? undefined : [at, at + literal.length];
    },
    matchesWhole: text => text === literal,
  };
}

interface Assembly {
  readonly source: string;
  readonly code: Instruction[];
  /** One for each set, however often it is repeated. */
  readonly acceptors: Map<CharSet, (code: number) => boolean>;
  groups: number;
}

function add(assembly: Assembly, instruction: Instruction): number {
  if (assembly.code.length >= MAX_INSTRUCTIONS) {
    throw new ValueFault(`the pattern ${show(assembly.source)} repeats too much`);
  }
  return assembly.code.push(instruction) - 1;
}

function emit(assembly: Assembly, node: PatternNode): void {
  const { code } = assembly;
  switch (node.kind) {
    case 'empty':
      return;
    case 'set':
      add(assembly, { op: 'set', accepts: acceptor(assembly, node.set) });
      return;
    case 'sequence':
      for (const inner of node.nodes) emit(assembly, inner);
      return;
    case 'choice': {
      const jumps: { to: number }[] = [];
      node.nodes.forEach((inner, index) => {
        const isLast = index === node.nodes.length - 1;
        const forked: { op: 'fork'; first: number; second: number } = { op: 'fork', first: 0, second: 0 };
        if (!isLast) forked.first = add(assembly, forked) + 1;
        emit(assembly, inner);
        if (isLast) return;
        const jump: { op: 'jump'; to: number } = { op: 'jump', to: 0 };
        add(assembly, jump);
        jumps.push(jump);
        forked.second = code.length;
      });
      for (const jump of jumps) jump.to = code.length;
      return;
    }
    case 'repeat':
      emitRepeat(assembly, node);
      return;
    case 'group':
      assembly.groups = Math.max(assembly.groups, node.index);
      add(assembly, { op: 'save', slot: 2 * node.index });
      emit(assembly, node.node);
      add(assembly, { op: 'save', slot: 2 * node.index + 1 });
      return;
    case 'start':
    case 'end':
    case 'boundary':
      add(assembly, { op: 'when', holds: condition(node) });
      return;
    case 'look':
      if (node.direction === 'ahead') {
        add(assembly, { op: 'when', holds: lookAhead(assembly, node) });
        return;
      }
      break;
    case 'backReference':
      break;
    default:
      node satisfies never;
  }
  throw new ValueFault(
    `the pattern ${show(assembly.source)} looks back, which cannot be done in linear time`,
  );
}

/** A machine of its own, run where it is asked; the meter counts what that costs. */
function lookAhead(
  { source }: Assembly,
  { node, negated }: PatternNode & { readonly kind: 'look' },
): Condition {
  const inner: Assembly = { source, code: [], acceptors: new Map(), groups: 0 };
  emit(inner, node);
  add(inner, { op: 'match' });
  const slots = 2 * (inner.groups + 1);
  return (text, at, meter) => (search(inner.code, slots, text, at, 'here', meter) === undefined) === negated;
}

function emitRepeat(assembly: Assembly, node: PatternNode & { readonly kind: 'repeat' }): void {
  const { min, max, lazy } = node;
  for (let count = 0; count < min; count += 1) emit(assembly, node.node);
  const forks: { fork: { first: number; second: number }; body: number }[] = [];
  const open = (): { first: number; second: number } => {
    const fork: { op: 'fork'; first: number; second: number } = { op: 'fork', first: 0, second: 0 };
    const body = add(assembly, fork) + 1;
    forks.push({ fork, body });
    return fork;
  };
  if (max === Number.POSITIVE_INFINITY) {
    const start = assembly.code.length;
    open();
    emit(assembly, node.node);
    add(assembly, { op: 'jump', to: start });
  } else {
    for (let count = min; count < max; count += 1) {
      open();
      emit(assembly, node.node);
    }
  }
  const after = assembly.code.length;
  for (const { fork, body } of forks) {
    fork.first = lazy ? after : body;
    fork.second = lazy ? body : after;
  }
}

function acceptor({ acceptors }: Assembly, set: CharSet): (code: number) => boolean {
  const known = acceptors.get(set);
  if (known !== undefined) return known;
  const ascii = Uint8Array.from({ length: 128 }, (_, code) => (hasCodePoint(set, code) ? 1 : 0));
  const accepts = (code: number): boolean => (code < 128 ? ascii[code] === 1 : hasCodePoint(set, code));
  acceptors.set(set, accepts);
  return accepts;
}

function condition(node: PatternNode & { readonly kind: 'start' | 'end' | 'boundary' }): Condition {
  switch (node.kind) {
    case 'start':
      return node.multiline ? (text, at) => at === 0 || text.charAt(at - 1) === '\n' : (_, at) => at === 0;
    case 'end':
      // Java's `$` also stands before the last line end.
      return node.multiline
        ? (text, at) => at === text.length || text.charAt(at) === '\n'
        : (text, at) =>
            at === text.length || (at >= text.length - 2 && /^(?:\r\n|\n|\r)$/.test(text.slice(at)));
    case 'boundary': {
      const isWord = (text: string, at: number): boolean => {
        const code = text.charCodeAt(at);
        return !Number.isNaN(code) && hasCodePoint(WORD, code);
      };
      return (text, at) => (isWord(text, at - 1) !== isWord(text, at)) !== node.negated;
    }
  }
}

interface Thread {
  readonly at: number;
  readonly slots: readonly number[];
}

/** The machine in all its states at once, best first. */
function search(
  code: readonly Instruction[],
  slots: number,
  text: string,
  from: number,
  mode: 'anywhere' | 'whole' | 'here',
  meter: Meter,
): Match | undefined {
  meter.spend(code.length >> 3);
  let threads: Thread[] = [];
  let found: Match | undefined;
  const seen = new Int32Array(code.length).fill(-1);
  const nothing: readonly number[] = new Array<number>(slots).fill(-1);

  const follow = (list: Thread[], start: number, startSlots: readonly number[], at: number): void => {
    const waiting: Thread[] = [{ at: start, slots: startSlots }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const instruction = code[next.at];
      if (instruction === undefined || seen[next.at] === at) continue;
      seen[next.at] = at;
      switch (instruction.op) {
        case 'fork':
          waiting.push({ at: instruction.second, slots: next.slots });
          waiting.push({ at: instruction.first, slots: next.slots });
          break;
        case 'jump':
          waiting.push({ at: instruction.to, slots: next.slots });
          break;
        case 'save': {
          const saved = [...next.slots];
          saved[instruction.slot] = at;
          waiting.push({ at: next.at + 1, slots: saved });
          break;
        }
        case 'when':
          if (instruction.holds(text, at, meter)) waiting.push({ at: next.at + 1, slots: next.slots });
          break;
        default:
          list.push(next);
      }
    }
  };

  for (let at = from; at <= text.length; ) {
    if (found === undefined && (mode === 'anywhere' || at === from)) {
      const begun = [...nothing];
      begun[0] = at;
      follow(threads, 0, begun, at);
    }
    if (threads.length === 0 && found !== undefined) break;
    meter.spend(1 + (threads.length >> 2));
    const unit = text.codePointAt(at);
    const width = unit !== undefined && unit > 0xffff ? 2 : 1;
    const next: Thread[] = [];
    for (const thread of threads) {
      const instruction = code[thread.at];
      if (instruction?.op === 'match') {
        if (mode === 'whole' && at < text.length) continue;
        const ended = [...thread.slots];
        ended[1] = at;
        found = ended;
        break;
      }
      if (instruction?.op === 'set' && unit !== undefined && instruction.accepts(unit)) {
        follow(next, thread.at + 1, thread.slots, at + width);
      }
    }
    threads = next;
    if (mode !== 'anywhere' && threads.length === 0) break;
    at += width;
  }
  return found;
}
