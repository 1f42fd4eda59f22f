import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Contract } from '../model.ts';
import { contractFromText } from '../read.ts';
import { diffContracts } from './diff.ts';
import { DIFF_RULES } from './diff-rules.ts';
import { diffSample } from './rule.ts';

function contractOf(sample: string, name: string): Contract {
  const { contract, problems } = contractFromText(diffSample(sample), { name });
  expect(problems.filter(({ severity }) => severity === 'fatal')).toEqual([]);
  if (contract === undefined) throw new TypeError(`${name} is no contract`);
  return contract;
}

describe.each(DIFF_RULES.filter(({ before }) => before !== '').map(rule => [rule.name, rule] as const))(
  '%s',
  (name, rule) => {
    const before = contractOf(rule.before, 'before.yaml');
    const after = contractOf(rule.after, 'after.yaml');

    it('is found in its pair, with its weight, and with nothing graver', () => {
      const changes = diffContracts(before, after);
      const found = changes.filter(change => change.rule === name);
      expect(found.map(({ severity }) => severity)).toEqual([rule.severity]);
      expect(found[0]?.message).toMatch(/^\S.*\.$/s);
    });

    it('is not found the other way round, nor in either document alone', () => {
      expect(diffContracts(before, before)).toEqual([]);
      expect(diffContracts(after, after)).toEqual([]);
      if (!/changed|renamed|overlap|deprecated$|discriminator/.test(name))
        expect(diffContracts(after, before).map(change => change.rule)).not.toContain(name);
    });
  },
);

it('rules speak in whole sentences under names of their own', () => {
  for (const { name, title, why } of DIFF_RULES) {
    for (const text of [title, why]) expect(text).toMatch(/^\S.*\.$/);
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  }
  expect(new Set(DIFF_RULES.map(({ name }) => name)).size).toBe(DIFF_RULES.length);
});

it('every rule of a file of rules/ is in the list', async () => {
  const names = new Set(DIFF_RULES.map(({ name }) => name));
  for (const file of readdirSync(new URL('./rules/', import.meta.url))) {
    const module = (await import(new URL(`./rules/${file}`, import.meta.url).href)) as Readonly<
      Record<string, unknown>
    >;
    for (const value of Object.values(module)) {
      const name = (value as { readonly name?: unknown } | null)?.name;
      if (typeof value === 'object' && typeof name === 'string') expect(names, file).toContain(name);
    }
  }
});
