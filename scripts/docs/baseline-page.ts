/** The page of baselines, written from the schema that the files are held against. */
import { isObject, type Json, own } from '../../contract/json/value.ts';
import type { BaselineEntry } from '../../contract-tests/baseline.ts';
import { BASELINE_SCHEMA, baselineText } from '../baseline-file.ts';

const SAMPLE: readonly BaselineEntry[] = [
  {
    operation: 'GET /pets/{id}',
    check: 'response-body',
    pointer: '/components/schemas/Pet/properties/age/minimum',
    reason: 'old records have -1; PETS-12 mends them',
    expires: '2027-03-31',
  },
  {
    case: 'POST /pets negative body-name-maxLength',
    reason: 'the length is checked from release 5 on',
    expires: '2027-01-15',
  },
];

/** The text of `docs/reference/baseline.md`, without the line that says who made it. */
export function baselinePage(): string {
  const entry = ['properties', 'breaks', 'items', 'properties'].reduce<Json | undefined>(
    (node, key) => own(node, key),
    BASELINE_SCHEMA,
  );
  const rows = Object.entries(isObject(entry) ? entry : {}).map(
    ([key, schema]) => `| \`${key}\` | ${String(own(schema, 'description') ?? '')} |`,
  );
  return `# Baselines

\`rehearsal test STAGE --baseline FILE\`, or \`test.baseline\` in the [configuration](configuration.md), accepts breaks that are
known. They are counted and named and do not break the contract, each until its day; from the day after they break again,
and reports say so. Entries that fitted no failure of a run are named, so that the list does not outlive its reasons.

\`--write-baseline FILE\` lists what is broken now, for 30 days, and keeps reason and day of what \`--baseline\` accepts
already. The file is YAML or JSON:

\`\`\`yaml
${baselineText(SAMPLE)}\`\`\`

| key | meaning |
| --- | --- |
${rows.join('\n')}

An entry needs a reason, a day, and either a case or an operation and a check; all that is written must fit a failure.
`;
}
