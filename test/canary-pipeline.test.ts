/**
 * The workflow of docs/reference/canary-commands.md, step by step as a runner would take it, and `action.yml` inside it:
 * shells, variables and files are real, the gateway is the local one. Steps that only a runner of GitHub has stand in a list.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { newWorld, type World } from './canary/canary-world.ts';
import { type SmallApi, serveSmall, smallDocument } from './canary/small-api.ts';

const root = join(import.meta.dirname, '..');

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as ActionFile;
const page = readFileSync(join(root, 'docs/reference/canary-commands.md'), 'utf8');
const workflow = parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as {
  readonly jobs: { readonly release: { readonly steps: readonly Step[] } };
};

/** What has no meaning off a runner, or is somebody else's. */
const FOREIGN = /^(actions|aws-actions)\//;

let api: SmallApi;
let world: World;
beforeEach(async () => {
  api = await serveSmall();
  world = await newWorld({ document: smallDocument(), backend: api.address });
  // The next release says it with other words.
  const spec = join(world.folder, 'specs/api.yaml');
  const text = readFileSync(spec, 'utf8');
  writeFileSync(spec, text.replace('version: 1.0.0', 'version: 1.1.0').replace('A pet.', 'One pet.'));
  // `npx --no-install rehearsal …` calls what is installed: this checkout.
  mkdirSync(join(world.folder, 'bin'));
  const call = `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${join(root, 'scripts/rehearsal.js')}" "$@"\n`;
  writeFileSync(join(world.folder, 'bin/npx'), call, { mode: 0o755 });
});
afterEach(async () => {
  await world.close();
  await api.close();
});

async function inShell(script: string, env: Readonly<Record<string, string>> = {}): Promise<number> {
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], {
    cwd: world.folder,
    env: {
      PATH: `${join(world.folder, 'bin')}:${process.env['PATH']}`,
      HOME: world.folder,
      GITHUB_OUTPUT: join(world.folder, 'output'),
      GITHUB_STEP_SUMMARY: join(world.folder, 'summary.md'),
      ...env,
    },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'close')) as [number];
  return code;
}

/** The steps of the action with their expressions filled in; gives the exit code of the one that runs. */
async function act(given: Readonly<Record<string, string>>): Promise<number> {
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: usual = '' }]) => [name, given[name] ?? usual]),
  );
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
  const filled = (text: string): string =>
    text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_whole, name: string) => inputs[name] ?? `no ${name}`);
  let exitCode = 0;
  for (const { run, uses = '', env = {}, with: settings = {} } of action.runs.steps) {
    if (run === undefined) {
      expect(uses).toMatch(FOREIGN);
      expect(filled(settings['path'] ?? '')).toBe('./.rehearsal/canary');
      continue;
    }
    const filledEnv = Object.entries(env).map(([name, text]) => [name, filled(text)]);
    exitCode = await inShell(run, Object.fromEntries(filledEnv));
  }
  return exitCode;
}

test('a release as documented', { timeout: 120_000 }, async () => {
  const before = await world.served();
  const left: string[] = [];
  for (const step of workflow.jobs.release.steps) {
    if (step.run === 'npm ci' || FOREIGN.test(step.uses ?? '')) left.push(step.uses ?? step.run ?? '');
    else if (step.run !== undefined) expect([step.run, await inShell(step.run)]).toEqual([step.run, 0]);
    else
      expect(
        await act({ ...step.with, arguments: `${step.with?.['arguments']} --no-latency --no-sequences` }),
      ).toBe(0);
  }
  expect(left).toHaveLength(5);
  const after = await world.served();
  expect(after.canary).toBeUndefined();
  expect(after.deploymentId).not.toBe(before.deploymentId);
  expect(readFileSync(join(world.folder, 'output'), 'utf8')).toBe('outcome=good\n');
  expect(readFileSync(join(world.folder, 'summary.md'), 'utf8')).toContain('promote');
  expect(existsSync(join(world.folder, 'rehearsal-canary.html'))).toBe(true);
  // What the action keeps between jobs is where the journal is.
  expect(existsSync(join(world.folder, `.rehearsal/canary/${world.apiId}/prod.json`))).toBe(true);
});

test('what a job is told when the canary is not promoted', { timeout: 120_000 }, async () => {
  await world.release(10, { backend: '127.0.0.1:1' });
  expect(await act({ stage: 'prod', steps: '50', arguments: '--no-latency' })).toBe(1);
  await world.release(10, { backend: '127.0.0.1:1' });
  expect(await act({ stage: 'prod', steps: '50', arguments: '--max-requests 10' })).toBe(3);
  expect(await act({ stage: 'nowhere' })).toBe(2);
  const outcomes = readFileSync(join(world.folder, 'output'), 'utf8');
  expect(outcomes).toBe('outcome=rolled-back\noutcome=inconclusive\noutcome=unusable\n');
});

test('the outputs of the action are those of its step', () => {
  for (const { value } of Object.values(action.outputs)) {
    const [, id, name] = /^\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}$/.exec(value) ?? [];
    const step = action.runs.steps.find(one => one.id === id);
    expect(step?.run).toContain(`echo "${name}=`);
  }
});
