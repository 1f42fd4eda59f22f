import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,gateway,mock-server,postman,contract-tests,workbench,scripts,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/corpus/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
