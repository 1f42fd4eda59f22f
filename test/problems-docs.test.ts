import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROBLEM_RULES } from '../contract/lint/problem-rules.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/reference/problems.md'), 'utf8');

/** Every string that stands after `rule:` in code that reports, whatever expression it is part of. */
function reportedRules(): ReadonlySet<string> {
  const found = new Set<string>();
  const files = globSync('{contract,mock-server,contract-tests,scripts}/**/*.ts', { cwd: root });
  for (const file of files) {
    // What is checked of an exchange are failures; what a mock refuses are faults on the wire.
    if (/\.test\.ts$/.test(file) || /^contract\/checks\//.test(file)) continue;
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, expression = ''] of text.matchAll(/\brule:\s*([^,;{}]*)/g)) {
      for (const [, name = ''] of expression.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)) found.add(name);
    }
  }
  return found;
}

describe('docs/reference/problems.md', () => {
  const reported = reportedRules();
  const rules = PROBLEM_RULES.map(({ name }) => name);

  it('finds what the code reports', () => {
    // Sentinels of every form in which a rule is written.
    for (const name of [
      'reference-remote',
      'reference-file',
      'document-duplicate-key',
      'document-not-found',
      'pattern-unsupported',
      'schema-keyword',
    ])
      expect(reported, name).toContain(name);
  });

  it.each([...reported])('has a row for %s, which the code reports', name => {
    expect(rules).toContain(name);
    expect(page).toMatch(new RegExp(`^\\| \\[?\`${name}\``, 'm'));
  });

  it.each(rules)('%s is something that the code reports', name => {
    const linted = PROBLEM_RULES.find(rule => rule.name === name)?.failing !== undefined;
    expect(linted || reported.has(name)).toBe(true);
  });

  it('has no row that the list does not have, and none twice', () => {
    const rows = [...page.matchAll(/^\| \[?`([a-z-]+)`/gm)].map(([, name]) => name);
    expect(rows.toSorted()).toEqual(rules.toSorted());
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('says what is wrong and how to mend it in whole sentences', () => {
    for (const { title, fix } of PROBLEM_RULES)
      for (const text of [title, fix]) expect(text).toMatch(/^\S.*[.)]$/s);
  });
});
