/**
 * Patterns that choose an integration response: Java's, held against a whole text (apigateway.md 16.4), in time linear
 * in that text whatever the pattern.
 */
import { compilePattern } from '../../../contract/schema/pattern/match.ts';

/** A pattern that cannot be read, or not be checked safely, matches nothing. */
export function selectionPattern(source: string): (text: string) => boolean {
  // Alone first: `a)|(b` is no pattern, but would be one between brackets.
  if (compilePattern(source).kind !== 'compiled') return () => false;
  const whole = compilePattern(`^(?:${source})$`);
  return whole.kind === 'compiled' ? whole.test : () => false;
}
