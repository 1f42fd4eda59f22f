/**
 * A document of several files without a disk: the files that its references and examples name, by address. Generated
 * modules carry them, and handlers read them. Every reference stays as it is written.
 */
import type { Unavailable } from './build/context.ts';
import { buildContract, contextOf } from './build/openapi-object.ts';
import { documentOf } from './document/document-of.ts';
import type { Json } from './json/value.ts';
import type { Contract, ExternalValue } from './model.ts';
import type { ReadResult } from './read.ts';
import type { SourceDocument } from './source.ts';

/** What a document needs beside itself, by addresses relative to it: `schemas/pet.yaml`, or a URL. */
export interface OtherFiles {
  /** What `$ref`s name; under its own address the document itself, where one of them refers back to it. */
  readonly files?: Readonly<Record<string, unknown>>;
  /** What examples name by `externalValue`. */
  readonly externalValues?: Readonly<Record<string, Uint8Array>>;
}

/** The files that a contract was read from; the document among them where there are others, which may refer to it. */
export function otherFilesOf(contract: Contract): {
  readonly files: ReadonlyMap<string, Json>;
  readonly externalValues: ReadonlyMap<string, Uint8Array>;
} {
  const files = new Map<string, Json>();
  const externalValues = new Map<string, Uint8Array>();
  const context = contextOf(contract);
  const root = contract.source.document;
  for (const [uri, document] of context?.documents ?? []) {
    if (uri !== root.uri && 'value' in document) files.set(addressFrom(root.uri, uri), document.value);
  }
  if (files.size > 0) files.set(addressFrom(root.uri, root.uri), root.value);
  for (const [uri, external] of context?.externals ?? [])
    if ('bytes' in external) externalValues.set(addressFrom(root.uri, uri), external.bytes);
  return { files, externalValues };
}

/**
 * The contract of a document and its other files, in memory.
 *
 * @param name - what messages call it, where its files do not say
 */
export function contractOfFiles(
  document: object,
  { files = {}, externalValues = {} }: OtherFiles,
  name: string = 'document',
): ReadResult {
  const base = `memory:///${'_/'.repeat(stepsUp([...Object.keys(files), ...Object.keys(externalValues)]))}`;
  const listed = Object.keys(files).find(address => files[address] === document);
  const uri = (address: string): string => new URL(address, base).href;
  const others = new Map<string, SourceDocument | Unavailable>();
  for (const [address, value] of Object.entries(files)) {
    if (value !== document)
      others.set(uri(address), documentOf(value as Json, { name: address, uri: uri(address) }));
  }
  const externals = new Map<string, ExternalValue>(
    Object.entries(externalValues).map(([address, bytes]) => [uri(address), { bytes }]),
  );
  const root = documentOf(document as Json, {
    name: listed ?? name,
    uri: uri(listed ?? encodeURIComponent(name)),
  });
  return buildContract(root, others, externals);
}

/** How many folders the addresses lead up: as many stand above the document. */
function stepsUp(addresses: readonly string[]): number {
  return Math.max(0, ...addresses.map(address => /^(?:\.\.\/)*/.exec(address)?.[0].length ?? 0)) / 3;
}

/** An address as a reference in the file at `base` would write it; whole where they have no folder in common. */
function addressFrom(base: string, uri: string): string {
  const [from, to] = [new URL(base), new URL(uri)];
  if (from.protocol !== to.protocol || from.host !== to.host) return uri;
  const [folders, path] = [from.pathname.split('/').slice(0, -1), to.pathname.split('/')];
  let shared = 0;
  while (shared < folders.length && shared < path.length - 1 && folders[shared] === path[shared]) shared += 1;
  return '../'.repeat(folders.length - shared) + path.slice(shared).join('/') + to.search;
}
