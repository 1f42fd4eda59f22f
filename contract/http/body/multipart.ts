/**
 * `multipart/form-data` and its kin: bytes into parts and back. Knows nothing of schemas; which value a part holds is
 * `multipart-form.ts`'s matter.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7578
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1
 */
import { parseMediaType } from '../media-type.ts';
import { byteString, stringBytes, utf8Bytes, utf8Text } from './bytes.ts';

export interface Part {
  readonly name: string | undefined;
  readonly filename: string | undefined;
  /** `text/plain` when the part does not say. */
  readonly contentType: string;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array;
}

const MAX_PARTS = 1000;
const MAX_HEAD = 16_384;

/** The parts of a body, or what is wrong with it. A body that breaks off is refused, never read in part. */
export function splitParts(
  contentType: string,
  body: Uint8Array,
): { readonly parts: readonly Part[] } | { readonly malformed: string } {
  const boundary = parseMediaType(contentType)?.parameters.get('boundary');
  if (boundary === undefined || boundary === '' || boundary.length > 70) {
    return { malformed: 'the content type names no boundary of 1 to 70 characters' };
  }
  const delimiter = stringBytes(`\r\n--${boundary}`) ?? new Uint8Array();
  // What stands before the first delimiter is no part; the first one may stand at the very beginning.
  let at = startsWith(body, delimiter.subarray(2), 0)
    ? delimiter.length - 2
    : afterDelimiter(body, delimiter, 0);
  if (at === -1) return { malformed: `the boundary ${JSON.stringify(boundary)} does not stand in the body` };
  const parts: Part[] = [];
  for (;;) {
    if (body[at] === DASH && body[at + 1] === DASH) return { parts };
    while (body[at] === 0x20 || body[at] === 0x09) at += 1;
    if (body[at] !== CR || body[at + 1] !== LF) {
      return {
        malformed: at >= body.length ? TRUNCATED : 'a boundary is followed by something else on its line',
      };
    }
    at += 2;
    const end = indexOf(body, delimiter, at - 2);
    if (end === -1) return { malformed: TRUNCATED };
    if (parts.length >= MAX_PARTS) return { malformed: `the body has more than ${MAX_PARTS} parts` };
    const part = readPart(body.subarray(at, Math.max(at, end)));
    if ('malformed' in part) return { malformed: `part ${parts.length + 1}: ${part.malformed}` };
    parts.push(part);
    at = end + delimiter.length;
  }
}

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;
const TRUNCATED = 'the body breaks off before its last boundary';
const EMPTY_LINE = new Uint8Array([CR, LF, CR, LF]);

function readPart(bytes: Uint8Array): Part | { readonly malformed: string } {
  const bare = bytes[0] === CR && bytes[1] === LF;
  const headEnd = bare ? 0 : indexOf(bytes, EMPTY_LINE, 0);
  if (headEnd === -1) return { malformed: 'no empty line ends its headers' };
  if (headEnd > MAX_HEAD) return { malformed: `its headers have more than ${MAX_HEAD} bytes` };
  const headers = new Map<string, string>();
  const head = bytes.subarray(0, headEnd);
  for (const line of (utf8Text(head) ?? byteString(head)).split('\r\n')) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1) return { malformed: `${JSON.stringify(line.slice(0, 60))} is no header` };
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = headers.get('content-disposition') ?? '';
  return {
    name: dispositionValue(disposition, 'name'),
    filename: dispositionValue(disposition, 'filename'),
    contentType: headers.get('content-type') ?? 'text/plain',
    headers,
    bytes: bytes.subarray(bare ? 2 : headEnd + 4),
  };
}

/** Browsers write `%22`, `%0D` and `%0A` for the characters that would end the value; others write `\"`. */
function dispositionValue(disposition: string, name: string): string | undefined {
  for (const [, key, quoted, token] of disposition.matchAll(
    /;\s*([\w*]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g,
  )) {
    if (key?.toLowerCase() !== name) continue;
    if (quoted === undefined) return token;
    return quoted
      .replace(/\\(["\\])/g, '$1')
      .replace(/%(22|0D|0A)/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return undefined;
}

/** A part to be written. */
export interface NewPart {
  readonly name: string | undefined;
  readonly filename: string | undefined;
  readonly contentType: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly bytes: Uint8Array;
}

/** The body of some parts. The boundary comes from the content, so the same parts give the same bytes. */
export function joinParts(parts: readonly NewPart[]): {
  readonly bytes: Uint8Array;
  readonly boundary: string;
} {
  const heads = parts.map(part => utf8Bytes(headOf(part).toWellFormed()) ?? new Uint8Array());
  const boundary = `rehearsal-${fingerprint([...heads, ...parts.map(part => part.bytes)])}`;
  const chunks: Uint8Array[] = [];
  for (const [index, part] of parts.entries()) {
    chunks.push(ascii(`--${boundary}\r\n`), heads[index] as Uint8Array, part.bytes, ascii('\r\n'));
  }
  chunks.push(ascii(`--${boundary}--\r\n`));
  return { bytes: concat(chunks), boundary };
}

function headOf({ name, filename, contentType, headers }: NewPart): string {
  const quote = (text: string): string =>
    `"${text.replace(/["\r\n]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}"`;
  let head = '';
  if (name !== undefined) {
    const file = filename === undefined ? '' : `; filename=${quote(filename)}`;
    head += `Content-Disposition: form-data; name=${quote(name)}${file}\r\n`;
  }
  if (contentType !== undefined) head += `Content-Type: ${contentType}\r\n`;
  for (const [key, value] of headers) head += `${key}: ${value}\r\n`;
  return `${head}\r\n`;
}

/** FNV-1a, twice over: 64 bits as hex. It names the content; nothing has to be hidden. */
function fingerprint(chunks: readonly Uint8Array[]): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (const chunk of chunks) {
    for (const byte of chunk) {
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b + byte, 0x85ebca6b) ^ (b >>> 13);
    }
    b = Math.imul(b ^ chunk.length, 0xc2b2ae35);
  }
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
  return hex(a) + hex(b);
}

function ascii(text: string): Uint8Array {
  return stringBytes(text) ?? new Uint8Array();
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

function afterDelimiter(bytes: Uint8Array, delimiter: Uint8Array, from: number): number {
  const found = indexOf(bytes, delimiter, from);
  return found === -1 ? -1 : found + delimiter.length;
}

/** The offset of a run of bytes. A delimiter begins with CR and contains no other, so a mismatch never goes back. */
function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes, wanted, at)) return at;
  }
  return -1;
}

function startsWith(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  if (at + wanted.length > bytes.length) return false;
  for (let index = 0; index < wanted.length; index += 1) {
    if (bytes[at + index] !== wanted[index]) return false;
  }
  return true;
}
