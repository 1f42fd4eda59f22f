/** Text or value to contract, in memory: no disk, no network, fit for a browser. Files are `load.ts`'s matter. */
import { buildContract } from './build/openapi-object.ts';
import { documentOf } from './document/document-of.ts';
import { parseDocument } from './document/parse-document.ts';
import type { Json } from './json/value.ts';
import type { Contract } from './model.ts';
import type { Problem } from './problem.ts';

export interface ReadResult {
  /** Undefined when the document cannot be read as a contract at all; `problems` says why. */
  readonly contract: Contract | undefined;
  /** What has been met so far; a contract goes on adding to its own list as its nodes are read. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a contract from the text of one document, JSON or YAML.
 *
 * @param text - the document
 * @param options - `name` is what messages call it
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 *
 * const { contract, problems } = contractFromText('openapi: 3.1.1\ninfo: { title: Pets, version: 1.0.0 }\npaths: {}\n');
 * console.log(contract?.title, problems.length);
 * ```
 */
export function contractFromText(text: string, options: { readonly name?: string } = {}): ReadResult {
  const name = options.name ?? 'document';
  const parsed = parseDocument(text, { name, uri: memoryUri(name) });
  if (parsed.document === undefined) return { contract: undefined, problems: parsed.problems };
  return buildContract(parsed.document);
}

/**
 * Reads a contract from a document that is already a value, such as an imported JSON module.
 *
 * @example
 * ```ts
 * import { contractFromValue } from './contract/read.ts';
 *
 * const { contract } = contractFromValue({ openapi: '3.1.1', info: { title: 'Pets', version: '1' }, paths: {} });
 * console.log(contract?.operations.length);
 * ```
 */
export function contractFromValue(value: unknown, options: { readonly name?: string } = {}): ReadResult {
  const name = options.name ?? 'document';
  return buildContract(documentOf(value as Json, { name, uri: memoryUri(name) }));
}

function memoryUri(name: string): string {
  return `memory:///${encodeURIComponent(name)}`;
}
