/** Whether the same request was planned before under another name. */
import type { CaseRequest, Expectation } from './case.ts';

/**
 * Remembers requests. True for one that goes on the wire exactly as an earlier one did, with the same expectation.
 *
 * Bodies are kept as bytes and compared only with those of their length: to make a key of a long body would cost more
 * than everything else that is done to it.
 */
export function newRepeats(): (request: CaseRequest, expectation: Expectation) => boolean {
  const bodies = new Map<string, Uint8Array[]>();
  return ({ method, path, query, headers, contentType, body = NONE }, expectation) => {
    const fields = headers.length === 0 ? '' : headers.join('\n');
    const key = `${expectation}\n${method} ${path}?${query}\n${contentType ?? ''}\n${body.length}\n${fields}`;
    const known = bodies.get(key);
    if (known === undefined) {
      bodies.set(key, [body]);
      return false;
    }
    if (known.some(other => same(other, body))) return true;
    known.push(body);
    return false;
  };
}

const NONE = new Uint8Array();

function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  // What was changed in a body stands more often behind than in front.
  for (let index = a.length - 1; index >= 0; index -= 1) if (a[index] !== b[index]) return false;
  return true;
}
