import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { breaches, type Import, importsOf, type Tree } from './import-law.ts';

const root = join(import.meta.dirname, '..');

/** A tree in which the given files import the given others. */
function treeOf(files: Readonly<Record<string, readonly string[]>>): Tree {
  const tree = new Map<string, string>();
  for (const [path, targets] of Object.entries(files)) {
    tree.set(path, targets.map((target, index) => `import { x${index} } from '${target}';`).join('\n'));
  }
  return tree;
}

/** Each tree breaks exactly one rule. */
const BAD: readonly (readonly [sentence: string, files: Readonly<Record<string, readonly string[]>>])[] = [
  [
    'contract/model.ts imports mock-server/a.ts: imports run downwards only.',
    { 'contract/model.ts': ['../mock-server/a.ts'], 'mock-server/a.ts': [] },
  ],
  [
    'contract/json/a.ts imports contract/model.ts: imports run downwards only.',
    { 'contract/json/a.ts': ['../model.ts'], 'contract/model.ts': [] },
  ],
  [
    'contract/plan/a.ts imports contract/exchange.ts: imports run downwards only.',
    { 'contract/plan/a.ts': ['../exchange.ts'], 'contract/exchange.ts': [] },
  ],
  [
    'scripts/a.ts imports test/b.ts: imports run downwards only.',
    { 'scripts/a.ts': ['../test/b.ts'], 'test/b.ts': [] },
  ],
  [
    'mock-server/a.ts imports gateway/b.ts: rooms of one floor never import each other.',
    { 'mock-server/a.ts': ['../gateway/b.ts'], 'gateway/b.ts': [] },
  ],
  [
    'contract/schema/a.ts imports contract/build/b.ts: rooms of one floor never import each other.',
    { 'contract/schema/a.ts': ['../build/b.ts'], 'contract/build/b.ts': [] },
  ],
  [
    'contract/lint/a.ts imports contract/load/b.ts: rooms of one floor never import each other.',
    { 'contract/lint/a.ts': ['../load/b.ts'], 'contract/load/b.ts': [] },
  ],
  [
    'the local gateway knows only errors, the document reader and patterns.',
    { 'gateway/local/a.ts': ['../../contract/model.ts'], 'contract/model.ts': [] },
  ],
  [
    'the local gateway runs what is emitted and never sees the emitter.',
    { 'gateway/local/a.ts': ['../document.ts'], 'gateway/document.ts': [] },
  ],
  [
    'mapping templates know only errors, sources, JSON and patterns.',
    { 'gateway/vtl/a.ts': ['../../contract/problem.ts'], 'contract/problem.ts': [] },
  ],
  [
    'mapping templates know nothing of the gateway.',
    { 'gateway/vtl/a.ts': ['../local/b.ts'], 'gateway/local/b.ts': [] },
  ],
  [
    'providers of stages know only errors and JSON.',
    { 'gateway/stages/a.ts': ['../../contract/model.ts'], 'contract/model.ts': [] },
  ],
  [
    'providers of stages know nothing of the rest of the gateway.',
    { 'gateway/stages/a.ts': ['../local/b.ts'], 'gateway/local/b.ts': [] },
  ],
  [
    'of the gateway it may see only gateway/stages/stage.ts.',
    { 'contract-tests/a.ts': ['../gateway/document.ts'], 'gateway/document.ts': [] },
  ],
  [
    'contract/checks/a.ts imports contract/plan/b.ts: a check never sees a plan.',
    { 'contract/checks/a.ts': ['../plan/b.ts'], 'contract/plan/b.ts': [] },
  ],
  [
    'contract/checks/a.ts imports contract/checks/b.ts: a check never sees another check.',
    {
      'contract/checks/a.ts': ['./b.ts'],
      'contract/checks/b.ts': [],
      'contract/checks/index.ts': ['./a.ts', './b.ts'],
    },
  ],
  [
    'contract/schema/a.ts reaches node:fs by way of contract/schema/a.ts, but must run in a browser.',
    { 'contract/schema/a.ts': ['node:fs'] },
  ],
  [
    'contract/read.ts reaches path by way of contract/document/b.ts, but must run in a browser.',
    { 'contract/read.ts': ['./document/b.ts'], 'contract/document/b.ts': ['path'] },
  ],
  [
    'mock-server/answer.ts reaches fastify by way of mock-server/answer.ts, but must run in a browser.',
    { 'mock-server/answer.ts': ['fastify'] },
  ],
  [
    'contract/schema/a.ts imports yaml, which is for contract/document/ and scripts/config/',
    { 'contract/schema/a.ts': ['yaml'] },
  ],
  [
    'scripts/a.ts imports @left/pad, a package without a line in test/import-law.ts.',
    { 'scripts/a.ts': ['@left/pad/now'] },
  ],
  [
    'in a circle: contract/json/a.ts -> contract/json/b.ts -> contract/json/c.ts -> contract/json/a.ts.',
    { 'contract/json/a.ts': ['./b.ts'], 'contract/json/b.ts': ['./c.ts'], 'contract/json/c.ts': ['./a.ts'] },
  ],
  [
    'contract/json/a.ts imports the test contract/json/b.test.ts.',
    { 'contract/json/a.ts': ['./b.test.ts'], 'contract/json/b.test.ts': [] },
  ],
  [
    'contract/json/a.ts imports the test contract/json/b.fixture.ts.',
    { 'contract/json/a.ts': ['./b.fixture.ts'], 'contract/json/b.fixture.ts': [] },
  ],
  [
    'contract/json/a.test.ts imports mock-server/b.ts: a test beside a file sees its own room and what is below.',
    { 'contract/json/a.test.ts': ['../../mock-server/b.ts'], 'mock-server/b.ts': [] },
  ],
  [
    'mock-server/a.test.ts imports postman/b.ts: a test beside a file sees its own room and what is below.',
    { 'mock-server/a.test.ts': ['../postman/b.ts'], 'postman/b.ts': [] },
  ],
  [
    'contract/lint/rules/a.ts imports contract/lint/index.ts, the index of its own room.',
    { 'contract/lint/rules/a.ts': ['../index.ts'], 'contract/lint/index.ts': [] },
  ],
  [
    'contract-tests/run.ts imports contract-tests/index.ts, the index of its own room.',
    { 'contract-tests/run.ts': ['./index.ts'], 'contract-tests/index.ts': [] },
  ],
  ['lib/a.ts stands in no room of the house.', { 'lib/a.ts': ['node:fs'] }],
  ['contract/a.ts stands in no room of the house.', { 'contract/a.ts': ['node:fs'] }],
  [
    'contract/json/a.ts imports contract/json/gone.ts, which does not exist.',
    { 'contract/json/a.ts': ['./gone.ts'] },
  ],
  ['contract/utils.ts: "utils" says nothing', { 'contract/utils.ts': [] }],
  ['contract/common/a.ts: "common" says nothing', { 'contract/common/a.ts': [] }],
  [
    'contract/json/text-helpers.test.ts: "text-helpers" says nothing',
    { 'contract/json/text-helpers.test.ts': [] },
  ],
  ['contract/json/parseJson.ts: "parseJson" is not kebab-case.', { 'contract/json/parseJson.ts': [] }],
  [
    'contract/json/parse_json.test.ts: "parse_json" is not kebab-case.',
    { 'contract/json/parse_json.test.ts': [] },
  ],
];

describe('a bad tree breaks exactly the rule it is made for', () => {
  test.each(BAD)('%s', (sentence, files) => {
    expect(breaches(treeOf(files))).toEqual([expect.stringContaining(sentence)]);
  });

  test('Node globals in a browser-safe file', () => {
    const file = (text: string): Tree => new Map([['contract/json/a.ts', text]]);
    expect(breaches(file('const a = Buffer.from(text);'))).toEqual([
      'contract/json/a.ts uses Buffer, but must run in a browser.',
    ]);
    expect(
      breaches(file('// Buffer.from\nconst a = the.process.id + a.require(b) + "process.env";')),
    ).toEqual([]);
  });

  test('a long file without a reason', () => {
    const file = (opening: string): Tree =>
      new Map([['contract/json/a.ts', `${opening}${'x;\n'.repeat(400)}`]]);
    expect(breaches(file('/** All of it. */\n'))).toEqual([expect.stringContaining('more than 400 lines')]);
    expect(breaches(file('/**\n * All of it. Long\n * because the grammar is one. */\n'))).toEqual([]);
    expect(breaches(file(''))).toEqual([]);
  });
});

test('a lawful tree breaks nothing', () => {
  const lawful = {
    'bench/a.ts': ['../test/b.ts', '../scripts/cli.ts'],
    'contract-tests/a.ts': ['../gateway/stages/stage.ts', '../contract/checks/index.ts'],
    'contract-tests/a.test.ts': ['../mock-server/a.ts', '../test/b.ts', 'left-pad'],
    'contract/checks/a.ts': ['./check.ts', './shared-by-checks.ts', '../exchange.ts'],
    'contract/checks/check.ts': [],
    'contract/checks/index.ts': ['./a.ts'],
    'contract/checks/shared-by-checks.ts': [],
    'contract/exchange.ts': ['./plan/case.ts'],
    'contract/json/value.fixture.ts': ['./value.ts'],
    'contract/json/value.test.ts': ['./value.fixture.ts', '../read.ts', 'node:fs', 'vitest'],
    'contract/json/value.ts': [],
    'contract/model.ts': ['./json/value.ts'],
    'contract/plan/case.ts': ['../model.ts'],
    'contract/read.ts': ['./model.ts'],
    'gateway/local/a.ts': ['../../contract/errors.ts', '../vtl/c.ts', './b.ts'],
    'gateway/vtl/c.ts': ['../../contract/errors.ts'],
    'contract/errors.ts': [],
    'gateway/local/b.ts': [],
    'gateway/stages/stage.ts': [],
    'mock-server/a.ts': ['../contract/model.ts', 'fastify', 'node:http'],
    'scripts/cli.ts': ['commander', './commands/start.ts'],
    'scripts/commands/start.ts': ['../../contract-tests/a.ts'],
    'test/b.ts': ['../scripts/cli.ts', 'left-pad'],
  };
  expect(breaches(treeOf(lawful))).toEqual([]);
});

test('types alone reach nothing in a browser, yet count for the floors', () => {
  const tree = (statement: string): Tree =>
    new Map([
      ['contract/read.ts', statement],
      ['contract/document/b.ts', "import 'node:fs';"],
      ['contract/load/c.ts', ''],
    ]);
  expect(breaches(tree("import { type B } from './document/b.ts';"))).toHaveLength(1);
  expect(breaches(tree("import type { B } from './document/b.ts';"))).toEqual([]);
  expect(breaches(tree("import type { C } from './load/c.ts';"))).toHaveLength(1);
});

test('imports are found in every form, and not in comments', () => {
  const text = [
    "import type { A } from './a.ts';",
    "export { B } from './b.ts';",
    "import './c.ts';",
    "const d = await import('./d.ts');",
    'import {',
    '  e,',
    '  type F,',
    '} from "./e.ts";',
    "export type * from './f.ts';",
    "export const from = (text: string) => text.includes('from');",
    "/** import { X } from './x.ts'; */",
    "// import { X } from './x.ts';",
    "const text = `'",
    "import { X } from './x.ts';",
    "`; const quote = /['`\"]/; // it's",
    "  const g = () => import('./g.ts').then(module => module.g);",
  ].join('\n');
  const short = ({ to, typeOnly, dynamic }: Import): string =>
    [to, ...(typeOnly ? ['type'] : []), ...(dynamic ? ['dynamic'] : [])].join(' ');
  expect(importsOf('contract/x.ts', text).map(short)).toEqual([
    'contract/a.ts type',
    'contract/b.ts',
    'contract/c.ts',
    'contract/d.ts dynamic',
    'contract/e.ts',
    'contract/f.ts type',
    'contract/g.ts dynamic',
  ]);
});

test('the house keeps the rules', () => {
  const rooms =
    '{contract,gateway,mock-server,postman,contract-tests,workbench,scripts,test,bench}/**/*.{ts,js}';
  const paths = [...globSync(rooms, { cwd: root }), ...globSync('*.ts', { cwd: root })].filter(
    path => !/node_modules|\/generated\//.test(path),
  );
  expect(paths.length).toBeGreaterThan(100);
  const tree = new Map(
    paths.map(path => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]),
  );
  expect(breaches(tree)).toEqual([]);
});
