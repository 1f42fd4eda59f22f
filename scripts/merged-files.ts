/** Generated files that people may change: what stands on the disk goes into what is written. */
import { readFileSync } from 'node:fs';
import type { GeneratedFile, Target } from '../contract/target.ts';
import { madeFrom } from '../contract/target.ts';
import type { NamedContract } from './command.ts';
import type { Changes, WantedFile } from './generated-files.ts';

export interface MergedFiles {
  readonly wanted: readonly WantedFile[];
  /** A sentence each, beginning with the file. */
  readonly notes: readonly string[];
}

/**
 * @param shown - a path as people know it
 * @throws RehearsalError OUTPUT_BROKEN, OUTPUT_UNMERGEABLE
 */
export function mergedFiles(
  wanted: readonly WantedFile[],
  targets: readonly Target[],
  shown: (path: string) => string,
): MergedFiles {
  const notes: string[] = [];
  const all = wanted.map(file => {
    const merge = targets.find(({ name }) => name === file.target)?.merge;
    const before = merge === undefined ? undefined : ownFile(file.path, file.target);
    if (merge === undefined || before === undefined) return file;
    const path = shown(file.path);
    const merged = merge({ path, text: before }, { path, text: file.text });
    notes.push(...merged.notes.map(note => `${path} ${note}.`));
    return { ...file, text: merged.text };
  });
  return { wanted: all, notes };
}

/** The changes without removals of files in which somebody has something of their own; these are told. */
export function withoutOwn(
  changes: Changes,
  targets: readonly Target[],
  shown: (path: string) => string,
): { readonly changes: Changes; readonly notes: readonly string[] } {
  const isOwn = (path: string): boolean => {
    const file: GeneratedFile = { path, text: readFileSync(path, 'utf8') };
    const made = madeFrom(file.text);
    return targets.find(({ name }) => name === made?.target)?.removable?.(file) === false;
  };
  const kept = changes.orphaned.filter(isOwn);
  return {
    changes: { ...changes, orphaned: changes.orphaned.filter(path => !kept.includes(path)) },
    notes: kept.map(
      path => `${shown(path)} is made of nothing any more and stays, for something in it is yours.`,
    ),
  };
}

/** What people tell apart by a title alone, they will not: a sentence for each title that several documents have. */
export function sameTitles(documents: readonly NamedContract[]): readonly string[] {
  return [...Map.groupBy(documents, ({ contract }) => contract.title)].flatMap(([title, all]) =>
    all.length < 2
      ? []
      : [
          `${all.map(({ name }) => name).join(' and ')} are all called ${title}, and so is what is made of them.`,
        ],
  );
}

/** Undefined for none, and for one that somebody else has made. */
function ownFile(path: string, target: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return madeFrom(text)?.target === target ? text : undefined;
  } catch {
    return undefined;
  }
}
