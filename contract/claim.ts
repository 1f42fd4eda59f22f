/**
 * What the answer to a step of a sequence must show beyond what every answer must. Steps are named by their number in
 * the sequence, and found again among an exchange's `earlier` ones. Types only.
 */

/** Where a case stands in a sequence. */
export interface SequencePlace {
  /** The sequence's id. */
  readonly sequence: string;
  /** The number of the step, from 0. A step that was not made leaves a gap, a walk through pages has one number. */
  readonly index: number;
  readonly claims: readonly Claim[];
}

export type Claim =
  /** What step `made` made can be read. */
  | { readonly kind: 'readable'; readonly made: number }
  /** The address that step `made` gave in Location leads to something. */
  | { readonly kind: 'located'; readonly made: number }
  /** The answer holds what step `written` sent. */
  | { readonly kind: 'shows'; readonly written: number; readonly how: 'created' | 'updated' }
  /** What step `written` did not send is as it was in the answer to step `before`. */
  | { readonly kind: 'keeps'; readonly before: number; readonly written: number }
  /** What step `removed` removed is not there: neither to be read nor to be deleted once more. */
  | { readonly kind: 'gone'; readonly removed: number; readonly by: 'read' | 'delete' }
  /** What nobody made is not there. */
  | { readonly kind: 'unknown' }
  /** The answer is that of step `before`, although step `refused` tried to change it. */
  | { readonly kind: 'unchanged'; readonly before: number; readonly refused: number }
  /** The answer is that of step `as`, although the same was written once more. */
  | { readonly kind: 'same'; readonly as: number };
