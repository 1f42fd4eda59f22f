/**
 * A setup file of vitest: the generated contract tests run against mocks of their documents, unless REHEARSAL_STAGE
 * says something else. For every other test it does nothing.
 */
import { basename, join } from 'node:path';
import { afterAll, expect } from 'vitest';

const { testPath = '' } = expect.getState();

if (testPath.endsWith('.contract.test.ts') && process.env['REHEARSAL_STAGE'] === undefined) {
  const name = basename(testPath, '.contract.test.ts');
  const { startMock } = await import('./start-mock.ts');
  const { url, close } = await startMock(join(import.meta.dirname, '../specs'), name);
  process.env['REHEARSAL_STAGE'] = url;
  afterAll(async () => {
    delete process.env['REHEARSAL_STAGE'];
    await close();
  });
}
