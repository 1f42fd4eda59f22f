/**
 * The files that examples name by `externalValue`, read when the document is loaded, by the rules that references
 * follow: within the document's folder, URLs only on request, bounded in size. What they hold is bytes and no more.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#example-object
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { absolute } from '../build/context.ts';
import { LIMITS } from '../document/limits.ts';
import { RehearsalError } from '../errors.ts';
import { type Json, type JsonObject, own } from '../json/value.ts';
import type { ExternalValue } from '../model.ts';
import type { SourceDocument } from '../source.ts';
import { fetchText } from './fetch-text.ts';
import { isInside, type ReferenceOptions } from './references.ts';

/**
 * Reads what the examples of some documents name, by absolute URI. What may not or cannot be read is in the result
 * with the reason.
 *
 * @param root - the document that was asked for; its folder is the one that files may lie in
 */
export async function readExternalValues(
  root: SourceDocument,
  others: readonly SourceDocument[],
  options: ReferenceOptions,
): Promise<ReadonlyMap<string, ExternalValue>> {
  const found = new Map<string, ExternalValue>();
  let bytes = 0;
  for (const document of [root, ...others]) {
    for (const text of namedIn(document.value)) {
      const uri = absolute(text, document.uri);
      if (uri === undefined || found.has(uri)) continue;
      const value =
        bytes > LIMITS.bytes ? tooMuch() : await readOne(uri, root, options).catch(unavailableBecause);
      if ('bytes' in value) bytes += value.bytes.byteLength;
      found.set(uri, value);
    }
  }
  return found;
}

/** Every `externalValue` anywhere: too many are better than too few, since whether it counts is for building to say. */
function namedIn(value: Json): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Json>();
  const waiting: Json[] = [value];
  for (let raw = waiting.pop(); raw !== undefined; raw = waiting.pop()) {
    if (typeof raw !== 'object' || raw === null || seen.has(raw)) continue;
    seen.add(raw);
    const name = own(raw, 'externalValue');
    if (typeof name === 'string') names.add(name);
    for (const key of Object.keys(raw)) waiting.push((raw as JsonObject)[key] as Json);
  }
  return names;
}

async function readOne(
  uri: string,
  root: SourceDocument,
  { allowRemote, allowOutside }: ReferenceOptions,
): Promise<ExternalValue> {
  if (/^https?:/.test(uri)) {
    return allowRemote
      ? { bytes: new TextEncoder().encode(await fetchText(uri, root.uri)) }
      : {
          unavailable: 'it is a URL, and URLs are not fetched',
          fix: 'Copy the file beside the document, or allow fetching with --allow-remote.',
        };
  }
  if (!uri.startsWith('file:') || !root.uri.startsWith('file:')) {
    return { unavailable: 'it names no file', fix: 'Name a file beside the document.' };
  }
  return readFile(fileURLToPath(uri), dirname(fileURLToPath(root.uri)), allowOutside);
}

function readFile(path: string, folder: string, allowOutside: boolean): ExternalValue {
  if (!allowOutside && !isInside(path, folder)) {
    return {
      unavailable: "it lies outside the document's folder, and files there are not read",
      fix: 'Move the file beside the document, or allow it with --allow-outside.',
    };
  }
  const stat = statSync(path);
  if (!stat.isFile()) return { unavailable: 'it is no file', fix: 'Name a file beside the document.' };
  if (stat.size > LIMITS.bytes) return tooMuch();
  return { bytes: readFileSync(path) };
}

function tooMuch(): ExternalValue {
  return {
    unavailable: `examples in files may have ${LIMITS.bytes / 1024 / 1024} MB together`,
    fix: 'Take smaller files for examples.',
  };
}

function unavailableBecause(error: unknown): ExternalValue {
  const fix = 'Check the address; it is taken relative to the file that it stands in.';
  if (error instanceof RehearsalError) return { unavailable: error.message, fix: error.fix };
  const { code, message } = error as NodeJS.ErrnoException;
  // The message of a failed read would tell the folder that the document lies in.
  const reason =
    code === 'ENOENT' || code === 'ENOTDIR'
      ? 'there is no such file'
      : code === 'ERR_INVALID_FILE_URL_PATH'
        ? 'it names no file'
        : (code ?? message);
  return { unavailable: reason, fix };
}
