import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleDocument } from '../../contract/lint/rule.ts';
import { contractFromText } from '../../contract/read.ts';
import { lintForGateway } from './gateway-lint.ts';
import { GATEWAY_RULES } from './gateway-rules.ts';
import { splitPlan } from './split-plan.ts';

function found(sample: string): readonly string[] {
  const { contract } = contractFromText(sampleDocument(sample), { name: 'sample.yaml' });
  if (contract === undefined) throw new Error('no contract');
  return lintForGateway(contract).map(({ rule, severity }) => `${severity} ${rule}`);
}

describe.each(GATEWAY_RULES.map(rule => [rule.name, rule] as const))('%s', (name, rule) => {
  it('is found in its failing sample', () => {
    expect(found(rule.failing)).toContain(`${rule.severity} ${name}`);
  });

  it('is not found in its passing sample, and neither is another error', () => {
    const problems = found(rule.passing);
    expect(problems.filter(problem => problem.endsWith(` ${name}`) || problem.startsWith('error'))).toEqual(
      [],
    );
  });

  it('speaks in whole sentences', () => {
    for (const text of [rule.title, rule.fix]) expect(text).toMatch(/^\S.*\.$/);
    expect(name).toMatch(/^apigateway(-[a-z]+)+$/);
  });
});

it('every file is in the list, and every loss that the code tells', () => {
  const files = readdirSync(join(import.meta.dirname, 'rules')).map(file => file.replace('.ts', ''));
  const names = GATEWAY_RULES.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(files.map(file => `apigateway-${file}`)));
  const root = join(import.meta.dirname, '..');
  const told = globSync('{document,integration,lower}/*.ts', { cwd: root }).flatMap(file =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/'(apigateway-[a-z-]+)'/g)].map(
      ([, name = '']) => name,
    ),
  );
  // Only a document in Swagger 2.0 tells this one, and lint asks for none.
  const rules = [...new Set(told)].filter(name => name !== 'apigateway-swagger' && !/test/.test(name));
  expect(names).toEqual(expect.arrayContaining(rules));
});

it('a plan says what each tag would be', () => {
  const { contract } = contractFromText(
    sampleDocument(`paths:
  /pets: { get: { tags: [pets], responses: {} } }
  /pets/{id}: { get: { tags: [pets, ids], responses: {} } }
  /other: { get: { responses: {} } }
`),
  );
  if (contract === undefined) throw new Error('no contract');
  expect(splitPlan(contract)).toEqual([
    { tag: 'pets', operations: 2, resources: 3 },
    { tag: 'untagged', operations: 1, resources: 2 },
  ]);
});
