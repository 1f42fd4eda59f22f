/** Records that are marked and kept: whoever deletes them ends them, and they can still be read. */
import { isObject, type Json } from '../json/value.ts';

const OVER =
  /^(deleted|removed|cancell?ed|archived|inactive|disabled|closed|revoked|void(ed)?|withdrawn|terminated)$/i;
const OVER_WHEN = /^(is)?[-_]?(deleted|removed|cancell?ed|archived|revoked)([-_]?(at|on|date|time))?$/i;

/** Whether a record says that it was deleted, though it is kept. */
export function saysItIsOver(body: Json | undefined): boolean {
  if (!isObject(body)) return false;
  return Object.entries(body).some(([name, value]) => {
    if (typeof value === 'string' && OVER.test(value)) return /stat(e|us)|phase|stage/i.test(name);
    return OVER_WHEN.test(name) && value !== null && value !== false;
  });
}
