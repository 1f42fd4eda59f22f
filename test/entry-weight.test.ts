import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { codeOf, importsOf, isNodeBuiltIn } from './import-law.ts';

const root = join(import.meta.dirname, '..');

interface Entry {
  /** The packages it may load. */
  readonly packages: readonly string[];
  /** What its own sources may weigh in bytes: types and comments gone, gzipped. Packages come on top. */
  readonly budget: number;
}

/** What a page loads, by entry. A budget is what was measured, and about a quarter more for growth. */
const ENTRIES: Readonly<Record<string, Entry>> = {
  'contract/read.ts': { packages: ['yaml'], budget: 25_000 },
  'contract/schema/validate.ts': { packages: [], budget: 28_000 },
  'contract/schema/sample.ts': { packages: [], budget: 58_000 },
  'contract/checks/index.ts': { packages: [], budget: 88_000 },
  'contract/plan/mock-plan.ts': { packages: [], budget: 92_000 },
  'contract/plan/case-plan.ts': { packages: [], budget: 110_000 },
  'contract/sequences/sequence-plan.ts': { packages: [], budget: 129_000 },
  'gateway/vtl/index.ts': { packages: [], budget: 58_000 },
  'mock-server/answer.ts': { packages: [], budget: 100_000 },
  'mock-server/msw/handlers.ts': { packages: ['msw'], budget: 115_000 },
  'mock-server/msw/handlers-from-text.ts': { packages: ['msw', 'yaml'], budget: 120_000 },
};

interface Reach {
  /** Every file, with what is left of it to run. */
  readonly files: ReadonlyMap<string, string>;
  readonly packages: ReadonlySet<string>;
}

/** What an entry loads, and what that loads in turn. Types weigh nothing: they are gone before a browser sees them. */
function reachOf(entry: string): Reach {
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    const text = readFileSync(join(root, path), 'utf8');
    files.set(path, codeOf(stripTypeScriptTypes(text)).replace(/\s+/g, ' '));
    for (const { to, bare, typeOnly } of importsOf(path, text)) {
      if (typeOnly) continue;
      if (bare) packages.add(to);
      else visit(to);
    }
  };
  visit(entry);
  return { files, packages };
}

function weightOf({ files }: Reach): number {
  return gzipSync([...files.values()].join('')).length;
}

describe('what a browser loads with', () => {
  for (const [entry, { packages, budget }] of Object.entries(ENTRIES)) {
    test(`${entry}: no Node built-in, ${packages.join(' and ') || 'no package'}`, () => {
      const reach = reachOf(entry);
      expect([...reach.packages].filter(isNodeBuiltIn)).toEqual([]);
      expect([...reach.packages].toSorted()).toEqual(packages);
    });

    test(`${entry}: at most ${Math.round(budget / 1000)} kB`, () => {
      const reach = reachOf(entry);
      const longest = [...reach.files].toSorted(([, a], [, b]) => b.length - a.length).slice(0, 5);
      const sentence = `${weightOf(reach)} bytes in ${reach.files.size} files, the longest ${longest.map(([path]) => path).join(', ')}`;
      expect(weightOf(reach), sentence).toBeLessThanOrEqual(budget);
    });
  }
});

test("AWS's client is loaded by the stages alone, and only when one is opened", () => {
  const loading = sourcesOf('.').flatMap(path => importsOf(path, readFileSync(join(root, path), 'utf8')));
  const sdk = loading.filter(({ to, typeOnly }) => to.startsWith('@aws-sdk/') && !typeOnly);
  expect(sdk.map(({ from, dynamic }) => ({ from, dynamic }))).toEqual([
    { from: 'gateway/stages/cloudwatch-access-log.ts', dynamic: true },
    { from: 'gateway/stages/control-plane.ts', dynamic: true },
  ]);
});

/** Everything that is published. */
function sourcesOf(folder: string): readonly string[] {
  const outside = new Set(['node_modules', 'test', 'bench', 'docs', 'dist']);
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || outside.has(path) ? [] : sourcesOf(path);
    return /(?<!\.(test|fixture|d))\.ts$/.test(path) ? [path] : [];
  });
}

describe('the measure itself', () => {
  test('sees through files to built-ins', () => {
    expect([...reachOf('contract/load/load-contracts.ts').packages].filter(isNodeBuiltIn)).not.toEqual([]);
  });

  test('grows with what is imported', () => {
    expect(weightOf(reachOf('contract/read.ts'))).toBeGreaterThan(
      weightOf(reachOf('contract/document/parse-document.ts')),
    );
  });
});
