/**
 * Where log lines go. Each group keeps its last lines in memory, where the observation paths read them; with a folder,
 * every line goes to a file of the group too. A folder that cannot be written is told once, and no request waits for it.
 */
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface LogGroups {
  /** @param name - `{api}/{stage}/access`, which is the file's path too */
  readonly write: (name: string, lines: readonly string[]) => void;
  /** The last lines, the newest at the end. */
  readonly last: (name: string, count: number) => readonly string[];
  /** Resolves when all that was written is on file. */
  readonly close: () => Promise<void>;
}

/** Lines that a group keeps in memory. */
const LINES = 1000;
/** Characters that all groups keep together: beyond it the group that was written to longest ago goes. */
const CHARACTERS = 32_000_000;

interface Group {
  readonly lines: string[];
  size: number;
}

/** @param folder - undefined for memory alone */
export function createLogGroups(folder: string | undefined, onFault: (error: Error) => void): LogGroups {
  const groups = new Map<string, Group>();
  const files = folder === undefined ? undefined : createFiles(folder, onFault);
  let size = 0;
  const keep = (name: string, lines: readonly string[]): void => {
    const group = groups.get(name) ?? { lines: [], size: 0 };
    // Put at the end again, so that the first one is the one that rests longest.
    groups.delete(name);
    groups.set(name, group);
    group.lines.push(...lines);
    // Now and then, since taking lines from the front of a list moves all the others.
    const gone = group.lines.length < 2 * LINES ? [] : group.lines.splice(0, group.lines.length - LINES);
    const more = sizeOf(lines) - sizeOf(gone);
    group.size += more;
    size += more;
  };
  return {
    write: (name, lines) => {
      keep(name, lines);
      for (const [other, group] of groups) {
        if (size <= CHARACTERS || other === name) break;
        groups.delete(other);
        size -= group.size;
      }
      files?.write(name, lines);
    },
    last: (name, count) =>
      count === 0 ? [] : (groups.get(name)?.lines ?? []).slice(-Math.min(count, LINES)),
    close: async () => files?.written(),
  };
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

interface Files {
  readonly write: (name: string, lines: readonly string[]) => void;
  readonly written: () => Promise<void>;
}

/** Lines that come while a file is being written wait for the next write: one write at a time for each file. */
function createFiles(folder: string, onFault: (error: Error) => void): Files {
  const waiting = new Map<string, string>();
  const writing = new Map<string, Promise<void>>();
  let told = false;
  const flush = async (name: string): Promise<void> => {
    const path = join(folder, `${name}.log`);
    try {
      await mkdir(dirname(path), { recursive: true });
      for (let text = waiting.get(name); text !== undefined; text = waiting.get(name)) {
        waiting.delete(name);
        await appendFile(path, text);
      }
    } catch (error) {
      waiting.delete(name);
      if (!told) onFault(error as Error);
      told = true;
    } finally {
      writing.delete(name);
    }
  };
  return {
    write: (name, lines) => {
      waiting.set(name, `${waiting.get(name) ?? ''}${lines.join('\n')}\n`);
      if (!writing.has(name)) writing.set(name, flush(name));
    },
    written: async () => {
      while (writing.size > 0) await Promise.all(writing.values());
    },
  };
}
