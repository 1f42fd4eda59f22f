/**
 * How long until the first correct answer? CPU (user plus system) and memory of a fresh process of `rehearsal mock`, or of
 * `rehearsal gateway`, at that moment, beside a process that merely reads and parses the same file and starts a bare Fastify.
 *
 *   npm run bench -- cold-start [runs]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { githubDocument } from './github-document.ts';
import { median, table } from './report.ts';

const ROOT = join(import.meta.dirname, '..');
const PETSTORE = join(ROOT, 'test/corpus/swagger-petstore.yaml');

/** Reads and parses a file as JSON where it is JSON, then starts Fastify with one route and says where. */
const BARE = `
const fs = require('node:fs');
const text = fs.readFileSync(process.argv[1], 'utf8');
if (process.argv[1].endsWith('.json')) JSON.parse(text);
const app = require('fastify')();
app.get('/*', async () => ({ ok: true }));
app.listen({ port: 0, host: '127.0.0.1' }).then(url => console.log(JSON.stringify({ event: 'listening', url })));
`;

interface Reading {
  readonly cpu: number;
  readonly rss: number;
}

/** CPU seconds and resident megabytes of a process, from the kernel's own books. */
function readingOf(pid: number): Reading {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return { cpu: ticks / 100, rss: rss / 1024 };
}

async function firstAnswer(args: readonly string[], path: string): Promise<Reading> {
  const child: ChildProcess = spawn(process.execPath, [...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const line = output.split('\n').find(text => text.includes('"listening"'));
        if (line !== undefined) resolve(String((JSON.parse(line) as { url: string }).url));
      });
      child.on('exit', code => reject(new Error(`${args.join(' ')} ended with ${code} before it answered`)));
    });
    const response = await fetch(`${url}${path}`, { headers: { api_key: 'bench' } });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${url}${path} answered ${response.status}`);
    return readingOf(child.pid ?? 0);
  } finally {
    child.kill();
  }
}

/** A document of so many operations, each with a schema of its own. */
function synthetic(operations: number): string {
  const paths: Record<string, object> = {};
  for (let index = 0; index < operations; index += 1) {
    const properties = Object.fromEntries(
      ['id', 'name', 'email', 'createdAt', 'tags'].map(name => [name, { type: 'string' }]),
    );
    const content = { 'application/json': { schema: { type: 'object', required: ['id'], properties } } };
    const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    paths[`/things-${index}/{id}`] = {
      get: { parameters, responses: { 200: { description: 'One', content } } },
    };
  }
  const file = join(mkdtempSync(join(tmpdir(), 'rehearsal-bench-')), `${operations}.json`);
  writeFileSync(
    file,
    JSON.stringify({ openapi: '3.1.1', info: { title: 'Things', version: '1.0.0' }, paths }),
  );
  return file;
}

const runs = Number(process.argv[2] ?? 5);
const mock = (file: string): string[] => ['scripts/rehearsal.js', 'mock', file, '--port', '0', '--json'];
const questions = [
  {
    name: 'gateway',
    file: PETSTORE,
    path: '/restapis',
    limit: (bare: number) => bare + 0.4,
    args: ['scripts/rehearsal.js', 'gateway', '--memory', '--port', '0', '--json'],
  },
  { name: 'petstore', file: PETSTORE, path: '/pet/1', limit: (bare: number) => bare + 0.3 },
  { name: '100 operations', file: synthetic(100), path: '/things-7/1', limit: () => Number.NaN },
  { name: '1,000 operations', file: synthetic(1000), path: '/things-7/1', limit: () => Number.NaN },
  {
    name: 'GitHub, 13 MB',
    file: githubDocument(),
    path: '/repos/octocat/hello-world',
    limit: (bare: number) => 1.2 * bare + 0.4,
  },
];

const rows: string[][] = [];
for (const { name, file, path, limit, args = mock(file) } of questions) {
  const ours: Reading[] = [];
  const bare: Reading[] = [];
  for (let run = 0; run < runs; run += 1) {
    ours.push(await firstAnswer(args, path));
    bare.push(await firstAnswer(['-e', BARE, file], '/'));
  }
  const cpu = median(ours.map(reading => reading.cpu));
  const bareCpu = median(bare.map(reading => reading.cpu));
  rows.push([
    name,
    cpu.toFixed(2),
    bareCpu.toFixed(2),
    (cpu / bareCpu).toFixed(2),
    Number.isNaN(limit(bareCpu)) ? '' : limit(bareCpu).toFixed(2),
    median(ours.map(reading => reading.rss)).toFixed(0),
    median(bare.map(reading => reading.rss)).toFixed(0),
  ]);
}
process.stdout.write(
  table(['served', 'CPU s', 'bare CPU s', 'ratio', 'limit CPU s', 'RSS MB', 'bare RSS MB'], rows),
);
