import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, Meter } from '../meter.ts';
import type { Value, ValueMap } from '../values.ts';
import { type ContextFields, contextField, contextVariable, setError } from './context.ts';
import { requestOverrides, responseOverrides } from './overrides.ts';

const FIELDS: ContextFields = {
  accountId: '123456789012',
  apiId: 'abcdefghij',
  authorizer: { principalId: 'me', properties: { level: 3, admin: true }, claims: { sub: 's-1' } },
  httpMethod: 'GET',
  identity: { sourceIp: '127.0.0.1', clientCert: { validity: { notAfter: 'later' } } },
  isCanaryRequest: false,
  path: '/prod/pets',
  requestTimeEpoch: 1_583_349_317_135,
  resourcePath: '/pets',
  stage: 'prod',
};

test.each([
  ['accountId', '123456789012'],
  ['identity.sourceIp', '127.0.0.1'],
  ['identity.clientCert.validity.notAfter', 'later'],
  ['isCanaryRequest', false],
  ['requestTimeEpoch', 1_583_349_317_135n],
  ['authorizer.principalId', 'me'],
  // Whatever a Lambda authorizer gave is text.
  ['authorizer.level', '3'],
  ['authorizer.admin', 'true'],
  ['authorizer.claims.sub', 's-1'],
  // Claims as a whole are null.
  ['authorizer.claims', undefined],
  ['authorizer.claims.none', undefined],
  ['identity.userArn', undefined],
  ['Stage', undefined],
  ['stage.x', undefined],
  ['', undefined],
  ['__proto__', undefined],
  ['authorizer.claims.constructor', undefined],
])('3.5 [D]: context.%s', (name, value) => {
  expect(contextField(contextVariable(FIELDS), name)).toBe(value);
});

test('3.5 [L]: without a canary isCanaryRequest is unset', () => {
  expect(contextField(contextVariable({}), 'isCanaryRequest')).toBeUndefined();
});

test('3.5, 4 and 5.1: an error says its message as text and as JSON', () => {
  const context = contextVariable({});
  expect(contextField(context, 'error.message')).toBeUndefined();
  setError(context, {
    message: 'Missing required request parameters: ["a"]',
    responseType: 'BAD_REQUEST_BODY',
    validationErrors: ['one', 'two'],
  });
  expect(contextField(context, 'error.message')).toBe('Missing required request parameters: ["a"]');
  expect(contextField(context, 'error.messageString')).toBe(
    '"Missing required request parameters: [\\"a\\"]"',
  );
  expect(contextField(context, 'error.responseType')).toBe('BAD_REQUEST_BODY');
  expect(contextField(context, 'error.validationErrorString')).toBe('[one, two]');
  setError(context, { message: undefined, responseType: 'AUTHORIZER_FAILURE' });
  expect(contextField(context, 'error.message')).toBeUndefined();
  expect(contextField(context, 'error.messageString')).toBe('null');
  expect(contextField(context, 'error.validationErrorString')).toBeUndefined();
});

/** The map at names below a context, to be filled as templates fill it. */
function within(context: ValueMap, ...names: readonly string[]): ValueMap {
  return names.reduce<Value>((found, name) => (found as ValueMap).get(name) ?? null, context) as ValueMap;
}

test('3.6 [R]: what templates set is what is overridden', () => {
  const context = contextVariable({});
  const meter = new Meter(DEFAULT_LIMITS);
  expect(requestOverrides(context, meter)).toEqual({
    header: new Map(),
    path: new Map(),
    querystring: new Map(),
  });
  expect(responseOverrides(context, meter)).toEqual({ status: undefined, header: new Map() });
  within(context, 'requestOverride', 'header').set('x', 'v').set('none', null);
  within(context, 'requestOverride', 'path').set('id', 7);
  within(context, 'requestOverride', 'querystring').set('q', true);
  // [D]: a list is a header of several values.
  within(context, 'responseOverride', 'header').set('foo', ['a', 1, 'b']);
  within(context, 'responseOverride').set('status', 444).set('custom', 'kept');
  expect(requestOverrides(context, meter)).toEqual({
    header: new Map([['x', 'v']]),
    path: new Map([['id', '7']]),
    querystring: new Map([['q', 'true']]),
  });
  expect(responseOverrides(context, meter)).toEqual({ status: 444, header: new Map([['foo', 'a,1,b']]) });
  expect(contextField(context, 'responseOverride.custom')).toBe('kept');
});

test.each([
  [100, 100],
  [599, 599],
  ['404', 404],
  [99, undefined],
  [600, undefined],
  [-1, undefined],
  ['4o4', undefined],
  ['', undefined],
  [null, undefined],
  [true, undefined],
  [2000n, undefined],
])('3.6 [L]: a status of %s is %s', (set, status) => {
  const context = contextVariable({});
  within(context, 'responseOverride').set('status', set);
  expect(responseOverrides(context, new Meter(DEFAULT_LIMITS)).status).toBe(status);
});

test('overrides that a template has put something else in place of override nothing', () => {
  const context = contextVariable({});
  const meter = new Meter(DEFAULT_LIMITS);
  context.set('requestOverride', 'x');
  within(context, 'responseOverride').set('header', [1]);
  expect(requestOverrides(context, meter).header).toEqual(new Map());
  expect(responseOverrides(context, meter).header).toEqual(new Map());
  context.clear();
  expect(responseOverrides(context, meter)).toEqual({ status: undefined, header: new Map() });
});
