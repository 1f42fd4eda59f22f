import { describe, expect, test } from 'vitest';
import { CHECKS, DEFAULT_CHECKS } from '../contract/checks/index.ts';
import { checkOptionsOf, selectChecks } from './select-checks.ts';

const names = (...given: Parameters<typeof selectChecks>): readonly string[] =>
  selectChecks(...given).map(({ name }) => name);

describe('which checks are asked', () => {
  test('all that are not optional, unless somebody chooses', () => {
    expect(selectChecks({})).toEqual(DEFAULT_CHECKS);
    expect(DEFAULT_CHECKS.length).toBeLessThan(CHECKS.length);
  });

  test('those that are named, optional ones too', () => {
    expect(names({ check: ['undeclared-headers', 'server-error'] })).toEqual([
      'server-error',
      'undeclared-headers',
    ]);
  });

  test('an option of its own adds an optional one', () => {
    expect(names({ undeclaredProperties: true })).toContain('undeclared-properties');
    expect(names({ undeclaredProperties: true, check: ['server-error'] })).toEqual([
      'server-error',
      'undeclared-properties',
    ]);
  });

  test('the command line stands over the configuration, and both change how much a check weighs', () => {
    const config = { checks: { 'server-error': 'off', 'response-body': 'warning' } } as const;
    expect(names({}, config)).not.toContain('server-error');
    const [body] = selectChecks({ check: ['response-body'] }, config);
    expect(body).toMatchObject({ name: 'response-body', severity: 'warning' });
    const [error] = selectChecks({ severity: ['response-body=error'], check: ['response-body'] }, config);
    expect(error?.severity).toBe('error');
    expect(names({ severity: ['undeclared-headers=warning'] })).toContain('undeclared-headers');
  });

  test.each([
    [{ check: ['server-eror'] }, {}, 'There is no check "server-eror": did you mean "server-error"?'],
    [{ severity: ['server-error'] }, {}, '--severity takes CHECK=LEVEL, not "server-error".'],
    [{ severity: ['server-error=loud'] }, {}, 'is error, warning, off, not "loud".'],
    [{}, { checks: { 'no-such': 'off' } } as const, 'There is no check "no-such"'],
  ])('%j with %j is a mistake', (options, config, message) => {
    expect(() => selectChecks(options, config)).toThrow(message);
  });
});

test('the budget of an answer', () => {
  expect(checkOptionsOf({})).toEqual({});
  expect(checkOptionsOf({ maxResponseTime: '250' }, { maxResponseTime: 9 })).toEqual({ maxResponseMs: 250 });
  expect(checkOptionsOf({}, { maxResponseTime: 9 })).toEqual({ maxResponseMs: 9 });
  for (const wrong of ['', '0', '-1', 'soon'])
    expect(() => checkOptionsOf({ maxResponseTime: wrong })).toThrow('--max-response-time takes a number');
});
