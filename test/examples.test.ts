import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'node_modules', '.cache', `examples-${process.pid}`);

interface Example {
  readonly file: string;
  readonly code: string;
}

/** The fenced `ts` blocks of a text; inside a docstring each line begins with a star. */
function fenced(file: string, text: string): readonly Example[] {
  const found = text.matchAll(/^( *\* ?)?```ts\n([\s\S]*?)^ *\*? ?```$/gm);
  return [...found].map(match => ({ file, code: (match[2] ?? '').replace(/^ *\* ?/gm, '') }));
}

const sources = globSync('{contract,gateway,mock-server,contract-tests,scripts}/**/*.ts', {
  cwd: root,
}).filter(file => !file.endsWith('.test.ts'));
const pages = globSync('{*.md,docs/**/*.md}', { cwd: root });
const examples = [...sources, ...pages]
  .toSorted()
  .flatMap(file => fenced(file, readFileSync(join(root, file), 'utf8')));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Examples import from the repository's root, or from the package as its users do. */
function relocated(code: string): string {
  const up = relative(folder, root);
  return code
    .replace(/(from\s+')\.\//g, `$1${up}/`)
    .replace(/(from\s+')rehearsal\/config'/g, `$1${up}/scripts/config/config.ts'`)
    .replace(/(from\s+')rehearsal\/fastify'/g, `$1${up}/mock-server/plugin.ts'`)
    .replace(/(from\s+')rehearsal\/msw'/g, `$1${up}/mock-server/msw/handlers.ts'`)
    .replace(/(from\s+')rehearsal\/msw\/text'/g, `$1${up}/mock-server/msw/handlers-from-text.ts'`)
    .replace(/(from\s+')rehearsal'/g, `$1${up}/scripts/index.ts'`);
}

describe('examples', () => {
  test('are found in docstrings and pages', () => {
    expect(examples.length).toBeGreaterThan(15);
    expect(new Set(examples.map(({ file }) => file.split('/')[0])).size).toBeGreaterThan(3);
  });

  test('compile', () => {
    mkdirSync(folder, { recursive: true });
    const names = new Map<string, Example>();
    for (const [index, example] of examples.entries()) {
      const name = `example-${index}.ts`;
      names.set(name, example);
      // A default export cannot be inferred across declarations, which nobody emits here.
      writeFileSync(join(folder, name), `${relocated(example.code)}\nexport {};\n`);
    }
    const config = {
      extends: relative(folder, join(root, 'tsconfig.json')),
      compilerOptions: {
        declaration: false,
        isolatedDeclarations: false,
        noUnusedLocals: false,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: ['*.ts'],
      exclude: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    let output = '';
    try {
      execFileSync(
        process.execPath,
        [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false'],
        { encoding: 'utf8' },
      );
    } catch (error) {
      output = String((error as { stdout?: string }).stdout);
    }
    const told = output
      .split('\n')
      .filter(line => line.includes('error'))
      .map(line =>
        line.replace(/^.*(example-\d+\.ts)/, (_whole, name: string) => `${names.get(name)?.file ?? name} `),
      );
    expect(told).toEqual([]);
  });
});
