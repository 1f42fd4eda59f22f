/**
 * Generated files and the disk: what would change, and changing it all at once. A file that does not say it was
 * generated is somebody's own and is never written over.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { RehearsalError } from '../contract/errors.ts';
import { madeFrom } from '../contract/target.ts';

/** A file as a target wants it. */
export interface WantedFile {
  readonly target: string;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

export interface Changes {
  /** There, but not what the document says now. */
  readonly stale: readonly WantedFile[];
  readonly missing: readonly WantedFile[];
  /** There, without the sentence that generated files carry. */
  readonly foreign: readonly WantedFile[];
  /** Absolute paths of files that a target made of a document which is gone, or which it makes another file of now. */
  readonly orphaned: readonly string[];
}

/**
 * What has to be done so that the wanted files stand there and nothing else of their targets does.
 *
 * @param specs - absolute paths of the documents that the wanted files are made of
 * @throws RehearsalError OUTPUT_CLASH when two of them are one
 */
export function changesFor(wanted: readonly WantedFile[], specs: ReadonlySet<string>): Changes {
  const byPath = new Map<string, WantedFile>();
  for (const file of wanted) {
    const other = byPath.get(file.path);
    if (other !== undefined)
      throw new RehearsalError('OUTPUT_CLASH', {
        path: file.path,
        first: origin(other),
        second: origin(file),
      });
    byPath.set(file.path, file);
  }
  const stale: WantedFile[] = [];
  const missing: WantedFile[] = [];
  const foreign: WantedFile[] = [];
  for (const file of wanted) {
    const found = textOf(file.path);
    if (found === undefined) missing.push(file);
    else if (madeFrom(found)?.target !== file.target) foreign.push(file);
    else if (found !== file.text) stale.push(file);
  }
  return { stale, missing, foreign, orphaned: orphans(wanted, byPath, specs) };
}

function origin({ target, text }: WantedFile): string {
  return `${target} of ${madeFrom(text)?.spec ?? 'a document'}`;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unwritable(path, error);
  }
}

/** Files beside the wanted ones that the same targets made once. */
function orphans(
  wanted: readonly WantedFile[],
  byPath: ReadonlyMap<string, WantedFile>,
  specs: ReadonlySet<string>,
): readonly string[] {
  const targets = new Set(wanted.map(({ target }) => target));
  const folders = new Set(wanted.map(({ path }) => dirname(path)));
  return [...folders]
    .filter(folder => existsSync(folder))
    .flatMap(folder =>
      readdirSync(folder, { withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(folder, entry.name)),
    )
    .filter(path => !byPath.has(path))
    .filter(path => {
      const made = madeFrom(textOf(path) ?? '');
      if (made === undefined || !targets.has(made.target) || /^https?:/.test(made.spec)) return false;
      const spec = resolve(dirname(path), made.spec);
      return specs.has(spec) || !existsSync(spec);
    })
    .toSorted();
}

/**
 * Writes files and removes others. All texts are on the disk before the first of them takes its place, so that a full
 * disk or an interruption leaves whole files, the old ones or the new.
 *
 * @throws RehearsalError OUTPUT_UNWRITABLE
 */
export function applyChanges(files: readonly WantedFile[], orphaned: readonly string[]): void {
  const drafts: { readonly draft: string; readonly path: string }[] = [];
  try {
    for (const { path, text } of files) {
      const draft = `${path}.${process.pid}.tmp`;
      try {
        mkdirSync(dirname(path), { recursive: true });
        if (existsSync(path)) accessSync(path, constants.W_OK);
        if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
          throw new Error('it is a folder');
        drafts.push({ draft, path });
        writeFileSync(draft, text);
      } catch (error) {
        throw unwritable(path, error);
      }
    }
    for (const { draft, path } of drafts) renameSync(draft, path);
    for (const path of orphaned) rmSync(path);
  } finally {
    for (const { draft } of drafts) rmSync(draft, { force: true });
  }
}

function unwritable(path: string, error: unknown): RehearsalError {
  const reason = (error as Error).message;
  return new RehearsalError('OUTPUT_UNWRITABLE', { path, reason }, { cause: error });
}
