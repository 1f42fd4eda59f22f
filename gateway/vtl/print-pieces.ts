/**
 * Rows of texts and references whose steps are members only, as most of a mapping template is: printed without a call
 * for each, and without going the same way twice when neighbours read from one object.
 */
import { memberOf } from './members.ts';
import type { Evaluate, Render, Run } from './run.ts';
import type { Step } from './syntax.ts';
import { Double, type Value } from './values.ts';

/** `.name` of a reference. */
export type Member = Step & { readonly kind: 'member' };

/** The steps of a reference that has no others, as most have. */
export function membersOnly(steps: readonly Step[]): readonly Member[] | undefined {
  return steps.every(step => step.kind === 'member') ? steps : undefined;
}

/** `$a.b.c`, without a call for each step while what it goes through are maps. */
export function readPath(run: Run, slot: number, path: readonly Member[]): Value {
  let value = run.frame.get(slot);
  for (let index = 0; index < path.length; index += 1) {
    const { name, at } = path[index] as Member;
    if (value instanceof Map) value = value.get(name) ?? null;
    else if (value === null) return null;
    else {
      run.at = at;
      value = memberOf(value, name, run.meter);
    }
  }
  return value;
}

/** A text and the reference behind it, ready to be printed together with others. */
export interface Piece {
  readonly text: string;
  /** What is read; a reference whose steps are members only is read without a call. */
  readonly slot: number;
  readonly name: string;
  readonly path: readonly Member[] | undefined;
  readonly read: Evaluate;
  /** Printed before the value: signs that stood before the `$`. */
  readonly before: string;
  /** Prints what is no text: another value, or what the dialect prints when there is none. */
  readonly printOther: (run: Run, value: Value) => void;
}

/** A piece within a row of them. */
interface Hop {
  readonly text: string;
  /** The text, and the signs before the value. */
  readonly start: string;
  readonly slot: number;
  readonly name: string;
  readonly printOther: (run: Run, value: Value) => void;
  /** True when the way begins at what the last step of the piece before was asked of. */
  readonly goesOn: boolean;
  /** The steps from there, or from the variable. */
  readonly path: readonly Member[];
}

/** Prints pieces one after the other, and a text behind them: in most templates the whole of a block. */
export function printPieces(pieces: readonly Piece[], rest: string): Render {
  const hops = hopsOver(pieces);
  const printFrom = (run: Run, first: number): void => {
    for (let index = first; index < pieces.length; index += 1) {
      const { text, slot, path, read, before, printOther } = pieces[index] as Piece;
      // Before the value is asked for: a `#stop` in an argument ends the template after the text.
      run.out += text;
      const value = path === undefined ? read(run) : readPath(run, slot, path);
      if (typeof value === 'string') run.out += before === '' ? value : before + value;
      else printOther(run, value);
    }
    run.out += rest;
  };
  if (hops === undefined) return run => printFrom(run, 0);
  return run => {
    const { root } = run;
    // Parameters of a macro may render while they are read; the variables of a template do not.
    if (run.frame !== root) {
      printFrom(run, 0);
      return;
    }
    let { out } = run;
    let owner: Value = null;
    for (let index = 0; index < hops.length; index += 1) {
      const hop = hops[index] as Hop;
      const { path } = hop;
      let value: Value = hop.goesOn ? owner : root.named(hop.slot, hop.name);
      for (let step = 0; step < path.length; step += 1) {
        owner = value;
        const member = path[step] as Member;
        if (value instanceof Map) value = value.get(member.name) ?? null;
        else if (value === null) break;
        else {
          run.at = member.at;
          value = memberOf(value, member.name, run.meter);
        }
      }
      if (typeof value === 'string') {
        out += hop.start;
        out += value;
        continue;
      }
      if (typeof value === 'number') {
        out += `${hop.start}${value}`;
        continue;
      }
      run.out = out + hop.text;
      hop.printOther(run, value);
      // What a `#define` prints, also from within a list, may have changed what was found on the way.
      if (typeof value === 'object' && value !== null && !(value instanceof Double)) {
        printFrom(run, index + 1);
        return;
      }
      out = run.out;
    }
    run.out = out + rest;
  };
}

/** Undefined when one of the pieces has other steps than members. */
function hopsOver(pieces: readonly Piece[]): readonly Hop[] | undefined {
  const hops: Hop[] = [];
  let last: { readonly slot: number; readonly path: readonly Member[] } | undefined;
  for (const { text, slot, name, path, before, printOther } of pieces) {
    if (path === undefined) return undefined;
    const shared = last === undefined ? 0 : last.path.length - 1;
    const goesOn = last?.slot === slot && beginAlike(last.path, path, shared);
    const rest = goesOn ? path.slice(shared) : path;
    hops.push({ text, start: text + before, slot, name, printOther, goesOn, path: rest });
    if (path.length > 0) last = { slot, path };
  }
  return hops;
}

/** False for a way that is no longer than what both are to share. */
function beginAlike(one: readonly Member[], other: readonly Member[], shared: number): boolean {
  return (
    other.length > shared && one.slice(0, shared).every(({ name }, index) => other[index]?.name === name)
  );
}
