/**
 * Finds secrets in texts. A few are kept as they are; of many only fingerprints are held, so that very many fit, and a
 * text is read once however many there are (Rabin and Karp's rolling hash). Nothing that was added is ever forgotten.
 */

export interface SecretIndex {
  /** Takes a text of at least the length of the shortest. */
  readonly add: (secret: string) => void;
  /** The text with every secret in it replaced. */
  readonly hide: (text: string, by: string) => string;
  readonly isEmpty: () => boolean;
}

export interface IndexLimits {
  /** The length of the shortest secret. As much of each is looked for first. */
  readonly shortest: number;
  /** Secrets that are kept as they are, which is faster for a few. Default: 200. */
  readonly few?: number;
  /** Secrets that are held. When there are more, every text is hidden whole. Default: 500 000. */
  readonly most?: number;
}

type Span = readonly [start: number, end: number];

/** Characters that are read at once, beside the longest secret. */
const CHUNK = 65_536;

export function newSecretIndex({ shortest, few = 200, most = 500_000 }: IndexLimits): SecretIndex {
  let plain: Set<string> | undefined = new Set();
  /** Of the beginnings of secrets. */
  const heads = new Set<number>();
  /** Of whole secrets, by their lengths. */
  const byLength = new Map<number, Set<number>>();
  /** The longest first. */
  let lengths: readonly number[] = [];
  let held = 0;

  const addFingerprint = (secret: string): void => {
    const { length } = secret;
    let known = byLength.get(length);
    if (known === undefined) {
      byLength.set(length, (known = new Set()));
      lengths = [...byLength.keys()].toSorted((a, b) => b - a);
    }
    const hashes = hashesOf(secret);
    const whole = hashes(0, length);
    if (known.has(whole)) return;
    known.add(whole);
    heads.add(hashes(0, shortest));
    held += 1;
  };

  const spansIn = (text: string): readonly Span[] => {
    const spans: Span[] = [];
    for (let start = 0; start + shortest <= text.length; start += CHUNK) {
      const part = text.slice(start, start + CHUNK + (lengths[0] ?? 0));
      const hashes = hashesOf(part);
      const last = Math.min(CHUNK - 1, part.length - shortest);
      for (let at = 0; at <= last; at += 1) {
        if (!heads.has(hashes(at, at + shortest))) continue;
        const length = lengths.find(
          one => at + one <= part.length && byLength.get(one)?.has(hashes(at, at + one)) === true,
        );
        if (length !== undefined) spans.push([start + at, start + at + length]);
      }
    }
    return spans;
  };

  return {
    add: secret => {
      if (secret.length < shortest || held > most) return;
      if (plain === undefined) {
        addFingerprint(secret);
        return;
      }
      plain.add(secret);
      if (plain.size <= few) return;
      for (const one of plain) addFingerprint(one);
      plain = undefined;
    },
    hide: (text, by) => {
      if (held > most) return text === '' ? text : by;
      if (plain === undefined) return replaced(text, spansIn(text), by);
      return plain.size === 0 ? text : replaced(text, spansOf(text, plain), by);
    },
    isEmpty: () => plain?.size === 0,
  };
}

function spansOf(text: string, secrets: Iterable<string>): readonly Span[] {
  const spans: Span[] = [];
  for (const secret of secrets)
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1))
      spans.push([at, at + secret.length]);
  return spans.toSorted(([a], [b]) => a - b);
}

/** Spans that overlap are one, so that no rest of either is left. */
function replaced(text: string, spans: readonly Span[], by: string): string {
  if (spans.length === 0) return text;
  let hidden = '';
  let from = 0;
  let until = 0;
  for (const [start, end] of spans) {
    if (start >= until) {
      hidden += text.slice(from, start) + by;
      from = end;
      until = end;
    } else if (end > until) {
      from = end;
      until = end;
    }
  }
  return hidden + text.slice(from);
}

/** Prime moduli below 2^26 and bases below 2^17, so that every product is exact; both together make 52 bits. */
const [MODULUS_A, BASE_A] = [67_108_859, 65_599];
const [MODULUS_B, BASE_B] = [67_108_837, 92_821];
const WIDTH = 2 ** 26;

/** The fingerprints of all parts of a text, each in a few steps. */
function hashesOf(text: string): (start: number, end: number) => number {
  const { length } = text;
  const sumsA = new Uint32Array(length + 1);
  const sumsB = new Uint32Array(length + 1);
  powersUpTo(length);
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at) + 1;
    sumsA[at + 1] = ((sumsA[at] ?? 0) * BASE_A + unit) % MODULUS_A;
    sumsB[at + 1] = ((sumsB[at] ?? 0) * BASE_B + unit) % MODULUS_B;
  }
  return (start, end) => {
    const width = end - start;
    const a =
      ((sumsA[end] ?? 0) - (((sumsA[start] ?? 0) * (powersA[width] ?? 0)) % MODULUS_A) + MODULUS_A) %
      MODULUS_A;
    const b =
      ((sumsB[end] ?? 0) - (((sumsB[start] ?? 0) * (powersB[width] ?? 0)) % MODULUS_B) + MODULUS_B) %
      MODULUS_B;
    return a * WIDTH + b;
  };
}

const powersA: number[] = [1];
const powersB: number[] = [1];

function powersUpTo(length: number): void {
  for (let at = powersA.length; at <= length; at += 1) {
    powersA.push(((powersA[at - 1] ?? 0) * BASE_A) % MODULUS_A);
    powersB.push(((powersB[at - 1] ?? 0) * BASE_B) % MODULUS_B);
  }
}
