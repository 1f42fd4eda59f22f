/**
 * The other files of a document: every one that a `$ref` names, read before the contract is built, so that building
 * stays synchronous. swagger-parser walks the references; what may be read is decided here, because by its own rules
 * it reads any file of the machine.
 */
import { realpathSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Unavailable } from '../build/context.ts';
import { parseDocument } from '../document/parse-document.ts';
import { RehearsalError } from '../errors.ts';
import { type Json, type JsonObject, own } from '../json/value.ts';
import type { SourceDocument } from '../source.ts';
import { fetchText } from './fetch-text.ts';
import { readTextFile } from './read-file.ts';

export interface ReferenceOptions {
  /** Follow `$ref`s that are http(s) URLs. */
  readonly allowRemote: boolean;
  /** Follow `$ref`s to files outside the document's folder. */
  readonly allowOutside: boolean;
}

export type OtherDocuments = ReadonlyMap<string, SourceDocument | Unavailable>;

/**
 * Reads what the document's references name, and what those files name in turn. A file that may not or cannot be read
 * is in the result with the reason, which becomes a problem at the `$ref` that needs it, if any does.
 */
export async function readReferences(
  root: SourceDocument,
  options: ReferenceOptions,
): Promise<OtherDocuments> {
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
  const found = new Map<string, SourceDocument | Unavailable>();
  const read = (url: string): Promise<Json> => readReference(url, root, options, found);
  const rehearsal = {
    order: 1,
    canRead: true,
    read: async (file: { url: string }): Promise<string> =>
      JSON.stringify(await read(file.url), bigintAsNumber),
  };
  try {
    await new SwaggerParser().resolve(
      root.uri,
      parserInput(root.value) as never,
      {
        continueOnError: true,
        resolve: { file: false, http: false, rehearsal },
        resolveExcludedPathMatcher: isData,
      } as never,
    );
  } catch {
    // Every refusal is in `found` with its reason; the parser's own summary of them adds nothing.
  }
  return found;
}

async function readReference(
  url: string,
  root: SourceDocument,
  options: ReferenceOptions,
  found: Map<string, SourceDocument | Unavailable>,
): Promise<Json> {
  const address = normalise(url);
  let result: SourceDocument | Unavailable;
  try {
    result = /^https?:/.test(address)
      ? await remoteDocument(address, root, options)
      : localDocument(address, root, options);
  } catch (error) {
    if (!(error instanceof RehearsalError)) throw error;
    result = {
      rule: 'reference-file',
      message: `The file this names cannot be used: ${error.message}`,
      fix: error.fix,
    };
  }
  // A reference may spell the same file in another way (`%61.yaml`), and is looked up as it is written.
  found.set(withoutHash(url), result);
  found.set(address, result);
  if ('value' in result) return result.value;
  throw new Error(result.message);
}

function normalise(url: string): string {
  const address = withoutHash(url);
  return address.startsWith('file:') ? pathToFileURL(fileURLToPath(address)).href : address;
}

function withoutHash(url: string): string {
  const address = new URL(url);
  address.hash = '';
  return address.href;
}

function localDocument(
  address: string,
  root: SourceDocument,
  options: ReferenceOptions,
): SourceDocument | Unavailable {
  const path = fileURLToPath(address);
  if (!root.uri.startsWith('file:')) {
    return {
      rule: 'reference-outside',
      message: 'A document that is not a file may not read files.',
      fix: 'Save it beside the files it refers to.',
    };
  }
  const folder = dirname(fileURLToPath(root.uri));
  const shown = relative(folder, path);
  if (!options.allowOutside && !isInside(path, folder)) {
    return {
      rule: 'reference-outside',
      message: `"${shown}" lies outside the document's folder, and files there are not read.`,
      fix: 'Move the file beside the document, or allow it with --allow-outside.',
    };
  }
  return parsed(readTextFile(path, shown), shown, address);
}

/** Real paths are compared: a symbolic link inside the folder may well lead out of it. */
export function isInside(path: string, folder: string): boolean {
  const base = realpathSync(folder) + sep;
  try {
    return realpathSync(path).startsWith(base);
  } catch {
    // A file that does not exist cannot leak anything; what matters is whether its name stays inside.
    return !relative(folder, path).startsWith('..');
  }
}

async function remoteDocument(
  address: string,
  root: SourceDocument,
  options: ReferenceOptions,
): Promise<SourceDocument | Unavailable> {
  if (!options.allowRemote) {
    return {
      rule: 'reference-remote',
      message: `"${address}" is a URL, and URLs are not fetched.`,
      fix: 'Copy the file beside the document, or allow fetching with --allow-remote.',
    };
  }
  return parsed(await fetchText(address, root.uri), address, address);
}

function parsed(text: string, name: string, uri: string): SourceDocument | Unavailable {
  const result = parseDocument(text, { name, uri });
  if (result.document !== undefined) return result.document;
  const [problem] = result.problems;
  const place = problem?.source.document.locate('');
  return {
    rule: 'document-unreadable',
    message: `${name}:${place?.line ?? 1}:${place?.column ?? 1}: ${problem?.message ?? 'cannot be read'}`,
    fix: problem?.fix ?? 'Correct that file.',
  };
}

/** The parser insists on a version it knows and on members that API Gateway's own documents lack. */
function parserInput(value: Json): JsonObject {
  const version = own(value, 'swagger') === undefined ? { openapi: '3.1.2' } : { swagger: '2.0' };
  const { openapi: _, ...rest } = value as Record<string, Json>;
  return { paths: {}, ...rest, ...version, info: { title: '', version: '' } };
}

/** Places where a `$ref` is somebody's data and names nothing. */
function isData(path: string): boolean {
  return (
    /\/(example|default|const|enum|value|x-[^/]*)(\/|$)/.test(path) && !/\/properties\/[^/]+$/.test(path)
  );
}

function bigintAsNumber(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
