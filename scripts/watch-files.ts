/**
 * Tells when files change. Folders are watched and not files, because editors put a new file in the old one's place;
 * what counts is whether the bytes are others than before, because events come in swarms and for nothing.
 */
import { createHash } from 'node:crypto';
import { type FSWatcher, readdirSync, readFileSync, realpathSync, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { LIMITS } from '../contract/document/limits.ts';

export interface Watch {
  readonly close: () => void;
}

/** Writing a file takes a moment; an event is acted on when no other follows it for so long. */
const QUIET_MS = 60;
/** How often to look for a folder that is gone. */
const MISSING_MS = 500;
/** File systems tell the time of a change less exactly than the clock does. */
const CLOCK_MS = 20;

/**
 * Watches some files, and whatever documents come to stand beside them.
 *
 * @param first - absolute paths
 * @param changed - called when the files have other bytes, never twice at once; gives the files to watch from now on
 */
export function watchFiles(first: readonly string[], changed: () => Promise<readonly string[]>): Watch {
  let files = first;
  let seen = digest(files);
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  let again = false;
  let closed = false;
  const watchers = new Map<string, FSWatcher>();

  const soon = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), milliseconds);
  };
  const look = async (): Promise<void> => {
    if (closed) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const now = digest(files);
    if (now !== seen) {
      const before = new Set(files);
      const began = Date.now();
      files = await changed();
      arm();
      // The digest from before the reading: what was written meanwhile is a change of its own.
      seen = same(before, files) ? now : digest(files);
      // A file that nobody watched until now may have changed since it was read.
      if (files.some(file => !before.has(file) && modifiedAt(file) > began - CLOCK_MS)) {
        seen = '';
        again = true;
      }
    }
    busy = false;
    arm();
    if (again) {
      again = false;
      soon(QUIET_MS);
    }
  };
  const arm = (): void => {
    if (closed) return;
    const folders = foldersOf(files);
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      const watcher = open(folder, () => soon(QUIET_MS));
      if (watcher === undefined) {
        soon(MISSING_MS);
        continue;
      }
      watcher.on('error', () => {
        watcher.close();
        watchers.delete(folder);
        soon(MISSING_MS);
      });
      watchers.set(folder, watcher);
    }
  };
  arm();
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

function same(before: ReadonlySet<string>, files: readonly string[]): boolean {
  return before.size === files.length && files.every(file => before.has(file));
}

function modifiedAt(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function open(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    return watch(folder, changed);
  } catch {
    return undefined;
  }
}

/** The folders of the files, and those that links lead to. */
function foldersOf(files: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files) {
    folders.add(dirname(file));
    try {
      folders.add(dirname(realpathSync(file)));
    } catch {
      // Gone for now; its folder tells when it is back.
    }
  }
  return folders;
}

/** What the files hold, and which documents stand beside them. */
function digest(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].toSorted()) hash.update(`${file}\0`).update(bytesOf(file));
  for (const folder of [...new Set(files.map(file => dirname(file)))].toSorted()) {
    hash.update(`${folder}\0${documentsIn(folder).join('\0')}`);
  }
  return hash.digest('hex');
}

/** A document may name anything, a device without end included; such things are not looked at. */
function bytesOf(file: string): Uint8Array | string {
  try {
    const stat = statSync(file);
    if (!stat.isFile() || stat.size > LIMITS.bytes) return `${stat.size} ${stat.mtimeMs}`;
    return readFileSync(file);
  } catch {
    return 'missing';
  }
}

function documentsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => /\.(ya?ml|json)$/i.test(name))
      .toSorted();
  } catch {
    return [];
  }
}
