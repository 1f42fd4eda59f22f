import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../scripts/cli.ts';
import type { CommandContext } from '../scripts/command.ts';

const bin = join(import.meta.dirname, '../scripts/rehearsal.js');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-bad-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, text: string | Uint8Array): string => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  return name;
};

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** One command line in this process, everything it says in one text. */
async function rehearse(...args: readonly string[]): Promise<Outcome> {
  let output = '';
  const sink = { write: (text: string) => void (output += text), isTTY: false, columns: 80 };
  const context: CommandContext = {
    cwd: folder,
    env: {},
    stdout: sink,
    stderr: sink,
    config: async () => ({}),
    configFolder: async () => folder,
  };
  return { code: await main(args, context), output };
}

/** The same, as a process of its own. */
function spawned(args: readonly string[], input = ''): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: status ?? -1, output: stdout + stderr };
}

const HEAD = 'openapi: 3.1.1\ninfo: {title: T, version: "1"}\n';
const withSchemas = (yaml: string): string => `${HEAD}paths: {}\ncomponents:\n  schemas:\n    A: ${yaml}\n`;
const bomb = (): string => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let index = 1; index < 12; index += 1)
    lines.push(`a${index}: &a${index} [${Array.from({ length: 10 }, () => `*a${index - 1}`).join(', ')}]`);
  return `${HEAD}paths: {}\n${lines.join('\n')}\n`;
};
const nested = (levels: number): string =>
  `${'{"properties": {"a": '.repeat(levels)}{}${'}}'.repeat(levels)}`;

/** What is wrong, the document, the place and the words that must be told. */
const UNUSABLE: readonly (readonly [what: string, text: string | Uint8Array, told: RegExp])[] = [
  ['broken YAML', `${HEAD}paths:\n  /a: [1, 2\n  /b: {}\n`, /api\.yaml:5:\d+ fatal document-syntax/],
  ['a tab in YAML', `${HEAD}paths:\n\t/a: {}\n`, /api\.yaml:4:1 fatal document-syntax/],
  [
    'keys that stand twice',
    `${HEAD}paths:\n  /a: {}\n  /a: {}\n`,
    /api\.yaml:5:3 fatal document-duplicate-key\n.*"\/a"/,
  ],
  ['an alias bomb', bomb(), /api\.yaml:\d+:\d+ fatal document-alias-bomb/],
  ['200 levels of nesting', withSchemas(nested(100)), /api\.yaml:6:\d+ fatal document-depth\n.*128 levels/],
  [
    '100,000 levels of nesting',
    withSchemas(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    /api\.yaml:6:\d+ fatal document-depth/,
  ],
  [
    'a reference to nothing',
    withSchemas("{$ref: '#/components/schemas/B'}"),
    /api\.yaml:6:15 fatal reference-missing\n.*"#\/components\/schemas\/B"/,
  ],
  [
    'a reference above the folder',
    withSchemas("{$ref: '../secret.yaml'}"),
    /api\.yaml:6:15 fatal reference-outside/,
  ],
  [
    'a reference above the folder, encoded',
    withSchemas("{$ref: './%2e%2e/secret.yaml'}"),
    /api\.yaml:6:15 fatal reference-outside/,
  ],
  [
    'a reference through a symbolic link',
    withSchemas("{$ref: './link.yaml'}"),
    /api\.yaml:6:15 fatal reference-outside/,
  ],
  [
    'a reference to an absolute path',
    withSchemas("{$ref: '/etc/hostname'}"),
    /api\.yaml:6:15 fatal reference-outside/,
  ],
  [
    'a reference to a URL',
    withSchemas("{$ref: 'https://example.com/a.yaml'}"),
    /api\.yaml:6:15 fatal reference-remote\n.*\n[\s\S]*--allow-remote/,
  ],
  [
    'a reference to a missing file',
    withSchemas("{$ref: './none.yaml'}"),
    /api\.yaml:6:15 fatal reference-file\n.*none\.yaml/,
  ],
  [
    'a reference to itself',
    withSchemas("{$ref: '#/components/schemas/A'}"),
    /api\.yaml:6:15 fatal reference-circular/,
  ],
  [
    'a pattern that no engine accepts',
    withSchemas("{type: string, pattern: '([a-z'}"),
    /api\.yaml:6:\d+ fatal pattern-invalid\n.*"\(\[a-z"/,
  ],
  [
    'no OpenAPI at all',
    'name: something\nversion: 1\n',
    /api\.yaml:1:1 fatal document-not-openapi\n.*neither "openapi" nor "swagger"/,
  ],
  ['a list', '- a\n- b\n', /api\.yaml:1:1 fatal document-not-openapi/],
  ['OpenAPI 4.0', 'openapi: 4.0.0\npaths: {}\n', /api\.yaml:1:10 fatal document-version\n.*OpenAPI 4\.0\.0/],
  ['Swagger 1.2', 'swagger: "1.2"\npaths: {}\n', /api\.yaml:1:10 fatal document-version/],
  ['an empty file', '', /api\.yaml:1:1 fatal document-not-openapi\n.*is empty/],
  [
    'a picture',
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff, 0x00),
    /api\.yaml:1:1 fatal document-unreadable\n.*not UTF-8/,
  ],
  ['paths that are a list', `${HEAD}paths: []\n`, /api\.yaml:3:1 fatal document-paths/],
  [
    'two documents in one',
    `${HEAD}paths: {}\n---\n${HEAD}paths: {}\n`,
    /api\.yaml:4:1 fatal document-syntax/,
  ],
];

const quietly = ({ output }: Outcome): void => {
  expect(output).not.toMatch(/^\s+at .*[:(]/m);
  expect(output).not.toContain('fault in rehearsal');
  expect(output).toMatch(/fix: \S|error: /);
};

describe('rehearsal lint of a document that cannot be used', () => {
  it.each(UNUSABLE)('%s', async (_what, text, told) => {
    put('specs/api.yaml', text);
    put('secret.yaml', 'type: string\n');
    symlinkSync('../secret.yaml', join(folder, 'specs/link.yaml'));
    const outcome = await rehearse('lint', 'specs/api.yaml');
    expect(outcome.output).toMatch(told);
    quietly(outcome);
    expect(outcome.code).toBe(2);
    // What a reference was not allowed to read is not shown either.
    expect(outcome.output).not.toContain('type: string\n');
  });

  it.each<[string, readonly string[], RegExp]>([
    ['a missing file', ['none.yaml'], /none\.yaml:1:1 fatal document-not-found\n.*does not exist/],
    [
      'a folder without documents',
      ['empty'],
      /empty:1:1 fatal document-not-found\n.*no OpenAPI document in empty/,
    ],
    ['a pattern without matches', ['*.yml'], /\*\.yml:1:1 fatal document-not-found/],
    [
      'a folder called x.yaml',
      ['x.yaml'],
      /x\.yaml:1:1 fatal document-not-found\n.*no OpenAPI document in x\.yaml/,
    ],
    ['a document of 100 MB', ['big.yaml'], /big\.yaml:1:1 fatal document-unreadable\n.*100 MB/],
    ['a pipe', ['pipe.yaml'], /pipe\.yaml:1:1 fatal document-unreadable\n.*regular file/],
    ['a URL', ['https://example.com/api.yaml'], /fatal reference-remote\n[\s\S]*--allow-remote/],
  ])('%s', async (_what, args, told) => {
    put('empty/readme.md', 'nothing');
    mkdirSync(join(folder, 'x.yaml'));
    execFileSync('truncate', ['-s', '100M', join(folder, 'big.yaml')]);
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
    const outcome = await rehearse('lint', ...args);
    expect(outcome.output).toMatch(told);
    quietly(outcome);
    expect(outcome.code).toBe(2);
  });

  it('without any document', async () => {
    const outcome = await rehearse('lint');
    expect(outcome).toEqual({
      code: 2,
      output:
        'error: No document was named, and there is no folder specs/ here. Name one: rehearsal lint api.yaml\n',
    });
  });

  it('tells all of them at once', async () => {
    put('a.yaml', `${HEAD}paths: {}\npaths: {}\n`);
    put(
      'b.yaml',
      withSchemas(
        "{$ref: '#/no'}\n    B: {$ref: '#/nothing'}\n    C: {type: string, pattern: '('}\n    D: {type: text}",
      ),
    );
    put('c.json', '{"openapi": "3.1.1",}');
    const { code, output } = await rehearse('lint', 'a.yaml', 'none.yaml', 'b.yaml', 'c.json');
    const found = [...output.matchAll(/^(\S+):\d+:\d+ (\w+ [\w-]+)$/gm)].map(
      ([, file, rule]) => `${file} ${rule}`,
    );
    expect(found).toEqual([
      'none.yaml fatal document-not-found',
      'a.yaml fatal document-duplicate-key',
      'b.yaml fatal reference-missing',
      'b.yaml fatal reference-missing',
      'b.yaml fatal pattern-invalid',
      'b.yaml error schema-keyword',
      'c.json fatal document-syntax',
    ]);
    expect(output).toMatch(/6 fatal problems, 1 error in 4 documents\n$/);
    expect(code).toBe(2);
  });
});

describe('rehearsal mock of the same', () => {
  it.each(UNUSABLE.filter(([, , told]) => / document-/.test(told.source)))(
    '%s',
    async (_what, text, told) => {
      put('specs/api.yaml', text);
      const outcome = await rehearse('mock', 'specs/api.yaml', '--port', '0');
      // What is no text at all is refused before there is a problem to show.
      if (typeof text === 'string') expect(outcome.output).toMatch(told);
      quietly(outcome);
      expect(outcome.code).toBe(2);
    },
  );
});

describe.each([
  // Nobody listens on port 1: a request would end with exit code 3.
  ['test', ['test', 'http://127.0.0.1:1', '--spec', 'specs/api.yaml']],
  ['start', ['start', 'specs/api.yaml', '--once']],
])('rehearsal %s of the same sends nothing', (_verb, args) => {
  it.each(UNUSABLE)('%s', async (_what, text, told) => {
    put('specs/api.yaml', text);
    put('secret.yaml', 'type: string\n');
    symlinkSync('../secret.yaml', join(folder, 'specs/link.yaml'));
    const outcome = await rehearse(...args);
    if (typeof text === 'string') expect(outcome.output).toMatch(told);
    quietly(outcome);
    expect(outcome.output).toMatch(/^error: /m);
    expect(outcome.code).toBe(2);
  });
});

describe('what looks bad and is not', () => {
  it('takes names that JavaScript has for itself', async () => {
    put(
      'api.yaml',
      `${HEAD}paths:
  /constructor/{__proto__}:
    get:
      operationId: toString
      parameters: [{name: __proto__, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/__proto__'}, example: {__proto__: {valueOf: 1}}}}}}
components: {schemas: {__proto__: {type: object, required: [__proto__, constructor], properties: {__proto__: {type: object, properties: {valueOf: {type: integer}}}, constructor: {type: string}}}}}
`,
    );
    const { code, output } = await rehearse('lint', 'api.yaml');
    expect(output).toMatch(/error example-invalid\n.*constructor/);
    expect(output).toMatch(/\n1 error in api\.yaml\n$/);
    expect(code).toBe(1);
  });

  it('holds values against a catastrophic pattern at once', async () => {
    put('api.yaml', withSchemas(`{type: string, pattern: '^(a+)+$', example: ${'a'.repeat(5000)}!}`));
    const { code, output } = await rehearse('lint', 'api.yaml');
    expect(output).toMatch(/1 error in api\.yaml\n$/);
    expect(output).toContain('error example-invalid');
    expect(code).toBe(1);
  });

  it('reads a document of many aliases, and one of 60 levels', async () => {
    put(
      'api.yaml',
      `${HEAD}x-base: &base {type: string}\npaths: {}\ncomponents:\n  schemas:\n${Array.from({ length: 5000 }, (_, index) => `    S${index}: *base\n`).join('')}    Deep: ${nested(58)}\n`,
    );
    expect(await rehearse('lint', 'api.yaml')).toEqual({ code: 0, output: 'no problems in api.yaml\n' });
  });

  it('ends on schemas that contain themselves', async () => {
    put(
      'api.yaml',
      withSchemas(
        "{type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}, b: {allOf: [{$ref: '#/components/schemas/A'}]}}}",
      ),
    );
    const { code } = await rehearse('lint', 'api.yaml');
    expect(code).toBe(0);
  });
});

describe('the program itself', () => {
  it('prints the place and ends with 2', () => {
    put('api.yaml', `${HEAD}paths:\n  /a: [\n`);
    const outcome = spawned(['lint', 'api.yaml']);
    expect(outcome.output).toMatch(/^api\.yaml:\d+:\d+ fatal document-syntax\n/);
    quietly(outcome);
    expect(outcome.code).toBe(2);
  });

  it('reads standard input, and says when there is nothing in it', () => {
    expect(spawned(['lint', '-'], `${HEAD}paths: {}\n`)).toEqual({
      code: 0,
      output: 'no problems in <stdin>\n',
    });
    const outcome = spawned(['lint', '-']);
    expect(outcome.output).toMatch(/^<stdin>:1:1 fatal document-not-openapi\n {2}<stdin> is empty\./);
    expect(outcome.code).toBe(2);
  });

  it('ends with 1 for errors, 0 for warnings unless told', () => {
    put('warned.yaml', `${HEAD}paths: {/a: {get: {responses: {'404': {description: x}}}}}\n`);
    expect(spawned(['lint', 'warned.yaml']).code).toBe(0);
    expect(spawned(['lint', 'warned.yaml', '--fail-on', 'warning']).code).toBe(1);
    put('wrong.yaml', `${HEAD}paths: {a: {get: {responses: {'200': {description: x}}}}}\n`);
    const json = spawned(['lint', 'wrong.yaml', '--format', 'json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.output)).toMatchObject({
      documents: ['wrong.yaml'],
      problems: [
        { rule: 'path-template', severity: 'error', file: 'wrong.yaml', line: 3, pointer: '/paths/a' },
      ],
      counts: { fatal: 0, error: 1, warning: 0, note: 0 },
    });
  });
});

describe('options of lint', () => {
  it.each([
    [['--format', 'xml'], 2],
    [['--max-problems', 'many'], 2],
    [['--rule', 'no-such-rule'], 2],
    [['--exclude', 'path-templat'], 2],
  ])('refuses %j', async (args, code) => {
    put('api.yaml', `${HEAD}paths: {}\n`);
    const outcome = await rehearse('lint', 'api.yaml', ...args);
    expect(outcome.code).toBe(code);
    expect(outcome.output).toMatch(/^error: /m);
  });

  it('runs one rule, or all but one', async () => {
    put('api.yaml', `${HEAD}paths: {a: {get: {tags: [x], responses: {'404': {description: x}}}}}\n`);
    const rules = async (...args: string[]): Promise<readonly (string | undefined)[]> =>
      [...(await rehearse('lint', 'api.yaml', ...args)).output.matchAll(/^\S+ \w+ ([a-z-]+)$/gm)].map(
        ([, rule]) => rule,
      );
    expect(await rules()).toEqual(['path-template', 'response-success-missing']);
    expect(await rules('--rule', 'tag-undeclared')).toEqual(['tag-undeclared']);
    expect(await rules('--exclude', 'path-template')).toEqual(['response-success-missing']);
  });
});
