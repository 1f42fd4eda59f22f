/** Names for cases that stay the same from run to run: readable, and told apart by a short hash where words do not do. */

/**
 * Gives each case of one operation its own id. Of several with the same words, the later ones carry a hash of their
 * name too.
 */
export function newCaseIds(operationKey: string): (intent: string, words: string, name: string) => string {
  const taken = new Set<string>();
  return (intent, words, name) => {
    const id = `${operationKey} ${intent} ${slug(words)}`;
    let free = id;
    for (let count = 1; taken.has(free); count += 1) {
      free = `${id}-${hash(name)}${count === 1 ? '' : `-${count}`}`;
    }
    taken.add(free);
    return free;
  };
}

/** Words joined by hyphens. What had to be changed or cut to make it so is kept apart by a hash of the whole. */
export function slug(words: string): string {
  let known = slugs.get(words);
  if (known === undefined) {
    if (slugs.size >= MOST_SLUGS) slugs.clear();
    slugs.set(words, (known = makeSlug(words)));
  }
  return known;
}

/** The same words come up in many operations. */
const slugs = new Map<string, string>();
const MOST_SLUGS = 10_000;

function makeSlug(words: string): string {
  const plain = words
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const short = plain.slice(0, LONGEST).replace(/-$/, '');
  // A blank, a hyphen and a slash are all a hyphen here, which rarely makes two words one.
  const lossless = plain.length <= LONGEST && /^[A-Za-z0-9 /-]*$/.test(words);
  return lossless ? short : `${short}-${hash(words)}`;
}

const LONGEST = 80;

/** FNV-1a over UTF-16 units, in base 36: seven characters at most. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value >>> 0).toString(36);
}
