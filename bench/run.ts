/** `npm run bench -- NAME [ARGUMENT ...]` runs one bench; without a name it says which there are. */
import { readdirSync } from 'node:fs';

const NOT_BENCHES = new Set([
  'run.ts',
  'report.ts',
  'github-document.ts',
  'load.ts',
  'processes.ts',
  'mock-questions.ts',
  'mock-server-process.ts',
  'gateway-process.ts',
  'gateway-questions.ts',
  'gateway-server-process.ts',
]);
const names = readdirSync(import.meta.dirname)
  .filter(file => file.endsWith('.ts') && !NOT_BENCHES.has(file))
  .map(file => file.slice(0, -'.ts'.length));
const name = process.argv[2];

if (name !== undefined && names.includes(name)) {
  process.argv.splice(2, 1);
  await import(`./${name}.ts`);
} else {
  process.stderr.write(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}\n`);
  process.exitCode = 2;
}
