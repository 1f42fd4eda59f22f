/** The rule about the comparison itself. */
import type { DiffRule } from '../rule.ts';

/** Not shown by a pair: it takes some 400,000 different schemas. */
export const comparisonIncomplete: DiffRule = {
  name: 'comparison-incomplete',
  severity: 'risky',
  title: 'There are too many schemas to compare all of them.',
  why: 'Nobody can tell what was not looked at.',
  before: '',
  after: '',
};
