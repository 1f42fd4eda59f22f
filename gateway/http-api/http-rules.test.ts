import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleDocument } from '../../contract/lint/rule.ts';
import { contractFromText } from '../../contract/read.ts';
import { HTTP_RULES, lintForHttpApi } from './http-rules.ts';

function found(sample: string): readonly string[] {
  const { contract } = contractFromText(sampleDocument(sample), { name: 'sample.yaml' });
  if (contract === undefined) throw new Error('no contract');
  return lintForHttpApi(contract).map(({ rule, severity }) => `${severity} ${rule}`);
}

describe.each(HTTP_RULES.map(rule => [rule.name, rule] as const))('%s', (name, rule) => {
  it('is found in its failing sample, and not in the other', () => {
    expect(found(rule.failing)).toContain(`${rule.severity} ${name}`);
    expect(found(rule.passing)).toEqual([]);
  });
});

it('every loss that the code tells is a rule', () => {
  const files = readdirSync(import.meta.dirname).filter(file => !file.includes('rules'));
  const text = files.map(file => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n');
  const told = [...text.matchAll(/told\(\s*'\w+',\s*'(\w+)'|rule: 'apigateway-http-(\w+)'/g)].map(
    ([, short, long]) => `apigateway-http-${short ?? long}`,
  );
  const names = HTTP_RULES.map(({ name }) => name);
  expect(new Set(told)).toEqual(new Set(names.filter(name => name !== 'apigateway-http-routes')));
});
