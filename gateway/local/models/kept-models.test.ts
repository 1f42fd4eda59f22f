import { expect, test } from 'vitest';
import type { Model } from '../state/records.ts';
import { modelsOf } from './kept-models.ts';

test('models are compiled once for each snapshot', () => {
  const model: Model = {
    id: 'a1b2c3',
    name: 'Pet',
    contentType: 'application/json',
    schema: '{"type":"object"}',
  };
  const [first, second] = [[model], [{ ...model, schema: '{"type":"string"}' }]];
  expect(modelsOf(first, 'api')).toBe(modelsOf(first, 'api'));
  expect(modelsOf(first, 'api').validate('Pet', '{}')).toBeUndefined();
  expect(modelsOf(second, 'api').validate('Pet', '{}')).toHaveLength(1);
  expect(modelsOf(first, 'other')).not.toBe(modelsOf(first, 'api'));
});
