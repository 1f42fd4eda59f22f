import { expect, test } from 'vitest';
import { createMask } from '../../contract-tests/mask.ts';
import { contractOf, PETS } from './proxy.fixture.ts';
import { secretsInto } from './secrets-into.ts';
import type { PassedRequest } from './traffic-exchange.ts';

test('what has passed by once stays hidden, however much has passed by since', () => {
  const mask = createMask([], []);
  const { onPassed } = secretsInto(mask);
  const operation = contractOf(PETS).operations.find(({ key }) => key === 'POST /pets');
  if (operation === undefined) throw new Error('no operation');
  const pass = (token: string, password: string): void => {
    const body = new TextEncoder().encode(JSON.stringify({ name: 'Rex', password }));
    const passed: PassedRequest = {
      operation,
      wire: {
        method: 'POST',
        path: '/v1/pets',
        query: '',
        headers: { 'content-type': 'application/json' },
        body,
      },
      path: '/pets',
      headers: [['Authorization', `Bearer ${token}`]],
      check: undefined,
      number: 1,
    };
    onPassed?.(passed);
  };
  for (let number = 0; number < 3000; number += 1) pass(`token-of-${number}-end`, `password-${number}-end`);
  for (const number of [0, 1, 999, 1500, 2999]) {
    const told = mask.text(`"token-of-${number}-end" and password-${number}-end`);
    expect(told).toBe('"***" and ***');
  }
  expect(mask.text('token-of-nobody')).toBe('token-of-nobody');
});

test.each([
  ['application/x-www-form-urlencoded', 'name=Rex&password=open-sesame'],
  ['application/xml', '<pet><name>Rex</name><password>open-sesame</password></pet>'],
  [
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\nopen-sesame\r\n--b--\r\n',
  ],
])('secrets in %s are learned too', (type, text) => {
  const mask = createMask([], []);
  const [media = ''] = type.split(';');
  const operation = contractOf(
    PETS.replace('required: true, content: { application/json:', `required: true, content: { ${media}:`),
  ).operations.find(({ key }) => key === 'POST /pets');
  if (operation === undefined) throw new Error('no operation');
  const wire = {
    method: 'POST',
    path: '/v1/pets',
    query: '',
    headers: { 'content-type': type },
    body: new TextEncoder().encode(text),
  };
  secretsInto(mask).onPassed?.({ operation, wire, path: '/pets', headers: [], check: undefined, number: 1 });
  expect(mask.text('it is open-sesame')).toBe('it is ***');
});
