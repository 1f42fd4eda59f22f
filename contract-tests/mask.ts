/** Keeps secrets out of everything that is printed or written. */

const STARS = '***';
/** Shorter ones would be found everywhere by chance; they are masked where they stand as a credential only. */
const SHORTEST = 6;
/** Headers that people give and nobody needs to hide. */
const HARMLESS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-type',
  'host',
  'origin',
  'prefer',
  'traceparent',
  'user-agent',
  'x-request-id',
]);

export interface Mask {
  /** The text without any secret. */
  readonly text: (text: string) => string;
  /** A header's value, hidden whole when the header was given from outside. */
  readonly header: (name: string, value: string) => string;
  /** Hides from now on what came to light only during the run. */
  readonly learn: (
    headers: readonly (readonly [name: string, value: string])[],
    credentials: Iterable<string>,
  ) => void;
}

/** Hides nothing. */
export const NO_MASK: Mask = { text: text => text, header: (_name, value) => value, learn: () => undefined };

/**
 * A mask for what a person handed over: headers and credentials. A secret is found again as it is, percent-encoded, as
 * Base64 of user and password, and as the part behind a scheme such as `Bearer`.
 */
export function createMask(
  headers: readonly (readonly [name: string, value: string])[],
  credentials: Iterable<string>,
): Mask {
  const hidden = new Set<string>();
  const secrets = new Set<string>();
  const add = (secret: string): void => {
    if (secret.length < SHORTEST) return;
    secrets.add(secret);
    secrets.add(encodeURIComponent(secret.toWellFormed()));
  };
  let ordered: readonly string[] | undefined;
  const learn: Mask['learn'] = (lines, values) => {
    ordered = undefined;
    for (const [name, value] of lines) {
      if (HARMLESS.has(name.toLowerCase())) continue;
      hidden.add(name.toLowerCase());
      add(value);
      for (const part of value.split(/[\s;,]+/)) {
        add(part);
        if (part.includes('=')) add(part.slice(part.indexOf('=') + 1));
      }
    }
    for (const secret of values) {
      add(secret);
      if (secret.includes(':')) {
        add(Buffer.from(secret, 'utf8').toString('base64'));
        add(secret.slice(secret.indexOf(':') + 1));
      }
    }
  };
  learn(headers, credentials);
  const text = (value: string): string => {
    // The longest first, so that no part of a secret is left beside its masked beginning.
    ordered ??= [...secrets].toSorted((a, b) => b.length - a.length);
    let masked = value;
    for (const secret of ordered) if (masked.includes(secret)) masked = masked.replaceAll(secret, STARS);
    return masked;
  };
  return { text, header: (name, value) => (hidden.has(name.toLowerCase()) ? STARS : text(value)), learn };
}
