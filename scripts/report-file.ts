/** A file that a report is written to: put in its place whole at the end, or read by others while it grows. */
import {
  accessSync,
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { RehearsalError } from '../contract/errors.ts';

export interface ReportFile {
  /** Never throws: what went wrong is told at the end. */
  readonly write: (text: string) => void;
  /** Puts the file in its place. A report that was never begun leaves the file of the run before. */
  readonly close: () => void;
}

/**
 * - `whole`: written beside its place and moved there at the end
 * - `live`: written where it belongs, some whole lines at a time
 * - `append`: goes on where others have written
 */
export type ReportFileMode = 'whole' | 'live' | 'append';

/** Written at once from here on; a live file also when so much time has passed. */
const MOST_HELD = 64 * 1024;
const LONGEST_HELD_MS = 100;

/** @throws RehearsalError REPORT_UNWRITABLE, before the run rather than after it */
export function openReportFile(file: string, mode: ReportFileMode): ReportFile {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error('it is a folder');
    accessSync(dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch (error) {
    throw unwritable(file, error);
  }
  return mode === 'append' ? appended(file) : drafted(file, mode === 'live');
}

function drafted(file: string, live: boolean): ReportFile {
  const draft = live ? file : `${file}.${process.pid}.tmp`;
  let handle: number | undefined;
  let held = '';
  let heldSince = 0;
  let trouble: unknown;
  const flush = (): void => {
    if (held === '' || trouble !== undefined) return;
    try {
      handle ??= openSync(draft, 'w');
      writeAll(handle, held);
    } catch (error) {
      trouble = error;
    }
    held = '';
    heldSince = performance.now();
  };
  return {
    write: text => {
      held += text;
      if (held.length >= MOST_HELD || (live && performance.now() - heldSince > LONGEST_HELD_MS)) flush();
    },
    close: () => {
      flush();
      try {
        if (handle !== undefined) closeSync(handle);
        if (trouble !== undefined) throw trouble;
        if (!live && handle !== undefined) renameSync(draft, file);
      } catch (error) {
        if (!live) rmSync(draft, { force: true });
        throw unwritable(file, error);
      }
    },
  };
}

/** A full disk may take a part only. */
function writeAll(handle: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
}

function appended(file: string): ReportFile {
  const parts: string[] = [];
  return {
    write: text => void parts.push(text),
    close: () => {
      try {
        if (parts.length > 0) appendFileSync(file, parts.join(''));
      } catch (error) {
        throw unwritable(file, error);
      }
    },
  };
}

function unwritable(file: string, error: unknown): RehearsalError {
  return new RehearsalError(
    'REPORT_UNWRITABLE',
    { file, reason: (error as Error).message },
    { cause: error },
  );
}
