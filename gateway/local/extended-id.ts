/** What `x-amz-apigw-id` says: always the gateway's own, and told to every client. */
import { randomBytes } from 'node:crypto';

const BYTES = 11;
let pool: Buffer = Buffer.alloc(0);
let used = 0;

/** A new one: sixteen characters, like AWS's. */
export function extendedId(): string {
  // Chance is asked for in stock: each request needs some.
  if (used + BYTES > pool.length) {
    pool = randomBytes(BYTES * 256);
    used = 0;
  }
  used += BYTES;
  return pool.toString('base64', used - BYTES, used);
}
