/** Headers as they are passed on: all but those that are about one connection. */

export type HeaderLine = readonly [name: string, value: string];

/** RFC 9110, 7.6.1; what `Connection` names comes on top. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
]);

/** Node's flat list of names and values as lines, without those that end here. */
export function passedOn(raw: readonly string[]): readonly HeaderLine[] {
  const lines: HeaderLine[] = [];
  const named = new Set<string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = [raw[index], raw[index + 1]];
    if (name.toLowerCase() === 'connection')
      for (const one of value.split(',')) named.add(one.trim().toLowerCase());
    lines.push([name, value]);
  }
  return lines.filter(([name]) => {
    const key = name.toLowerCase();
    return !HOP_BY_HOP.has(key) && !named.has(key);
  });
}
