/**
 * The base path of a document, and the paths of its operations with it: ignored, put before them, or put before them
 * without its first segment (reference 6.3).
 */
import { isArray, type Json, own } from '../../../contract/json/value.ts';
import type { ApiDocument } from './api-document.ts';

export type BasePathMode = 'ignore' | 'prepend' | 'split';

/** The segments that come before those of each path. */
export function basePathSegments(document: ApiDocument, mode: BasePathMode): readonly string[] {
  if (mode === 'ignore') return [];
  const segments = segmentsOf(basePathOf(document));
  return mode === 'split' ? segments.slice(1) : segments;
}

export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter(segment => segment !== '');
}

function basePathOf({ version, root }: ApiDocument): string {
  if (version === 'swagger') return textOf(own(root, 'basePath')) ?? '';
  const list = own(root, 'servers');
  const servers = isArray(list) ? list : [];
  for (const server of servers) {
    // A variable of this name counts wherever it stands, even if the URL does not use it.
    const named = textOf(own(own(own(server, 'variables'), 'basePath'), 'default'));
    if (named !== undefined) return named;
  }
  const [first] = servers;
  const url = textOf(own(first, 'url')) ?? '';
  const filled = url.replaceAll(
    /\{([^{}]*)\}/g,
    (whole, name: string) => textOf(own(own(own(first, 'variables'), name), 'default')) ?? whole,
  );
  return filled.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
