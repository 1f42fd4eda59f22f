/**
 * Where an operation stands when a base address was given: that address replaces the document's first server whole.
 * Operations with servers of their own keep their own base path beside it.
 */
import { basePathOf } from '../contract/build/server-object.ts';
import type { Contract, Operation } from '../contract/model.ts';

/**
 * The base address of an operation, without a slash at the end.
 *
 * An operation whose own first server has another base path than the contract's is looked for there, as long as the
 * given address ends with the contract's base path and so shows where the operation's would begin.
 */
export function baseUrlOf(operation: Operation, baseUrl: string): string {
  const given = baseUrl.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  const { contract, servers } = operation;
  if (servers === contract.servers) return given;
  const [own] = servers;
  const [usual] = contract.servers;
  if (own === undefined || usual === undefined) return given;
  const from = basePathOf(usual);
  const to = basePathOf(own);
  return from === to || !given.endsWith(from) ? given : given.slice(0, given.length - from.length) + to;
}

/** The base path of the first contract whose first server has one that the given address does not end with. */
export function missingBasePath(contracts: readonly Contract[], baseUrl: string): string | undefined {
  const given = baseUrl.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  return contracts
    .map(({ servers: [first] }) => (first === undefined ? '' : basePathOf(first)))
    .find(path => !given.endsWith(path));
}
