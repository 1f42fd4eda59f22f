/** The statuses that an operation documents, in words. */
import type { Operation } from '../model.ts';

/** `status 200, 404 or default`. */
export function documentedStatuses(operation: Operation): string {
  const keys = operation.responses.map(response => response.status);
  const last = keys.pop();
  if (last === undefined) return 'no status is documented';
  return keys.length === 0 ? `status ${last}` : `status ${keys.join(', ')} or ${last}`;
}
