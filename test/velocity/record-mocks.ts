/**
 * `node test/velocity/record-mocks.ts [JAR…]` renders the templates of mock integrations with Apache Velocity 1.7 and
 * writes what came out to `generated/recorded-mocks.json`. Needs what `record.ts` needs.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { digest, mockTemplates } from './mock-templates.ts';

const DEBIAN = ['velocity', 'commons-lang', 'commons-collections3'].map(
  name => `/usr/share/java/${name}.jar`,
);
const jars = process.argv.length > 2 ? process.argv.slice(2) : DEBIAN;
const list = mockTemplates();
const base64 = (text: string | undefined): string =>
  text === undefined ? '-' : Buffer.from(text).toString('base64');
const java = spawnSync('java', ['-cp', jars.join(delimiter), join(import.meta.dirname, 'RecordMocks.java')], {
  input: list
    .map(({ template, wishes: { prefer, code, example } }) =>
      [template, prefer, code, example].map(base64).join(' '),
    )
    .map(line => `${line}\n`)
    .join(''),
  encoding: 'utf8',
  maxBuffer: 1e9,
  stdio: ['pipe', 'pipe', 'inherit'],
});
const lines = java.stdout.trim().split('\n');
if (java.status !== 0 || lines.length !== list.length) {
  throw new Error(`${lines.length} of ${list.length} templates were rendered.`);
}
const text = (encoded = ''): string => Buffer.from(encoded.slice(1), 'base64').toString();
// Bodies are as long as examples are; what is long is kept as its digest.
const short = (output: string): string => (output.length > 120 ? `sha256 ${digest(output)}` : output);
const rows = list.map(({ name, template, wishes }, index) => {
  const [output, status, headers] = (lines[index] ?? '').split(' ');
  return {
    name,
    template: digest(template),
    wishes,
    output: short(text(output)),
    ...(status === '-' ? {} : { status: Number(status) }),
    ...(headers === '=' ? {} : { headers: text(headers) }),
  };
});
writeFileSync(
  join(import.meta.dirname, 'generated', 'recorded-mocks.json'),
  `[\n${rows.map(row => JSON.stringify(row)).join(',\n')}\n]\n`,
);
