/** Which bytes a text body may be made of: UTF-8 and the two old charsets that are read without a table. */
import { parseMediaType } from '../media-type.ts';
import { byteString, utf8Text } from './bytes.ts';

/** The charset of a content type in lower case; `utf-8` when none is named. */
export function charsetOf(contentType: string): string {
  const charset = parseMediaType(contentType)?.parameters.get('charset')?.toLowerCase();
  return charset === undefined || charset === 'utf8' ? 'utf-8' : charset;
}

/** The text of a body. `unread` names a charset that is not read; `malformed` says what is wrong with the bytes. */
export function bodyText(
  contentType: string,
  bytes: Uint8Array,
): { readonly text: string } | { readonly unread: string } | { readonly malformed: string } {
  const charset = charsetOf(contentType);
  if (charset === 'iso-8859-1' || charset === 'latin1') return { text: byteString(bytes) };
  if (charset !== 'utf-8' && charset !== 'us-ascii') return { unread: charset };
  const text = utf8Text(bytes);
  return text === undefined ? { malformed: 'the body is not UTF-8' } : { text };
}
