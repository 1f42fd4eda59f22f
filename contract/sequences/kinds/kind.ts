/** What a kind of sequence is: one question about a resource, and how it is asked. Types only. */
import type { Claim } from '../../claim.ts';
import type { CasePlanOptions } from '../../plan/cases/options.ts';
import type { Resource } from '../resources.ts';
import type { Sequence, Unplanned } from '../sequence.ts';

export interface Kind {
  /** Kebab-case; the last word of the ids of its sequences, so it never changes. */
  readonly name: string;
  /** What holds when all goes well, one line. */
  readonly title: string;
  /** One paragraph for the documentation: which operations it needs, what it sends. */
  readonly description: string;
  /** What its answers must show. */
  readonly claims: readonly Claim['kind'][];
  /** Nothing when the resource lacks what it takes. */
  readonly plan: (resource: Resource, options: CasePlanOptions) => Sequence | Unplanned | undefined;
}
