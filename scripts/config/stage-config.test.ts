import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Config, defineConfig } from './config.ts';
import { loadConfig } from './load-config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-stages-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function load(config: unknown): Promise<Config> {
  const file = join(folder, 'rehearsal.config.json');
  writeFileSync(file, JSON.stringify(config));
  return (await loadConfig(folder)).config;
}

async function refusalOf(stages: unknown): Promise<readonly string[]> {
  const error: unknown = await load({ stages }).catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error('The configuration was taken.');
  return error.message.split('\n').flatMap(line => /^ {2}\S+ (.+)$/.exec(line)?.[1] ?? []);
}

test('stages of each provider with all that they may have', async () => {
  const config = defineConfig({
    stages: {
      dev: { provider: 'local', integration: 'mock', endpoint: 'http://127.0.0.1:4567' },
      prod: {
        provider: 'aws',
        region: 'ap-northeast-2',
        profile: 'release',
        stage: 'live',
        apis: { petstore: 'a1b2c3d4e5', desk: 'Service desk' },
        integration: 'aws_proxy',
        backend: '${stageVariables.function}',
        integrations: {
          tags: {
            search: { type: 'http_proxy', backend: 'https://${stageVariables.search}', timeoutInMillis: 50 },
          },
          operations: { 'GET /pets': 'mock' },
        },
        authorizers: {
          key: 'api_key',
          user: { type: 'cognito_user_pools', userPools: ['arn:aws:cognito-idp:eu-west-1:1:userpool/p'] },
          token: { type: 'token', function: 'who', ttl: 0 },
        },
        variables: { release: 'v1', partnerToken: { env: 'PARTNER_TOKEN' } },
        settings: {
          '*': { throttlingRateLimit: 50, throttlingBurstLimit: 100, loggingLevel: 'ERROR' },
          'GET /pets': { cachingEnabled: true, cacheTtlInSeconds: 60 },
        },
        cacheClusterSize: '0.5',
        tracingEnabled: true,
        accessLogSettings: {
          destinationArn: 'arn:aws:logs:ap-northeast-2:123456789012:log-group:live',
          format: '$context.requestId',
        },
        budgets: { alpha: 0.01, failureRate: 0.02, slowdown: 0.25, answers: 30, minutes: 60 },
        url: 'https://api.example.com/{stage}',
        production: true,
        timeout: 10,
        rate: 20,
      },
      mine: { provider: 'url', url: 'http://localhost:3000/v1' },
    },
  });
  expect(await load(config)).toEqual(config);
});

test.each<[string, unknown, readonly string[]]>([
  [
    'a provider that nobody has',
    { dev: { provider: 'azure' } },
    [expect.stringContaining('stages.dev.provider')],
  ],
  ['an address without one', { dev: { provider: 'url' } }, [expect.stringMatching(/^stages\.dev .*url/)]],
  [
    'keys of another provider',
    {
      mine: { provider: 'url', url: 'http://localhost', apis: {}, variables: {} },
      dev: { provider: 'local', profile: 'x' },
    },
    [
      'stages.mine.apis is for stages of the providers local and aws.',
      'stages.mine.variables is for stages of the providers local and aws.',
      'stages.dev.profile is for stages of the provider aws.',
    ],
  ],
  [
    'a key that nearly is one',
    { dev: { provider: 'local', integratoin: 'mock' } },
    ['stages.dev.integratoin is not a known key; did you mean "integration"?'],
  ],
  [
    'a name that the service does not take',
    { 'next release': { provider: 'aws' } },
    [expect.stringContaining('is no name that API Gateway takes')],
  ],
  [
    'variables that the service does not take',
    {
      dev: {
        provider: 'local',
        variables: { note: 'a b{c}', 'no-name': 'x', empty: '', long: 'x'.repeat(513) },
      },
    },
    [
      'stages.dev.variables.note holds " " and "{" and "}", which API Gateway does not take; letters, digits and -._~:/?#&=, are taken.',
      'stages.dev.variables.no-name is no name of a stage variable: letters, digits and _, at most 64 of them.',
      'stages.dev.variables.empty is empty, which API Gateway does not take; leave the variable out.',
      'stages.dev.variables.long has 513 characters; a stage variable holds 512.',
    ],
  ],
  [
    'secrets in clear',
    {
      dev: {
        provider: 'aws',
        endpoint: 'https://me:hush@plane.example',
        variables: { apiKey: 'hush', partner_token: 'hush', tokenUrl: 'https://id.example' },
        headers: { Authorization: 'Bearer hush' },
      },
    },
    [
      expect.stringContaining('stages.dev.variables.apiKey holds a secret in clear'),
      expect.stringContaining('stages.dev.variables.partner_token holds a secret in clear'),
      expect.stringContaining('stages.dev.headers.Authorization is a credential'),
      expect.stringContaining('stages.dev.endpoint holds a user and a password'),
    ],
  ],
  [
    'settings that no method has',
    { dev: { provider: 'local', settings: { '*': { throttling: 5 } } } },
    [expect.stringContaining('stages.dev.settings.*.throttling is not a known key')],
  ],
])('refuses %s', async (_, stages, reasons) => {
  const told = await refusalOf(stages);
  expect(told.toSorted()).toHaveLength(reasons.length);
  expect(told).toEqual(expect.arrayContaining([...reasons]));
  expect(told.join(' ')).not.toContain('hush');
});

test.each([
  [{ integration: 'lambda' }, 'stages.a.integration'],
  [{ integration: { backend: 'x' } }, 'stages.a.integration'],
  [
    { integrations: { tags: { t: { type: 'http', url: 'x' } } } },
    'stages.a.integrations.tags.t.url is not a known key',
  ],
  [{ authorizers: { u: { type: 'token' } } }, 'stages.a.authorizers.u'],
  [{ authorizers: { u: { type: 'cognito_user_pools' } } }, 'stages.a.authorizers.u'],
  [{ authorizers: { u: 'basic' } }, 'stages.a.authorizers.u'],
])('%j is refused', async (settings, words) => {
  expect(await refusalOf({ a: { provider: 'aws', ...settings } })).toEqual([expect.stringContaining(words)]);
});
