/** From what a person typed to contracts: files, folders, globs, `-` for standard input and, when told, URLs. */
import { globSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildContract } from '../build/openapi-object.ts';
import type { DocumentAddress } from '../document/document-of.ts';
import { looksLikeJson, type ParsedDocument, parseJsonDocument } from '../document/json-document.ts';
import { LIMITS } from '../document/limits.ts';
import { RehearsalError } from '../errors.ts';
import { own } from '../json/value.ts';
import type { Problem } from '../problem.ts';
import type { ReadResult } from '../read.ts';
import type { SourceDocument } from '../source.ts';
import { fetchText } from './fetch-text.ts';
import { glance, readTextFile, tooLarge } from './read-file.ts';

export interface LoadOptions {
  /** Paths are relative to this folder. Default: the process's. */
  readonly cwd?: string;
  /** Fetch URLs, given or referred to. Default: false. */
  readonly allowRemote?: boolean;
  /** Read files outside a document's folder. Default: false. */
  readonly allowOutside?: boolean;
}

export interface LoadedContract extends ReadResult {
  /** As typed, or as found in a folder. */
  readonly name: string;
  /** Absolute paths of every file read, for those who watch them. */
  readonly files: readonly string[];
}

/**
 * Loads every document that the arguments name, in order, each file once.
 *
 * @throws RehearsalError when an argument names nothing that can be read; what is wrong inside a document is in
 *   `problems`, and so is that a file of a folder or pattern cannot be read
 * @example
 * ```ts
 * import { loadContracts } from './contract/load/load-contracts.ts';
 *
 * const [petstore] = await loadContracts(['specs/petstore.yaml']);
 * console.log(petstore?.contract?.operations.length);
 * ```
 */
export async function loadContracts(
  specs: readonly string[],
  options: LoadOptions = {},
): Promise<readonly LoadedContract[]> {
  const cwd = options.cwd ?? process.cwd();
  const loaded: LoadedContract[] = [];
  const seen = new Set<string>();
  for (const spec of specs) {
    const files = expand(spec, cwd, options);
    for (const file of files) {
      const key = file === '-' || /^https?:/.test(file) ? file : resolve(cwd, file);
      if (seen.has(key)) continue;
      seen.add(key);
      loaded.push(await (file === spec ? loadOne(file, cwd, options) : loadFound(file, cwd, options)));
    }
  }
  return loaded;
}

/** What one argument stands for: a folder's documents, a glob's files, or itself. */
function expand(spec: string, cwd: string, options: LoadOptions): readonly string[] {
  if (spec === '-') return [spec];
  if (/^https?:\/\//.test(spec)) {
    if (options.allowRemote !== true) throw new RehearsalError('DOCUMENT_REMOTE', { path: spec });
    return [spec];
  }
  if (isFolder(resolve(cwd, spec))) return folderDocuments(spec, cwd);
  if (/[*?[{]/.test(spec) && !isFile(resolve(cwd, spec))) {
    const matches = globSync(spec, { cwd }).filter(path => isFile(resolve(cwd, path)));
    if (matches.length === 0) throw new RehearsalError('DOCUMENT_NO_MATCH', { path: spec });
    return matches.toSorted();
  }
  return [spec];
}

/** The documents directly in a folder. Other YAML and JSON there is usually a part of one, so only real documents count. */
function folderDocuments(folder: string, cwd: string): readonly string[] {
  const files = readdirSync(resolve(cwd, folder), { withFileTypes: true })
    .filter(entry => !entry.isDirectory() && /\.(ya?ml|json)$/i.test(entry.name))
    .map(entry => join(folder, entry.name))
    .toSorted();
  const documents = files.filter(file => claimsToBeOpenApi(glance(resolve(cwd, file))));
  if (documents.length === 0) throw new RehearsalError('DOCUMENT_EMPTY_FOLDER', { path: folder });
  return documents;
}

/** A top-level `openapi` or `swagger` key, found without parsing. A broken document still claims, and its problems are told. */
function claimsToBeOpenApi(text: string): boolean {
  return (
    /^["']?(openapi|swagger)["']?\s*:/m.test(text) ||
    /^\s*\{[^{]*"(openapi|swagger)"\s*:/.test(text) ||
    claimsAfterObjects(text)
  );
}

/** JSON whose version stands behind other members, as API Gateway's exports may have it. */
function claimsAfterObjects(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  const parsed = parseJsonDocument(text, { name: 'document.json', uri: 'memory:///document.json' });
  if (parsed.document === undefined) return /"(openapi|swagger)"\s*:/.test(text);
  return (
    own(parsed.document.value, 'openapi') !== undefined || own(parsed.document.value, 'swagger') !== undefined
  );
}

/** A file found in a folder or by a pattern. When it cannot be read, that is its own problem and not the others'. */
async function loadFound(file: string, cwd: string, options: LoadOptions): Promise<LoadedContract> {
  try {
    return await loadOne(file, cwd, options);
  } catch (error) {
    if (!(error instanceof RehearsalError)) throw error;
    const problem = unreadableDocument(file, error);
    return { name: file, contract: undefined, problems: [problem], files: [resolve(cwd, file)] };
  }
}

/** A refusal as the problem of a document whose text nobody has seen. */
export function unreadableDocument(name: string, { message, fix }: RehearsalError): Problem {
  const document: SourceDocument = {
    name,
    uri: `unread:${name}`,
    value: null,
    text: () => '',
    locate: () => ({ line: 1, column: 1 }),
  };
  return {
    rule: 'document-unreadable',
    severity: 'fatal',
    message: message.slice(0, message.length - fix.length).trim(),
    source: { document, pointer: '' },
    fix,
  };
}

async function loadOne(file: string, cwd: string, options: LoadOptions): Promise<LoadedContract> {
  const remote = /^https?:/.test(file);
  const path = resolve(cwd, file);
  const name = file === '-' ? '<stdin>' : file;
  const uri = remote ? file : pathToFileURL(file === '-' ? join(cwd, 'stdin') : path).href;
  const text =
    file === '-'
      ? await readStandardInput()
      : remote
        ? await fetchText(file, file)
        : readTextFile(path, file);
  const files = remote || file === '-' ? [] : [path];
  const again = files.length > 0 && text.length > KEPT_TEXT ? () => readAgain(path) : undefined;
  const parsed = await parse(text, { name, uri }, again);
  if (parsed.document === undefined) return { name, contract: undefined, problems: parsed.problems, files };
  const { allowRemote = false, allowOutside = false } = options;
  const others = mayReferToFiles(text)
    ? await (await import('./references.ts')).readReferences(parsed.document, { allowRemote, allowOutside })
    : new Map<string, never>();
  const documents = [...others.values()].filter(other => 'value' in other);
  // A large root is not read from disk once more for this.
  const named = [text, ...documents.map(document => document.text())].some(mayNameExternalValues);
  const externals = named
    ? await (await import('./external-values.ts')).readExternalValues(parsed.document, documents, {
        allowRemote,
        allowOutside,
      })
    : new Map<string, never>();
  const otherFiles = [...others.keys(), ...externals.keys()].flatMap(filePath);
  return {
    name,
    ...buildContract(parsed.document, others, externals),
    files: [...new Set([...files, ...otherFiles])],
  };
}

/** A YAML parser is loaded by those who need one. */
async function parse(text: string, address: DocumentAddress, again?: () => string): Promise<ParsedDocument> {
  if (looksLikeJson(text, address.name)) return parseJsonDocument(text, address, again);
  const { parseDocument } = await import('../document/parse-document.ts');
  return parseDocument(text, address);
}

/** A longer text is not kept in memory for the sake of places, but read once more when one is asked for. */
const KEPT_TEXT = 1_000_000;

function readAgain(path: string): string {
  try {
    return readTextFile(path);
  } catch {
    return '';
  }
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    bytes += (chunk as Buffer).length;
    if (bytes > LIMITS.bytes) throw tooLarge('<stdin>', bytes);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() === true;
}

function isFile(path: string): boolean {
  return statOf(path)?.isFile() === true;
}

/** A name that no file can have is told by reading it. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** True when some `$ref` may name another file. Only the text is looked at, so a 13 MB document pays a few milliseconds. */
function mayReferToFiles(text: string): boolean {
  return /\$ref["']?\s*:\s*["']?[^\s"'#]/.test(text);
}

/** The path of a `file:` URL; nothing for other addresses and for those that no path can be made of, such as `a%2fb`. */
function filePath(uri: string): readonly string[] {
  if (!uri.startsWith('file:')) return [];
  try {
    return [fileURLToPath(uri)];
  } catch {
    return [];
  }
}

/** True when some example may be kept in another file. */
function mayNameExternalValues(text: string): boolean {
  return text.includes('externalValue');
}
