/** Which of the things a program may hand over is a contract, and what is said of those that make none. */
import { RehearsalError } from '../contract/errors.ts';
import type { Contract } from '../contract/model.ts';
import type { ReadResult } from '../contract/read.ts';

/** The model's own words, which no document has at its root. */
export function isContract(value: object): value is Contract {
  return 'dialect' in value && 'operations' in value && 'source' in value;
}

/**
 * The contract that was read.
 *
 * @throws RehearsalError DOCUMENT_NO_CONTRACT
 */
export function readableContract({ contract, problems }: ReadResult, name: string): Contract {
  const fatal = problems.filter(({ severity }) => severity === 'fatal');
  if (contract !== undefined && fatal.length === 0) return contract;
  throw new RehearsalError('DOCUMENT_NO_CONTRACT', {
    name,
    reason: fatal.map(({ message }) => message).join(' '),
  });
}
