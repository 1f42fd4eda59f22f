/**
 * What is lost on the way from a contract to what API Gateway takes: a problem like others, which also says what the
 * loss does to validation, so that the list can be sorted by how much it matters and a build can refuse it.
 */
import type { Problem } from '../../contract/problem.ts';

/**
 * - `missing`: an operation that the document has is not there
 * - `unvalidated`: what broke the document will pass
 * - `weaker`: some of it will
 * - `changed`: something has another name or form, and means the same
 * - `dropped`: a note for people, an example, a link; nothing is validated by it
 */
export type Effect = 'missing' | 'unvalidated' | 'weaker' | 'changed' | 'dropped';

export interface Loss extends Problem {
  readonly effect: Effect;
}

const ORDER: readonly Effect[] = ['missing', 'unvalidated', 'weaker', 'changed', 'dropped'];

/** The most serious first; those of one effect in the order in which they were found. */
export function sortLosses(losses: readonly Loss[]): readonly Loss[] {
  return losses.toSorted((a, b) => ORDER.indexOf(a.effect) - ORDER.indexOf(b.effect));
}

/** True for a loss that lets something through which the document forbids. */
export function losesValidation({ effect }: Pick<Loss, 'effect'>): boolean {
  return effect === 'unvalidated' || effect === 'weaker';
}

/** A loss with its severity: what matters to callers warns, what is missing for them is an error. */
export function loss(effect: Effect, words: Omit<Loss, 'effect' | 'severity'>): Loss {
  return {
    ...words,
    effect,
    severity: effect === 'missing' ? 'error' : losesValidation({ effect }) ? 'warning' : 'note',
  };
}
