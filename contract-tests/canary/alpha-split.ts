/** How the error rate that a person allows is divided among the rules. Pure. */

export interface AlphaSplit {
  /** Healthy canaries that are rolled back at the most, by all rules together. */
  readonly rollback: number;
  /** Of that: breaks that seem to come each time; the i-th one that is looked into gets `breaks / (i (i + 1))`. */
  readonly breaks: number;
  /** Of that: failure rates, of all operations together and of each. */
  readonly rates: number;
  /** Of that: latency, with the budget where there is one. */
  readonly latency: number;
  /** Canaries beyond the margin that are promoted at the most. */
  readonly promote: number;
  /** Right shares that are taken for wrong ones at the most; that ends inconclusive, so it is no part of the others. */
  readonly share: number;
}

const SHARE_ALPHA = 0.001;

/** A tenth for breaks, seven for rates, two for latency. */
export function splitAlpha(rollback: number, promote: number = rollback): AlphaSplit {
  return {
    rollback,
    breaks: rollback * 0.1,
    rates: rollback * 0.7,
    latency: rollback * 0.2,
    promote,
    share: SHARE_ALPHA,
  };
}
