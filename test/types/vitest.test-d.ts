/** The types that suites of users lean on. Nothing here runs: `npm run typecheck` fails where one of them changes. */
import type { TestProject } from 'vitest/node';
import { defineConfig } from '../../scripts/config/config.ts';
import { type ContractTestOptions, contractTests, type Hooks, withHeader } from '../../scripts/vitest.ts';

/** Hooks with and without a promise, with and without a value. */
export const HOOKS: readonly Hooks[] = [
  {},
  {
    beforeRun: ({ baseUrl, contracts }) => ({
      credentials: { key: `${baseUrl} ${contracts.length}` },
      headers: { 'X-Tenant': 'blue' },
    }),
    beforeCase: (request, { intent }) => withHeader(request, 'X-Intent', intent),
    afterCase: ({ kind }) => kind === 'passed',
    afterRun: ({ verdict }) => verdict,
  },
  {
    beforeRun: async () => {},
    beforeCase: async () => undefined,
    afterCase: async () => {},
    afterRun: async () => {},
  },
  // @ts-expect-error: a number is no request
  { beforeCase: () => 1 },
  // @ts-expect-error: a secret is a text
  { beforeRun: () => ({ credentials: { key: 7 } }) },
  // @ts-expect-error: there is no such hook
  { beforeEach: () => {} },
];

export const OPTIONS: readonly ContractTestOptions[] = [
  { spec: 'specs/pets.yaml' },
  { spec: new URL('file:///pets.yaml'), depth: 'deep', select: ({ method }) => method === 'GET' },
  // @ts-expect-error: the document is needed
  {},
  // @ts-expect-error: there is no such depth
  { spec: '', depth: 'deeper' },
];

export function tests(): Promise<void> {
  return contractTests({ spec: 'specs/pets.yaml' });
}

export function setup(project: TestProject): void {
  project.provide('rehearsal', 'http://localhost:3000');
  project.provide('rehearsal', { pets: 'http://localhost:3000' });
  // @ts-expect-error: an address is a text
  project.provide('rehearsal', { pets: 3000 });
}

export const CONFIG: ReturnType<typeof defineConfig> = defineConfig({
  stages: { mine: { provider: 'url', url: 'http://localhost:3000' } },
});

defineConfig({
  // @ts-expect-error: a stage needs an address
  stages: { mine: { provider: 'url' } },
});
