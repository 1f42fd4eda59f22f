/**
 * Records what Java and commons-lang 2.6 make of texts, into `java-17.jsonl`. Needs a JDK and the Debian packages
 * libcommons-lang-java and libjson-smart-java; the tests need neither.
 *
 *     node_modules/.bin/node gateway/vtl/variables/recorded/record.fixture.ts
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const JARS = ['commons-lang', 'json-smart', 'accessors-smart', 'asm'];

const range = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => String.fromCharCode(from + at)).join('');

const TEXTS: readonly string[] = [
  '',
  ...[
    'a',
    'b c',
    "it's",
    '"quoted"',
    'a\\b',
    '</script>',
    '{"some": "value"}',
    '100%',
    'a+b',
    'ä',
    '日本',
    '\u{1F600}',
  ],
  ...[
    '\n\r\t\b\f\v\0',
    'a=b&c=d',
    '~!*()-._',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\uffff',
    'e\u0301',
    "\\'",
    '\\u0041',
    '/',
  ],
  ...[range(0, 0x20), range(0x20, 0x7f), range(0x7f, 0x100), range(0x100, 0x180), range(0x0ff0, 0x1010)],
];
const DECODED: readonly string[] = [
  ...[
    '%41',
    '%C3%A4',
    '%c3%a4',
    '%F0%9F%98%80',
    '%E4',
    '%C3',
    '%C3%28',
    '%FF%FE',
    '%ED%A0%80',
    'a+b%2Bc',
    '%',
    '%4',
    'a%',
    '%zz',
  ],
  ...[
    '%4z',
    '%-1',
    '%+1',
    '% 1',
    '%20%',
    '%00',
    'ä%C3%A4',
    '%u0041',
    '%7B%22some%22%3A+%22value%22%7D',
    '%C3%A4%C3',
    '+',
    '%E2%82',
    '%41%',
  ],
];
const BASE64: readonly string[] = [
  'YQ==',
  'YWI=',
  'YWJj',
  '/+8=',
  'w6Q=',
  '8J+YgA==',
  '4oKs',
  '',
  'YWJjZA==',
  '/w==',
  'YWI',
  'YQ',
];

const random = fc.sample(fc.string({ unit: 'grapheme', maxLength: 12 }), { numRuns: 150, seed: 20 });
const asked = [
  ...['escapeJavaScript', 'urlEncode', 'base64Encode', 'urlDecode'].flatMap(act =>
    [...TEXTS, ...random].map(text => ({ act, text })),
  ),
  ...DECODED.map(text => ({ act: 'urlDecode', text })),
  ...BASE64.map(text => ({ act: 'base64Decode', text })),
];
const here = import.meta.dirname;
const { stdout, stderr, status } = spawnSync(
  'java',
  ['-cp', JARS.map(jar => `/usr/share/java/${jar}.jar`).join(':'), join(here, 'encode-texts.java')],
  {
    input: asked.map(question => `${JSON.stringify(question)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1e8,
  },
);
if (status !== 0) throw new Error(stderr);
const answers = stdout.trimEnd().split('\n');
if (answers.length !== asked.length) throw new Error(`${asked.length} questions, ${answers.length} answers`);
const lines = asked.map((question, at) =>
  JSON.stringify({ ...question, ...(JSON.parse(answers[at] ?? '') as object) }),
);
writeFileSync(join(here, 'java-17.jsonl'), `${lines.join('\n')}\n`);
