import { describe, expect, test } from 'vitest';
import type { Json } from './json/value.ts';
import type { Contract } from './model.ts';
import { contractFromValue } from './read.ts';
import { madeBy, madeFrom, type Requirement, type Target, unmetRequirement } from './target.ts';

describe('who made a file', () => {
  test('code says it in its first line', () => {
    const line = `// ${madeBy('vitest', '../specs/box office.v1.yaml')}\n`;
    expect(madeFrom(line)).toEqual({ target: 'vitest', spec: '../specs/box office.v1.yaml' });
    expect(madeFrom(`const quoted =\n${line}`)).toBeUndefined();
  });

  test('JSON says it somewhere', () => {
    const text = JSON.stringify(
      { info: { name: 'Pets', description: madeBy('postman', undefined) } },
      null,
      2,
    );
    expect(madeFrom(text)).toEqual({ target: 'postman', spec: 'standard input' });
  });

  test.each(['', '\n', '// Made by hand\n', '// Made by rehearsal generate vitest\n'])(
    '%j was made by nobody',
    text => {
      expect(madeFrom(text)).toBeUndefined();
    },
  );
});

function contractOf(schema: Json): Contract {
  const { contract } = contractFromValue({ openapi: '3.1.1', components: { schemas: { A: schema } } });
  if (contract === undefined) throw new Error('no contract');
  return contract;
}

describe('what a target requires', () => {
  const target = (...requires: readonly Requirement[]): Target => ({
    name: 'test',
    summary: '',
    folder: '',
    requires,
    emit: () => [],
  });
  const inside = contractOf({ $ref: '#/components/schemas/B' });
  const outside = contractOf({ properties: { b: { $ref: 'common.yaml#/B' } } });

  test('an address, which standard input has not', () => {
    const unmet = unmetRequirement(target('address'), { spec: undefined, contract: inside });
    expect(unmet?.fix).toMatch(/: rehearsal generate test api\.yaml$/);
    expect(unmetRequirement(target('address'), { spec: 'a.yaml', contract: outside })).toBeUndefined();
  });

  test('one file, which a document with references to others is not', () => {
    const unmet = unmetRequirement(target('one-file'), { spec: undefined, contract: outside });
    expect(unmet?.reason).toContain('common.yaml#/B');
    expect(unmetRequirement(target('one-file'), { spec: undefined, contract: inside })).toBeUndefined();
  });
});
