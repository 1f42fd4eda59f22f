/** An API that is too large for one, as several: each tag's operations are an API of their own. */

import type { Contract, Operation } from '../contract/model.ts';
import { legalName } from './lower/model-names.ts';

export interface ContractPart {
  /** For the file's name; undefined for the whole. */
  readonly name: string | undefined;
  readonly contract: Contract;
}

/** The tag that an operation is counted under: its first. */
export function tagOf({ tags }: Operation): string {
  return tags[0] ?? 'untagged';
}

/** One part for each tag, in the order in which tags first appear; each is called after its tag. */
export function splitByTag(contract: Contract): readonly ContractPart[] {
  const taken = new Set<string>();
  return [...Map.groupBy(contract.operations, tagOf)].map(([tag, operations]) => {
    const base = wordsOf(tag);
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
    taken.add(name);
    return { name, contract: { ...contract, title: `${contract.title} ${tag}`, operations } };
  });
}

/** `Git Refs` is `git-refs`. */
function wordsOf(tag: string): string {
  const words = tag
    .replace(/[^A-Za-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  return words === '' ? legalName(tag).toLowerCase() : words;
}
