/** `$util.base64Encode` and `base64Decode`: text by way of its UTF-8, without anything that only Node has. */
import { ValueFault } from '../meter.ts';

/** Few enough to be arguments of one call. */
const CHUNK = 0x8000;

/** The Base64 of a text's UTF-8, padded. */
export function base64Encode(text: string): string {
  const bytes = new TextEncoder().encode(text.replace(/\p{Surrogate}/gu, '?'));
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/**
 * The text of Base64, with U+FFFD for what is no UTF-8. Padding may be missing, as in `java.util.Base64`; line ends and
 * the two letters of the URL-safe alphabet are taken as well.
 *
 * @throws ValueFault on any other character, and on a lonely last one.
 */
export function base64Decode(text: string): string {
  const standard = text
    .replace(/[\r\n]/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  let binary: string;
  try {
    binary = atob(standard);
  } catch {
    throw new ValueFault('base64Decode was given what is no Base64');
  }
  const bytes = Uint8Array.from(binary, unit => unit.charCodeAt(0));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
