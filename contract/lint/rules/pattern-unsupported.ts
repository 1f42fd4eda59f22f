/** A pattern that is right, but cannot be checked in a time that does not explode. */
import { compilePattern } from '../../schema/pattern/match.ts';
import { patternsOf } from '../patterns-of.ts';
import type { LintRule } from '../rule.ts';

export const patternUnsupported: LintRule = {
  name: 'pattern-unsupported',
  severity: 'warning',
  title:
    'A `pattern` uses what cannot be checked safely (back-references), so values are not held against it.',
  fix: 'Write the pattern without it, or accept that values are not held against it.',
  see: 'https://json-schema.org/draft/2020-12/json-schema-core#section-6.4',
  failing: `paths: {}
components:
  schemas:
    Twice: { type: string, pattern: '^(\\w+) \\1$' }
`,
  passing: `paths: {}
components:
  schemas:
    Twice: { type: string, pattern: '^\\w+ \\w+$' }
`,
  check: ({ schemas }, report) => {
    for (const { pattern, source } of patternsOf(schemas)) {
      const compiled = compilePattern(pattern);
      if (compiled.kind === 'fault' && compiled.unsupported)
        report(source, `The pattern ${JSON.stringify(pattern)} is not checked: ${compiled.message}.`);
    }
  },
};
