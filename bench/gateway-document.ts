/**
 * What does the document for API Gateway cost? CPU and most memory of a process that makes it of GitHub's document, which
 * is refused with the plan of a split, and of one that splits it, beside a process that parses the file and writes it
 * back as JSON; and a hundred small documents in one process beside a process for each.
 *
 *   npm run bench -- gateway-document [runs]
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { githubDocument } from './github-document.ts';
import { median, table } from './report.ts';

const runs = Number(process.argv[2] ?? 3);
const ROOT = join(import.meta.dirname, '..');
const CLI = join(ROOT, 'scripts/rehearsal.js');
const SMALL = join(ROOT, 'test/corpus/museum.yaml');
/** So many processes stand for a hundred, which take ten times as long. */
const SEPARATE = 10;
const DOCUMENTS = 100;

const BARE = `
const fs = require('node:fs');
fs.writeFileSync(process.argv[2], JSON.stringify(JSON.parse(fs.readFileSync(process.argv[1], 'utf8')), null, 2));
`;

const folder = mkdtempSync(join(tmpdir(), 'rehearsal-bench-'));
const books = join(folder, 'usage.json');

/** Writes down at its end what a process used. */
const BOOKS = `data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(books)}, JSON.stringify(process.resourceUsage())));`,
)}`;

interface Used {
  readonly cpu: number;
  readonly megabytes: number;
}

function used(args: readonly string[], exitCode: number): Used {
  const { status, stderr } = spawnSync(process.execPath, ['--import', BOOKS, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== exitCode) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  const usage = JSON.parse(readFileSync(books, 'utf8')) as NodeJS.ResourceUsage;
  return { cpu: (usage.userCPUTime + usage.systemCPUTime) / 1e6, megabytes: usage.maxRSS / 1024 };
}

const github = githubDocument();
const small = Array.from({ length: DOCUMENTS }, (_, index) => join(folder, `small-${index}.yaml`));
for (const file of small) copyFileSync(SMALL, file);
const generate = (files: readonly string[], ...more: readonly string[]): readonly string[] => [
  CLI,
  'generate',
  'gateway',
  ...files,
  '--out',
  join(folder, 'out'),
  '--force',
  ...more,
];

const questions: Readonly<Record<string, () => Used>> = {
  'GitHub, parsed and written': () => used(['-e', BARE, github, join(folder, 'bare.json')], 0),
  'GitHub, refused with a plan': () => used(generate([github]), 2),
  'GitHub, split by tag': () => used(generate([github], '--split', 'tag', '--any-size'), 0),
  [`${DOCUMENTS} small documents, one process`]: () => used(generate(small), 0),
  [`${DOCUMENTS} small documents, a process each`]: () => {
    const each = small.slice(0, SEPARATE).map(file => used(generate([file]), 0));
    return {
      cpu: (each.reduce((sum, { cpu }) => sum + cpu, 0) * DOCUMENTS) / SEPARATE,
      megabytes: Math.max(...each.map(({ megabytes }) => megabytes)),
    };
  },
};

const readings = new Map<string, Used[]>();
for (let run = 0; run < runs; run += 1) {
  for (const [question, ask] of Object.entries(questions)) {
    readings.set(question, [...(readings.get(question) ?? []), ask()]);
  }
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(
  table(
    ['what', 'CPU s', 'most MB'],
    [...readings].map(([question, list]) => [
      question,
      median(list.map(({ cpu }) => cpu)).toFixed(2),
      median(list.map(({ megabytes }) => megabytes)).toFixed(0),
    ]),
  ),
);
