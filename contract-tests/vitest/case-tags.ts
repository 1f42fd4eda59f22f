/**
 * The tags of cases under vitest, by which `--tags-filter` chooses. No import of vitest: a configuration that takes its
 * tags from here is loaded before vitest is there.
 */
import type { Case } from '../../contract/plan/cases/case.ts';

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * What `test.tags` of a vitest configuration needs so that the tests carry their tags. A tag that is not declared there
 * is left off, since vitest refuses tests with tags it does not know.
 *
 * @example
 * ```ts
 * import { defineConfig } from 'vitest/config';
 * import { contractTags } from './contract-tests/vitest/case-tags.ts';
 *
 * export const config = defineConfig({ test: { tags: [...contractTags] } });
 * ```
 */
export const contractTags: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'positive', description: 'The document allows the request.' },
  { name: 'negative', description: 'The request breaks one rule of the document.' },
  { name: 'credentials', description: 'The request lacks credentials, or has wrong ones.' },
  { name: 'read', description: 'The method changes nothing: GET, HEAD, OPTIONS.' },
  { name: 'write', description: 'The method may change something.' },
  { name: 'sequence', description: 'Requests in an order, where later ones build on earlier ones.' },
];

/** The tags of a case: those of `contractTags`, and `openapi:…` for each tag of its operation. */
export function tagsOf({
  intent,
  breaks,
  request: { method },
  operation: { tags },
}: Case): readonly string[] {
  return [
    intent,
    ...(breaks === 'credentials' ? ['credentials'] : []),
    SAFE.has(method) ? 'read' : 'write',
    ...tags.map(documentTag),
  ];
}

/** A tag of the document, without what vitest's filters take for an operator. */
export function documentTag(tag: string): string {
  return `openapi:${tag.replace(/[\s!()*&|]+/g, '-')}`;
}
