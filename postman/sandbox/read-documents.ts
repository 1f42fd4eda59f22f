/** The documents that a collection carries, read back as a contract. */
import { contractOfFiles } from '../../contract/document-files.ts';
import { parseKeepingIntegers } from '../../contract/json/large-integers.ts';
import type { Contract } from '../../contract/model.ts';

/** As JSON texts by their address from the contract's own, which is the first. */
export type Documents = readonly (readonly [address: string, json: string])[];

/** Undefined for no documents, and for one that cannot be read. */
export function contractOf(documents: Documents): Contract | undefined {
  const files = Object.fromEntries(
    documents.map(([address, json]) => [address, parseKeepingIntegers(json) as object]),
  );
  const [root] = Object.values(files);
  return root === undefined ? undefined : contractOfFiles(root, { files }).contract;
}
