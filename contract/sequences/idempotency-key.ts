/** The header by which a server knows a request that it has had before. */
import type { Parameter } from '../model.ts';

/** @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
export function isIdempotencyKey({ in: place, name }: Parameter): boolean {
  return place === 'header' && /^(x-)?idempotency-?key$/i.test(name);
}
