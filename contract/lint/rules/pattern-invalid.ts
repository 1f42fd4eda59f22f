/** A pattern that no engine accepts: values cannot be held against it, and none can be made for it. */
import { compilePattern } from '../../schema/pattern/match.ts';
import { patternsOf } from '../patterns-of.ts';
import type { LintRule } from '../rule.ts';

export const patternInvalid: LintRule = {
  name: 'pattern-invalid',
  severity: 'fatal',
  title: 'A `pattern` is no regular expression.',
  fix: 'Correct the pattern: an ECMA-262 regular expression, as JSON Schema has it.',
  see: 'https://json-schema.org/draft/2020-12/json-schema-core#section-6.4',
  failing: `paths: {}
components:
  schemas:
    Code: { type: string, pattern: '([A-Z' }
`,
  passing: `paths: {}
components:
  schemas:
    Code: { type: string, pattern: '([A-Z])' }
`,
  check: ({ schemas }, report) => {
    for (const { pattern, source } of patternsOf(schemas)) {
      const compiled = compilePattern(pattern);
      if (compiled.kind === 'fault' && !compiled.unsupported)
        report(
          source,
          `The pattern ${JSON.stringify(pattern)} is no regular expression: ${compiled.message}.`,
        );
    }
  },
};
