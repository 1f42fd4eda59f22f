/** Every seeded fault is caught, and by the check that should. */
import { describe, expect, test, vi } from 'vitest';
import { listedFaults, see } from './seen.ts';

// Servers that forget or contradict themselves are asked again for a second, so most of the time is waiting.
vi.setConfig({ maxConcurrency: 16 });

const faults = listedFaults();

describe.concurrent('a server with one fault', () => {
  test.each(faults)('$id: $what', async fault => {
    const { caught, checks, summary } = await see(fault);
    expect({ caught, by: caught ? fault.caughtBy : checks }).toEqual({ caught: true, by: fault.caughtBy });
    expect(summary.verdict).toBe('broken');
  });
});

test('every fault has a name of its own', () => {
  const ids = faults.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
