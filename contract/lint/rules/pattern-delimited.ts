/** A pattern between slashes, as JavaScript writes it: in JSON Schema the slashes are part of the pattern. */
import { patternsOf } from '../patterns-of.ts';
import type { LintRule } from '../rule.ts';

export const patternDelimited: LintRule = {
  name: 'pattern-delimited',
  severity: 'warning',
  title: 'A `pattern` stands between slashes; they are part of the pattern, so hardly any value matches it.',
  fix: 'Remove the slashes and what follows them.',
  see: 'https://json-schema.org/draft/2020-12/json-schema-core#section-6.4',
  failing: `paths: {}
components:
  schemas:
    Code: { type: string, pattern: '/^[A-Z]{3}$/i' }
`,
  passing: `paths: {}
components:
  schemas:
    Code: { type: string, pattern: '^[A-Z]{3}$' }
`,
  check: ({ schemas }, report) => {
    for (const { pattern, source } of patternsOf(schemas)) {
      // A slash before "^" or after "$" can never match; a pattern that is only about slashes is left alone.
      if (/^\/\^.*\/[a-z]*$|^\/.*\$\/[a-z]*$/s.test(pattern)) {
        report(source, `The pattern ${JSON.stringify(pattern)} matches texts with slashes in them only.`);
      }
    }
  },
};
