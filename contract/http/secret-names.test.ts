import { expect, test } from 'vitest';
import { isSecretName } from './secret-names.ts';

test.each([
  'password',
  'newPassword',
  'client_secret',
  'X-Api-Key',
  'refreshToken',
  'cardCvv',
  'userPassword',
])('%s is one', name => expect(isSecretName(name)).toBe(true));

test.each(['passport', 'tokens', 'secretary', 'shipping', 'passwordHint', 'cookies'])('%s is none', name =>
  expect(isSecretName(name)).toBe(false),
);
