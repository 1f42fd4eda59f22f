/** How often a step of a sequence was asked, in words for findings: a server may need a moment to show what it was told. */
import type { Exchange } from '../exchange.ts';

/** ` (asked 4 times)`, and nothing for once. */
export function timesAsked({ attempts = 1 }: Exchange): string {
  return attempts > 1 ? ` (asked ${attempts} times)` : '';
}
