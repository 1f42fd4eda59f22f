/** Files of the folder `.rehearsal/` beside the configuration: what commands remember for the next one. */
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RehearsalError } from '../contract/errors.ts';

/** @param folder - that of the configuration */
export function stateFile(folder: string, ...names: readonly string[]): string {
  return join(folder, '.rehearsal', ...names);
}

/** The whole text or the old one, whatever interrupts. Some of it is secret, so that others of this machine may not read it. */
export function writeState(file: string, text: string): void {
  orUnwritable(file, () => {
    const draft = `${file}.${process.pid}.tmp`;
    writeFileSync(draft, text, { mode: 0o600, flush: true });
    renameSync(draft, file);
  });
}

/** One more line; whoever reads such a file passes over one that is cut off. */
export function appendState(file: string, line: string): void {
  orUnwritable(file, () => appendFileSync(file, `${line}\n`));
}

/** Undefined where there is none that can be read. */
export function readState(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function orUnwritable(path: string, write: () => void): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    write();
  } catch (error) {
    const reason = (error as Error).message;
    throw new RehearsalError('STATE_UNWRITABLE', { path, reason }, { cause: error });
  }
}
