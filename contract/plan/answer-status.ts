/**
 * Which status an answer carries when the document names a range or `default`, and which response is given when
 * nothing else is asked for. Knows nothing of bodies.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#responses-object
 */

/** Statuses of a class, the most telling first. Those that forbid a body or need a header of their own stand last or are missing. */
const OF_CLASS: Readonly<Record<string, readonly number[]>> = {
  '2': [200, 201, 202, 203, 206],
  '3': [300, 303, 307, 308, 301, 302],
  '4': [400, 409, 422, 410, 418, 424, 428],
  '5': [500, 503, 502, 504, 501],
};

/**
 * The status to answer with for a key of `responses`. A status written out wins over its range and a range over
 * `default`, so the answer of a range never borrows a status that has a response of its own. Undefined when nothing
 * is left for it, and for 1XX, which never ends an exchange.
 *
 * `4XX` is 400, `5XX` is 500, and `default` is 500, or 200 where no other response tells of success.
 */
export function statusFor(key: string, keys: readonly string[]): number | undefined {
  if (key === 'default') return statusForDefault(keys);
  if (!key.endsWith('XX')) {
    const status = Number(key);
    return status >= 200 ? status : undefined;
  }
  const digit = key.charAt(0);
  const free = (status: number): boolean => !keys.includes(String(status));
  const wanted = OF_CLASS[digit];
  if (wanted === undefined) return undefined;
  const first = Number(digit) * 100;
  return wanted.find(free) ?? Array.from({ length: 100 }, (_, index) => first + index).find(free);
}

function statusForDefault(keys: readonly string[]): number | undefined {
  const succeeds = keys.some(key => key.startsWith('2') || key.startsWith('3'));
  const order = succeeds ? ['5', '4', '2', '3'] : ['2', '5', '4', '3'];
  return order
    .filter(digit => !keys.includes(`${digit}XX`))
    .flatMap(digit => OF_CLASS[digit] ?? [])
    .find(status => !keys.includes(String(status)));
}

/**
 * The key of the response that an operation gives by itself: its lowest success, else a redirection, else `default`,
 * else the first one written.
 */
export function usualKey(keys: readonly string[]): string | undefined {
  for (const digit of ['2', '3']) {
    const exact = keys.filter(key => key.startsWith(digit) && !key.endsWith('XX')).toSorted();
    const found = exact[0] ?? keys.find(key => key === `${digit}XX`);
    if (found !== undefined) return found;
  }
  return keys.includes('default') ? 'default' : keys[0];
}

/** The key under which a status is documented: itself, its range, or `default`. */
export function keyForStatus(status: number, keys: readonly string[]): string | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return [String(status), range, 'default'].find(key => keys.includes(key));
}

/** Responses that end with their headers (RFC 9110, 6.4.1). */
export function hasNoBody(status: number): boolean {
  return status < 200 || status === 204 || status === 205 || status === 304;
}
