/** The disk, for the contract: one file's text within the size limit. Nothing else in `contract/` reads files but this folder. */
import { readFileSync, statSync } from 'node:fs';
import { LIMITS } from '../document/limits.ts';
import { RehearsalError } from '../errors.ts';

/**
 * The text of a file.
 *
 * @throws RehearsalError DOCUMENT_NOT_FOUND, DOCUMENT_TOO_LARGE, DOCUMENT_UNREADABLE
 */
export function readTextFile(path: string, shown: string = path): string {
  try {
    const { size } = statSync(path);
    if (size > LIMITS.bytes) throw tooLarge(shown, size);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof RehearsalError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new RehearsalError('DOCUMENT_NOT_FOUND', { path: shown });
    throw new RehearsalError('DOCUMENT_UNREADABLE', { path: shown, reason: readableReason(error) });
  }
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
