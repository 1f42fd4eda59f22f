/** A hint for sequences that says nothing, because it is written wrong. */
import { wrongHints } from '../../sequences/hints.ts';
import { below } from '../../source.ts';
import type { LintRule } from '../rule.ts';

export const sequenceHint: LintRule = {
  name: 'sequence-hint',
  severity: 'error',
  title:
    'A hint for sequences (`x-rehearsal-sequences`, `x-rehearsal-id`, `x-rehearsal-item`) is written wrong, so it is ignored.',
  fix: 'Write it as the page of sequences says.',
  failing: `paths:
  /pets:
    post:
      x-rehearsal-id: data.key
      responses: { '201': { description: Created } }
`,
  passing: `paths:
  /pets:
    post:
      x-rehearsal-id: $response.body#/data/key
      responses: { '201': { description: Created } }
`,
  check: ({ contract }, report) => {
    for (const operation of contract.operations)
      for (const { extension, message } of wrongHints(operation))
        report(below(operation.source, extension), message);
  },
};
