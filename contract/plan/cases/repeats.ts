/** Whether the same request was planned before under another name. */
import { isForm, isJson } from '../../http/media-type.ts';
import { parseJson } from '../../json/parse.ts';
import { canonical } from '../../schema/sample/array.ts';
import type { CaseRequest, Expectation } from './case.ts';

interface Known {
  readonly body: Uint8Array;
  readonly sum: number;
}

/**
 * Remembers requests. True for one that says the same as an earlier one did, with the same expectation: byte for byte,
 * or with the members of its body in another order.
 *
 * Bodies are kept as bytes and compared only with those of their length: to make a key of a long body would cost more
 * than everything else that is done to it.
 */
export function newRepeats(): (request: CaseRequest, expectation: Expectation) => boolean {
  const bodies = new Map<string, Known[]>();
  return ({ method, path, query, headers, contentType, body = NONE }, expectation) => {
    const fields = headers.length === 0 ? '' : headers.join('\n');
    const key = `${expectation}\n${method} ${path}?${query}\n${contentType ?? ''}\n${body.length}\n${fields}`;
    const known = bodies.get(key);
    const entry = { body, sum: sumOf(body) };
    if (known === undefined) {
      bodies.set(key, [entry]);
      return false;
    }
    if (known.some(other => same(other.body, body) || saysSame(other, entry, contentType))) return true;
    known.push(entry);
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

/** Equal for bodies of the same members, whatever their order. */
function sumOf(body: Uint8Array): number {
  let sum = 0;
  for (const byte of body) sum += byte;
  return sum;
}

function saysSame(a: Known, b: Known, contentType = ''): boolean {
  if (a.sum !== b.sum) return false;
  const form = isForm(contentType);
  if (!form && !isJson(contentType)) return false;
  const [first, second] = [a, b].map(({ body }) => {
    const text = new TextDecoder().decode(body);
    if (form) return text.split('&').sort().join('&');
    const read = parseJson(text);
    return 'value' in read ? canonical(read.value) : undefined;
  });
  return first !== undefined && first === second;
}
