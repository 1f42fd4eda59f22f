import { describe, expect, test } from 'vitest';
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

describe('what a target requires', () => {
  const target = (...requires: readonly Requirement[]): Target => ({
    name: 'test',
    summary: '',
    folder: '',
    requires,
    emit: () => [],
  });

  test('an address, which standard input has not', () => {
    const unmet = unmetRequirement(target('address'), { spec: undefined });
    expect(unmet?.fix).toMatch(/: rehearsal generate test api\.yaml$/);
    expect(unmetRequirement(target('address'), { spec: 'a.yaml' })).toBeUndefined();
    expect(unmetRequirement(target(), { spec: undefined })).toBeUndefined();
  });
});
