/**
 * `node test/velocity/record.ts [JAR…]` renders every template with Apache Velocity 1.7 and writes what came out to
 * `generated/recorded.json`, which the tests compare with. Needs a JDK and the jars of Velocity, of Commons Lang 2 and
 * of Commons Collections 3; Debian's packages are found without naming them.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { callTemplates } from './calls.ts';
import { generatedTemplates } from './grammar.ts';
import { mutatedTemplates } from './mutated.ts';
import { writtenTemplates } from './templates.ts';

const DEBIAN = ['velocity', 'commons-lang', 'commons-collections3'].map(
  name => `/usr/share/java/${name}.jar`,
);
const SEED = 17;
const COUNT = 800;

/** What tells its address is another text each time. */
const ADDRESS = /@[0-9a-f]{5,8}\b/;

const jars = process.argv.length > 2 ? process.argv.slice(2) : DEBIAN;
const templates = [
  ...writtenTemplates(),
  ...generatedTemplates(SEED, COUNT).map(template => ({ topic: 'generated', template })),
  ...callTemplates(SEED, COUNT).map(template => ({ topic: 'calls', template })),
  ...mutatedTemplates(SEED, COUNT).map(template => ({ topic: 'mutated', template })),
];
const java = spawnSync('java', ['-cp', jars.join(delimiter), join(import.meta.dirname, 'Record.java')], {
  input: templates.map(({ template }) => `${Buffer.from(template).toString('base64')}\n`).join(''),
  encoding: 'utf8',
  maxBuffer: 1e9,
  stdio: ['pipe', 'pipe', 'inherit'],
});
const lines = java.stdout.trim().split('\n');
if (java.status !== 0 || lines.length !== templates.length) {
  throw new Error(`${lines.length} of ${templates.length} templates were rendered.`);
}
const recorded = templates.map((one, index) => {
  const line = lines[index] ?? '';
  return line.startsWith('=')
    ? { ...one, output: Buffer.from(line.slice(2), 'base64').toString() }
    : { ...one, error: line.slice(2) };
});
const folder = join(import.meta.dirname, 'generated');
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, 'recorded.json'),
  `[\n${recorded
    .filter(one => !('output' in one && ADDRESS.test(one.output)))
    .map(one => JSON.stringify(one))
    .join(',\n')}\n]\n`,
);
