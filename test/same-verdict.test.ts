import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byRun, type Subject, subjects } from './verdict-subjects.ts';
import type { CaseState, FileOutcomes } from './vitest-outcomes.ts';

const root = join(import.meta.dirname, '..');

let folder: string;

function wordOfState({ state, note, message }: CaseState): string {
  if (state !== 'failed') return state === 'skipped' ? note : state;
  const [first = ''] = message.split('\n');
  if (first.startsWith('could not judge: ')) return first.replace('could not judge', 'unanswered');
  return `failed: ${[...message.matchAll(/(?<=^|\n\n)([a-z-]+): /g)].map(([, check]) => check).join(', ')}`;
}

/** All subjects in one run of vitest, a file for each. */
async function byVitest(all: readonly Subject[], shard?: string): Promise<ReadonlyMap<string, FileOutcomes>> {
  const servers = await Promise.all(all.map(({ start }) => start()));
  const files = mkdtempSync(join(folder, 'files-'));
  try {
    const stages = JSON.stringify(
      Object.fromEntries(all.map(({ name }, index) => [name, servers[index]?.url])),
    );
    for (const [index, { name, spec, credentials }] of all.entries()) {
      const options = { name, spec, concurrent: false };
      writeFileSync(
        join(files, `${index}.test.ts`),
        `import { contractTests } from '${pathToFileURL(join(root, 'scripts/vitest.ts'))}';
const credentials = ${JSON.stringify(Object.fromEntries(credentials))};
await contractTests({ ...${JSON.stringify(options)}, hooks: { beforeRun: () => ({ credentials }) } });
`,
      );
    }
    const words = [
      join(root, 'test/vitest-outcomes.ts'),
      files,
      stages,
      ...(shard === undefined ? [] : [shard]),
    ];
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise<number | null>(resolve => child.on('close', resolve));
    expect([code, stderr.replace(/^note: .*\n/gm, '')]).toEqual([0, '']);
    const outcomes = JSON.parse(stdout) as Readonly<Record<string, FileOutcomes>>;
    return new Map(
      Object.entries(outcomes).map(([file, outcomes]) => [
        all[Number.parseInt(file, 10)]?.name ?? file,
        outcomes,
      ]),
    );
  } finally {
    await Promise.all(servers.map(server => server.close()));
  }
}

let all: readonly Subject[] = [];
let files: ReadonlyMap<string, FileOutcomes> = new Map();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-verdict-'));
  all = subjects(folder);
  files = await byVitest(all);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('rehearsal test and vitest say the same of every case', () => {
  test('there is something to compare', () => {
    expect(all.length).toBeGreaterThan(15);
    expect([...files.keys()].toSorted()).toEqual(all.map(({ name }) => name).toSorted());
  });

  test('on every server, whole or with a fault', async () => {
    const words = new Set<string>();
    for (const subject of all) {
      const judged = await byRun(subject);
      const outcomes = files.get(subject.name) ?? { cases: [], errors: [] };
      // A sequence of which no step was sent is skipped here, and only counted there.
      const sent = outcomes.cases.filter(
        ({ case: id, note }) => !note.startsWith(id) && note !== 'no step could be made',
      );
      const cases = Object.fromEntries(sent.map(state => [state.case, wordOfState(state)]));
      expect(cases, subject.name).toEqual(judged.cases);
      const good = outcomes.errors.length === 0 && outcomes.cases.every(({ state }) => state !== 'failed');
      expect(good, `${subject.name}: ${outcomes.errors.join(' ')}`).toBe(judged.kept);
      for (const word of Object.values(judged.cases)) words.add(word.split(':')[0] ?? '');
    }
    expect([...words].toSorted()).toEqual(['failed', 'not judged', 'passed', 'unanswered']);
  }, 300_000);

  test('a file of which nothing could be judged fails, although its tests are skipped', () => {
    expect(files.get('pets: answers nobody')?.errors).toEqual([
      expect.stringMatching(/^could not judge: Not one valid request succeeded/),
    ]);
  });
});

test('shards have all cases between them, and none twice', async () => {
  const some = all.slice(0, 3);
  const seen: string[] = [];
  for (const shard of ['1/2', '2/2']) {
    for (const [name, { cases }] of await byVitest(some, shard))
      seen.push(...cases.map(({ case: id }) => `${name} ${id}`));
  }
  const whole = some.flatMap(
    ({ name }) => files.get(name)?.cases.map(({ case: id }) => `${name} ${id}`) ?? [],
  );
  expect(seen.toSorted()).toEqual(whole.toSorted());
}, 300_000);
