/** The disk, for the contract: one file's text within the size limit. Nothing else in `contract/` reads files but this folder. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { LIMITS } from '../document/limits.ts';
import { RehearsalError } from '../errors.ts';

/**
 * The text of a file.
 *
 * @throws RehearsalError DOCUMENT_NOT_FOUND, DOCUMENT_TOO_LARGE, DOCUMENT_UNREADABLE
 */
export function readTextFile(path: string, shown: string = path): string {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw unreadable(shown, 'it is a folder');
    // A named pipe may never end; the pipes a shell makes for `<(…)` do.
    if (!stat.isFile() && !path.startsWith('/dev/fd/')) throw unreadable(shown, 'it is no regular file');
    if (stat.size > LIMITS.bytes) throw tooLarge(shown, stat.size);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof RehearsalError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new RehearsalError('DOCUMENT_NOT_FOUND', { path: shown });
    throw unreadable(shown, readableReason(error));
  }
}

/**
 * What a file says at its beginning, as far as a look costs little: not its whole text when it is beyond the limit,
 * and nothing when it cannot be read at all. Bytes that are no UTF-8 stay visible enough to be searched.
 */
export function glance(path: string): string {
  let file: number | undefined;
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return '';
    const bytes = Buffer.alloc(stat.size > LIMITS.bytes ? GLANCE_BYTES : stat.size);
    file = openSync(path, 'r');
    const text = bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0));
    return text.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replaceAll('\0', '');
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
const GLANCE_BYTES = 65_536;

function unreadable(path: string, reason: string): RehearsalError {
  return new RehearsalError('DOCUMENT_UNREADABLE', { path, reason });
}

/** The error for a text beyond the limit. */
export function tooLarge(path: string, bytes: number): RehearsalError {
  const megabytes = (count: number): string => (count / 1024 / 1024).toFixed(0);
  return new RehearsalError('DOCUMENT_TOO_LARGE', {
    path,
    size: megabytes(bytes),
    limit: megabytes(LIMITS.bytes),
  });
}

function readableReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not UTF-8 text';
  return message;
}
