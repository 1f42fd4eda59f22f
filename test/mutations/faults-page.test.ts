/** The page of faults says what the catalogue says. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultsPage } from './faults-page.ts';

test('docs/reference/faults.md lists every fault', async () => {
  const page = join(import.meta.dirname, '../../docs/reference/faults.md');
  await expect(faultsPage()).toMatchFileSnapshot(page);
});
