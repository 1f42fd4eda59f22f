/** The documents that a collection carries for its checks: the contract's own and those that it refers to. */
import { otherFilesOf } from '../../contract/document-files.ts';
import { stringifyJson } from '../../contract/json/stringify.ts';
import type { Contract } from '../../contract/model.ts';
import type { Documents } from './read-documents.ts';

/** The contract's own document first. Named alike on every machine. */
export function documentsOf(contract: Contract): Documents {
  const root = contract.source.document.value;
  const { files } = otherFilesOf(contract);
  const own = [...files].find(([, value]) => value === root)?.[0] ?? 'document';
  const others = [...files].filter(([, value]) => value !== root);
  return [
    [own, stringifyJson(root)],
    ...others.map(([address, value]) => [address, stringifyJson(value)] as const),
  ];
}
