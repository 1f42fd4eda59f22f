/**
 * Records what Jayway JsonPath answers to the paths of `paths.fixture.ts` and to generated ones, into
 * `jayway-2.0.0.jsonl`. Needs a JDK and the Debian packages libjsonpath-java and libjson-smart-java; the tests need
 * neither.
 *
 *     node_modules/.bin/node gateway/vtl/json-path/recorded/record.fixture.ts
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedQuestions, type Question } from './generated.fixture.ts';
import { DOCUMENTS, PATHS } from './paths.fixture.ts';

const JARS = ['json-path', 'json-smart', 'accessors-smart', 'asm', 'slf4j-api', 'slf4j-nop'];

const here = import.meta.dirname;
const asked: readonly Question[] = [
  ...Object.entries(PATHS).flatMap(([name, paths]) =>
    paths.map(path => ({ document: DOCUMENTS[name] ?? '', path })),
  ),
  ...generatedQuestions(1000, 20),
];
const { stdout, stderr, status } = spawnSync(
  'java',
  ['-cp', JARS.map(jar => `/usr/share/java/${jar}.jar`).join(':'), join(here, 'read-paths.java')],
  {
    input: asked.map(question => `${JSON.stringify(question)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1e8,
  },
);
if (status !== 0) throw new Error(stderr);
const answers = stdout.trimEnd().split('\n');
if (answers.length !== asked.length) throw new Error(`${asked.length} questions, ${answers.length} answers`);

/** A document stands once, before the first question about it. */
const lines: string[] = [];
let last = '';
for (const [index, { document, path }] of asked.entries()) {
  if (document !== last) lines.push(JSON.stringify({ document }));
  last = document;
  lines.push(JSON.stringify({ path, ...(JSON.parse(answers[index] ?? '') as object) }));
}
writeFileSync(join(here, 'jayway-2.0.0.jsonl'), `${lines.join('\n')}\n`);
