/** Keeps secrets out of everything that is printed or written. */

import { secretForms } from './secret-forms.ts';
import { newSecretIndex } from './secret-index.ts';

/** What stands in a secret's place. */
export const STARS = '***';
/** Shorter ones would be found everywhere by chance; they are masked where they stand as a credential only. */
const SHORTEST = 6;
/** Long enough to hold a secret that is looked for. */
const BASE64 = /[\w+/-]{12,}={0,2}/g;
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
  /** A header's value, hidden whole when it was given from outside or carries a credential. */
  readonly header: (name: string, value: string) => string;
  /** The bytes without any secret, for what is no text. */
  readonly bytes: (bytes: Uint8Array) => Uint8Array;
  /** Hides from now on what came to light only during the run. */
  readonly learn: (
    headers: readonly (readonly [name: string, value: string])[],
    credentials: Iterable<string>,
  ) => void;
}

/** Where a request carries a credential, so that even one too short to look for is hidden there. */
export interface CredentialPlace {
  readonly in: 'header' | 'query' | 'cookie';
  readonly name: string;
}

/** Hides nothing. */
export const NO_MASK: Mask = {
  text: text => text,
  header: (_name, value) => value,
  bytes: bytes => bytes,
  learn: () => undefined,
};

/**
 * A mask for what a person handed over: headers and credentials. A secret is found again as it is, in every form that
 * `secret-forms.ts` knows, and as the part behind a scheme such as `Bearer`.
 *
 * @param places - where secrets that were handed over are sent
 */
export function createMask(
  headers: readonly (readonly [name: string, value: string])[],
  credentials: Iterable<string>,
  places: Iterable<CredentialPlace> = [],
): Mask {
  const hidden = new Set<string>();
  const secrets = newSecretIndex({ shortest: SHORTEST });
  const add = (secret: string): void => {
    if (secret.length < SHORTEST) return;
    for (const form of secretForms(secret)) {
      secrets.add(form);
      // As it stands among bytes that are read one by one.
      secrets.add(Buffer.from(form, 'utf8').toString('latin1'));
    }
  };
  const learn: Mask['learn'] = (lines, values) => {
    for (const [name, value] of lines) {
      if (HARMLESS.has(name.toLowerCase())) continue;
      hidden.add(name.toLowerCase());
      add(value);
      for (const part of value.split(/[\s;,]+/)) {
        add(part);
        if (part.includes('=')) add(part.slice(part.indexOf('=') + 1));
        if (/^[\w+/-]+={0,2}$/.test(part)) addPair(decodedPair(part), add);
      }
    }
    for (const secret of values) {
      add(secret);
      if (secret.includes(':')) addPair(secret, add);
    }
  };
  learn(headers, credentials);
  const named: string[] = [];
  for (const place of places) {
    if (place.in === 'header') hidden.add(place.name.toLowerCase());
    else named.push(place.name, encodeURIComponent(place.name));
  }
  const pairs =
    named.length === 0
      ? undefined
      : new RegExp(
          `((?:^|[?&;\\s"'])(?:${named.map(name => name.replace(/[^\w]/g, '\\$&')).join('|')})=)[^&;#\\s"']+`,
          'g',
        );
  const plain = (value: string): string => {
    const masked = secrets.hide(value, STARS);
    return pairs === undefined ? masked : masked.replace(pairs, `$1${STARS}`);
  };
  const text = (value: string): string => {
    const masked = plain(value);
    if (secrets.isEmpty()) return masked;
    // Something that holds a secret may have been put into Base64 as a whole.
    return masked.replace(BASE64, run => {
      const inner = Buffer.from(run, 'base64').toString('utf8');
      return plain(inner) === inner ? run : STARS;
    });
  };
  return {
    text,
    header: (name, value) => (hidden.has(name.toLowerCase()) ? STARS : text(value)),
    bytes: value => {
      // One character for one byte, so that nothing else in it changes.
      return Buffer.from(secrets.hide(Buffer.from(value).toString('latin1'), STARS), 'latin1');
    },
    learn,
  };
}

/** User and password: the password is a secret by itself. */
function addPair(pair: string | undefined, add: (secret: string) => void): void {
  if (pair?.includes(':') !== true) return;
  add(pair);
  add(pair.slice(pair.indexOf(':') + 1));
}

/** What a value of `Authorization: Basic` says, when it is one. */
function decodedPair(base64: string): string | undefined {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  return /^[\x20-\x7e]+:[\x20-\x7e]*$/.test(text) ? text : undefined;
}
