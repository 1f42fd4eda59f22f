import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contractFromText } from '../read.ts';
import { lintContract } from './lint.ts';
import { LINT_RULES } from './lint-rules.ts';
import { sampleDocument } from './rule.ts';

const lint = async (sample: string, rules: readonly string[] = []): Promise<readonly string[]> => {
  const { contract, problems } = contractFromText(sampleDocument(sample), { name: 'sample.yaml' });
  return (await lintContract(contract, problems, { rules })).map(
    ({ rule, severity, message }) => `${severity} ${rule}: ${message}`,
  );
};

describe.each(LINT_RULES.map(rule => [rule.name, rule] as const))('%s', (name, rule) => {
  it('is found in its failing sample', async () => {
    const found = await lint(rule.failing, [name]);
    expect(found.length).toBeGreaterThan(0);
    for (const problem of found) expect(problem).toContain(` ${name}: `);
  });

  it('is not found in its passing sample, and neither is any other error', async () => {
    expect(await lint(rule.passing, [name])).toEqual([]);
    expect((await lint(rule.passing)).filter(problem => /^(fatal|error)/.test(problem))).toEqual([]);
  });

  it('speaks in whole sentences', () => {
    for (const text of [rule.title, rule.fix]) expect(text).toMatch(/^\S.*\.$/);
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

describe('the list of rules', () => {
  it('holds every file of rules/, under the name of the file', () => {
    const files = readdirSync(new URL('./rules/', import.meta.url)).map(file => file.replace(/\.ts$/, ''));
    expect(LINT_RULES.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  });
});
