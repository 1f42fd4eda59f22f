/**
 * Which of several names are the two ends of one range, as `checkIn` and `checkOut` are. That the first lies before the
 * second goes without saying, and no schema can say it.
 */

export interface RangeNames {
  readonly from: string;
  readonly to: string;
}

/** The words for both ends; the first name of a range has one word of the left and its partner has the right one. */
const ENDS: readonly (readonly [from: string, to: readonly string[]])[] = [
  ['start', ['end', 'finish', 'stop']],
  ['starts', ['ends']],
  ['starting', ['ending']],
  ['begin', ['end']],
  ['begins', ['ends']],
  ['from', ['to', 'until', 'till', 'thru', 'through']],
  ['since', ['until']],
  ['after', ['before']],
  ['min', ['max']],
  ['minimum', ['maximum']],
  ['low', ['high']],
  ['lower', ['upper']],
  ['lowest', ['highest']],
  ['gt', ['lt']],
  ['gte', ['lte']],
  ['in', ['out']],
  ['checkin', ['checkout']],
  ['open', ['close']],
  ['opens', ['closes']],
  ['departure', ['arrival', 'return']],
  ['departs', ['arrives']],
  ['arrival', ['departure']],
  ['pickup', ['dropoff', 'return']],
  ['issued', ['expires', 'expiry', 'due']],
  ['effective', ['expires', 'expiry', 'expiration']],
];
const PARTNERS: ReadonlyMap<string, readonly string[]> = new Map(ENDS);

/** The ranges among names, each name as the beginning of one at most. */
export function rangesAmong(names: Iterable<string>): readonly RangeNames[] {
  const byWords = new Map([...names].map(name => [wordsOf(name).join(' '), name]));
  const ranges: RangeNames[] = [];
  for (const [key, from] of byWords) {
    const to = partner(key.split(' '), byWords);
    if (to !== undefined) ranges.push({ from, to });
  }
  return ranges;
}

function partner(words: readonly string[], byWords: ReadonlyMap<string, string>): string | undefined {
  for (const [index, word] of words.entries()) {
    for (const other of PARTNERS.get(word) ?? []) {
      const found = byWords.get(words.with(index, other).join(' '));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** `checkIn`, `check_in` and `check-in` are the same two words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
}
