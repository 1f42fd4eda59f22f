/** Writes over files that somebody else may write to as well: all or none, and none that has changed. */
import {
  accessSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { RehearsalError } from '../contract/errors.ts';

export interface Replacement {
  /** Absolute. */
  readonly path: string;
  /** What the file says, as it was read. A mark of its byte order stands before it or not. */
  readonly before: string;
  readonly after: string;
}

/**
 * All texts are on the disk before the first takes its place, so that a full disk or an interruption leaves whole files.
 *
 * @throws RehearsalError SOURCE_CHANGED, OUTPUT_UNWRITABLE
 */
export function replaceFiles(replacements: readonly Replacement[]): void {
  const drafts: { readonly draft: string; readonly path: string }[] = [];
  try {
    for (const { path, before, after } of replacements) {
      const mark = unchanged(path, before);
      const draft = `${realpathSync(path)}.${process.pid}.tmp`;
      try {
        accessSync(path, constants.W_OK);
        // A link stays one.
        drafts.push({ draft, path: realpathSync(path) });
        writeFileSync(draft, mark + after, { mode: statSync(path).mode });
      } catch (error) {
        throw unwritable(path, error);
      }
    }
    for (const { path, before } of replacements) unchanged(path, before);
    for (const { draft, path } of drafts) renameSync(draft, path);
  } finally {
    for (const { draft } of drafts) rmSync(draft, { force: true });
  }
}

/** @returns the mark of its byte order, where the file has one */
function unchanged(path: string, before: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw unwritable(path, error);
  }
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  if (text.slice(mark.length) !== before) throw new RehearsalError('SOURCE_CHANGED', { path });
  return mark;
}

function unwritable(path: string, error: unknown): RehearsalError {
  return new RehearsalError(
    'OUTPUT_UNWRITABLE',
    { path, reason: (error as Error).message },
    { cause: error },
  );
}
