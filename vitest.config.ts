import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { contractTags } from './contract-tests/vitest/case-tags.ts';
import { CountReporter } from './test/count-reporter.ts';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['{contract,gateway,mock-server,postman,contract-tests,workbench,scripts,test}/**/*.test.ts'],
    setupFiles: ['test/property-seed.ts', 'test/contract-mocks.ts'],
    exclude: ['**/node_modules/**', 'test/corpus/**'],
    reporters: ['default', new CountReporter()],
    tags: [...contractTags],
    // By default one core stays idle, which is half of a small machine; tests wait for servers and processes anyway.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});

export default config;
