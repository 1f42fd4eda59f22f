/** A check of a canary as one JSON object, for other programs. */
import { canaryRecord } from './canary-record.ts';
import type { CanaryReporterModule } from './canary-reporter.ts';

export const canaryJson: CanaryReporterModule = {
  name: 'json',
  summary: 'one JSON object at the end, with counts, evidence, breaks and their witnesses',
  description:
    'The decision with its reasons, what it would still take, counts and evidence by operation and over time, and every break with the first failing exchange of each side. Bodies of answers are cut after 16 KiB.',
  create:
    ({ write, mask }) =>
    event => {
      if (event.kind === 'canary-finished')
        write(`${JSON.stringify(canaryRecord(event.check, mask), null, 2)}\n`);
    },
};
