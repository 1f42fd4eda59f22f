/**
 * `node test/velocity/record-back-ends.ts [JAR…]` renders the templates of `back-end-templates.ts` with Apache Velocity 1.7
 * and writes what came out to `generated/recorded-back-ends.json`. Needs what `record.ts` needs.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { backEndTemplates, digest } from './back-end-templates.ts';

const DEBIAN = ['velocity', 'commons-lang', 'commons-collections3'].map(
  name => `/usr/share/java/${name}.jar`,
);
const jars = process.argv.length > 2 ? process.argv.slice(2) : DEBIAN;
const list = backEndTemplates();
const base64 = (text: string): string => `=${Buffer.from(text).toString('base64')}`;
const java = spawnSync(
  'java',
  ['-cp', jars.join(delimiter), join(import.meta.dirname, 'RecordBackEnds.java')],
  {
    input: list
      .map(({ template, body, values }) =>
        [template, body, ...values.flatMap(({ place, name, value }) => [place, name, value])]
          .map(base64)
          .join(' '),
      )
      .map(line => `${line}\n`)
      .join(''),
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['pipe', 'pipe', 'inherit'],
  },
);
const lines = java.stdout.trim().split('\n');
if (java.status !== 0 || lines.length !== list.length) {
  throw new Error(`${lines.length} of ${list.length} templates were rendered.`);
}
const rows = list.map(({ name, template }, index) => ({
  name,
  template: digest(template),
  output: Buffer.from((lines[index] ?? '').slice(1), 'base64').toString(),
}));
writeFileSync(
  join(import.meta.dirname, 'generated', 'recorded-back-ends.json'),
  `[\n${rows.map(row => JSON.stringify(row)).join(',\n')}\n]\n`,
);
