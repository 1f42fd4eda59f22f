/** Properties that are required in words alone, as `Required if the ticket is for an event`: whoever leaves them out had better read first. */
import type { Facts } from './facts.ts';

/** The names of optional properties whose descriptions say when they must be there. */
export function saidRequired(facts: Facts): readonly string[] {
  const names: string[] = [];
  for (const { properties } of facts.schemas)
    for (const [name, schema] of properties)
      if (/\b(required|mandatory)\s+(if|when|whenever|for|unless|only)\b/i.test(schema.description ?? ''))
        names.push(name);
  return names;
}
