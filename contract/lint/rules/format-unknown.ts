/** A format that nothing here checks. */
import { joinPointer } from '../../json/pointer.ts';
import { formatNamed } from '../../schema/format.ts';
import type { LintRule } from '../rule.ts';

/** Formats that every value of their type satisfies, so that there is nothing to check. */
const KNOWN = new Set(['password', 'binary', 'float', 'double', 'html', 'commonmark']);

export const formatUnknown: LintRule = {
  name: 'format-unknown',
  severity: 'note',
  optional: true,
  title: 'A `format` is not among those that are checked, so values of any form are valid.',
  fix: 'Use a registered format, or add a "pattern" if the form matters.',
  see: 'https://spec.openapis.org/registry/format/',
  failing: `paths: {}
components:
  schemas:
    Sku: { type: string, format: sku }
`,
  passing: `paths: {}
components:
  schemas:
    Sku: { type: string, pattern: '^[A-Z]{3}-[0-9]{4}$' }
`,
  check: ({ schemas }, report) => {
    for (const { format, source } of schemas) {
      if (format === undefined || KNOWN.has(format) || formatNamed(format) !== undefined) continue;
      const place = { ...source, pointer: joinPointer(source.pointer, 'format') };
      report(place, `The format "${format}" is not checked.`);
    }
  },
};
