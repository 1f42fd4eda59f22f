/** What a server may be given to serve, made into contracts. */
import type { Contract } from '../contract/model.ts';
import { contractFromValue, type ReadResult } from '../contract/read.ts';
import { isContract, readableContract } from './given-contract.ts';

/** A contract, what `loadContracts` or `contractFromText` gave, or an OpenAPI document as a value. */
export type Served = Contract | ReadResult | Readonly<Record<string, unknown>>;

/**
 * The contracts of what is to be served.
 *
 * @throws RehearsalError DOCUMENT_NO_CONTRACT
 */
export function contractsOf(served: Served | readonly Served[]): readonly Contract[] {
  const list = Array.isArray(served) ? (served as readonly Served[]) : [served as Served];
  return list.map((one, index) => {
    if (isContract(one)) return one;
    const name = 'name' in one && typeof one.name === 'string' ? one.name : `document ${index + 1}`;
    return readableContract(isRead(one) ? one : contractFromValue(one, { name }), name);
  });
}

function isRead(served: Served): served is ReadResult {
  return 'contract' in served && 'problems' in served;
}
