import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUNDLE_PATH, bundledModule } from '../scripts/bundle-sandbox.ts';

test('collections carry the checks as they are now: npm run bundle, then npm run generate', async () => {
  expect((await bundledModule()) === readFileSync(BUNDLE_PATH, 'utf8')).toBe(true);
});
