/** Edits of a text as a unified diff, as `patch` and `git apply` read it. */
import type { TextEdit } from '../contract/document/insert-members.ts';

const CONTEXT = 3;

/** Whole lines that go, and those that come into their place. */
interface LineChange {
  readonly first: number;
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/**
 * @param path - as it stands in the diff, with slashes
 * @param edits - in the order of the text
 */
export function unifiedDiff(path: string, text: string, edits: readonly TextEdit[]): string {
  const lines = linesOf(text);
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length;
  }
  let moved = 0;
  const hunks = grouped(lineChanges(text, starts, edits)).map(changes => {
    const shown = hunk(lines, changes, moved);
    moved += changes.reduce((sum, { gone, come }) => sum + come.length - gone.length, 0);
    return shown;
  });
  return hunks.length === 0 ? '' : `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

/** Each line with its end. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Edits that touch the same lines are one change. */
function lineChanges(
  text: string,
  starts: readonly number[],
  edits: readonly TextEdit[],
): readonly LineChange[] {
  const changes: LineChange[] = [];
  let index = 0;
  while (index < edits.length) {
    const [from, first] = lineAt(edits[index]?.start ?? 0, text, starts);
    let end = from;
    let at = from;
    let written = '';
    for (let edit = edits[index]; edit !== undefined; edit = edits[index]) {
      const [line] = lineAt(edit.start, text, starts);
      if (line !== from && line >= end) break;
      written += text.slice(at, edit.start) + edit.text;
      at = edit.end;
      const found = text.indexOf('\n', edit.end);
      end = found === -1 ? text.length : found + 1;
      index += 1;
    }
    const gone = linesOf(text.slice(from, end));
    changes.push(withoutCommon({ first, gone, come: linesOf(written + text.slice(at, end)) }));
  }
  return changes.filter(({ gone, come }) => gone.length + come.length > 0);
}

/** The beginning of the line that an offset is in, and its number from 0. */
function lineAt(offset: number, text: string, starts: readonly number[]): readonly [number, number] {
  if (offset >= text.length && (text === '' || text.endsWith('\n'))) return [text.length, starts.length];
  let low = 0;
  let high = starts.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return [starts[low] ?? 0, low];
}

function withoutCommon({ first, gone, come }: LineChange): LineChange {
  let before = 0;
  while (before < gone.length && before < come.length && gone[before] === come[before]) before += 1;
  let after = 0;
  while (
    after < gone.length - before &&
    after < come.length - before &&
    gone[gone.length - 1 - after] === come[come.length - 1 - after]
  )
    after += 1;
  return {
    first: first + before,
    gone: gone.slice(before, gone.length - after),
    come: come.slice(before, come.length - after),
  };
}

function grouped(changes: readonly LineChange[]): readonly (readonly LineChange[])[] {
  const groups: LineChange[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (
      last !== undefined &&
      before !== undefined &&
      change.first - (before.first + before.gone.length) <= 2 * CONTEXT
    )
      last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunk(lines: readonly string[], changes: readonly LineChange[], moved: number): string {
  const start = Math.max(0, (changes[0]?.first ?? 0) - CONTEXT);
  const last = changes.at(-1);
  const end = Math.min(lines.length, (last === undefined ? 0 : last.first + last.gone.length) + CONTEXT);
  const body: string[] = [];
  let at = start;
  for (const { first, gone, come } of changes) {
    body.push(...marked(' ', lines.slice(at, first)), ...marked('-', gone), ...marked('+', come));
    at = first + gone.length;
  }
  body.push(...marked(' ', lines.slice(at, end)));
  const added = changes.reduce((sum, { gone, come }) => sum + come.length - gone.length, 0);
  const old = end - start;
  return `@@ -${old === 0 ? start : start + 1},${old} +${start + moved + 1},${old + added} @@\n${body.join('')}`;
}

function marked(sign: string, lines: readonly string[]): readonly string[] {
  return lines.map(line => `${sign}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`);
}
