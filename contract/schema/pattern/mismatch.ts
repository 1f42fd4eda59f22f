/** Texts near one that a pattern matches, for whoever looks for one that it does not. */

/** Candidates, from the smallest change on, in lengths from `minLength` to `maxLength`; some may match all the same. */
export function* mismatches(
  matching: string,
  options: { readonly minLength?: number; readonly maxLength?: number } = {},
): Generator<string> {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = options;
  const seen = new Set<string>();
  for (const text of disturbances([...matching], minLength)) {
    const { length } = text;
    if (length < minLength || length > maxLength) continue;
    const joined = text.join('');
    if (seen.has(joined)) continue;
    seen.add(joined);
    yield joined;
  }
}

const STRANGERS: readonly string[] = ['!', ' ', '~', '_', '0', 'a', 'A', '-', 'é', '\n', '/'];

/** One character changed, one too many, one too few, all changed, nothing left. */
function* disturbances(chars: readonly string[], least: number): Generator<readonly string[]> {
  const { length } = chars;
  for (const stranger of STRANGERS) {
    if (length > 0) {
      yield [stranger, ...chars.slice(1)];
      yield [...chars.slice(0, -1), stranger];
      const middle = Math.floor(length / 2);
      yield [...chars.slice(0, middle), stranger, ...chars.slice(middle + 1)];
    }
    yield Array.from({ length: Math.max(1, length, least) }, () => stranger);
    yield [...chars, stranger];
    yield [stranger, ...chars];
  }
  yield chars.slice(1);
  yield chars.slice(0, -1);
  yield [...chars, ...chars];
  for (let index = 0; index < Math.min(length, 40); index += 1) {
    for (const stranger of ['!', 'a', '0'])
      yield [...chars.slice(0, index), stranger, ...chars.slice(index + 1)];
    yield [...chars.slice(0, index), ...chars.slice(index + 1)];
  }
  yield [];
}
