/** A case as a curl line that a person can paste into a shell. Secrets do not survive it. */
import type { CaseRequest } from '../../contract/plan/cases/case.ts';
import type { Mask } from '../mask.ts';

/** Longer bodies make no line for people; the reports for machines hold them whole. */
const LONGEST_BODY = 4096;

/**
 * The request as one curl line for a POSIX shell. `-g` keeps curl from reading brackets as a range, `--path-as-is` from
 * tidying dots away.
 */
export function curlLine(baseUrl: string, request: CaseRequest, mask: Mask): string {
  const url = `${baseUrl.replace(/\/+$/, '')}${request.path}${request.query === '' ? '' : `?${request.query}`}`;
  const words = ['curl', '-gi'];
  if (/\/\.{1,2}(\/|$)/.test(request.path)) words.push('--path-as-is');
  if (request.method === 'HEAD') words.push('--head');
  else if (request.method !== 'GET' || request.body !== undefined)
    words.push('-X', shellWord(request.method));
  for (const [name, value] of request.headers) {
    // A colon would tell curl to leave the header out; a semicolon is its word for an empty one.
    words.push('-H', shellWord(value === '' ? `${name};` : `${name}: ${mask.header(name, value)}`));
  }
  if (request.contentType !== undefined) words.push('-H', shellWord(`Content-Type: ${request.contentType}`));
  if (request.body !== undefined) words.push(...bodyWords(request.body, mask));
  // curl adds a type of its own to every body unless told otherwise.
  if (request.body !== undefined && request.contentType === undefined)
    words.push('-H', shellWord('Content-Type:'));
  words.push(shellWord(mask.text(url)));
  return words.join(' ');
}

function bodyWords(body: Uint8Array, mask: Mask): readonly string[] {
  const text = textOf(body);
  if (text === undefined || body.length > LONGEST_BODY)
    return ['--data-binary', shellWord(`@body-of-${body.length}-bytes`)];
  return ['--data-raw', shellWord(mask.text(text))];
}

/** The bytes as text when they are text that a shell can carry. */
function textOf(body: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A word as a POSIX shell reads it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
