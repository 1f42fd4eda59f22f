/** When the mock answers in the server's place. */
import type { Operation } from '../../contract/model.ts';

/**
 * - `undocumented`: no document has the request's path or method, so the mock refuses it; the server is not asked
 * - `unimplemented`: the server answers 501, or a 404 or 405 that the operation does not document
 * - `unreachable`: the server does not answer
 */
export type Fallback = 'undocumented' | 'unimplemented' | 'unreachable';

export const FALLBACKS: readonly Fallback[] = ['undocumented', 'unimplemented', 'unreachable'];

/** Says on an answer of the mock why it stands in the server's place. */
export const FALLBACK_HEADER = 'x-rehearsal-fallback';

/** Whether a status says that the server has no such operation. */
export function isUnimplemented({ responses }: Operation, status: number): boolean {
  if (status !== 501 && status !== 404 && status !== 405) return false;
  const range = `${Math.floor(status / 100)}XX`;
  return !responses.some(one => one.status === String(status) || one.status.toUpperCase() === range);
}
