/** Ids are given once, though a seed begins anew with each process and the file stays (apigateway.md 13.1). */
import { expect, test } from 'vitest';
import { mockOperation, oas30 } from '../import/import.fixture.ts';
import { chanceFrom } from '../state/ids.ts';
import { openStore } from '../state/store.ts';
import { answerControl } from './control-plane.ts';

test('13.1: whatever is made with a seed that begins anew at each call, nothing gets an id that is taken', () => {
  const { store } = openStore(undefined);
  const account = { accountId: '000000000000', region: 'us-east-1', partition: 'aws' };
  // biome-ignore lint/suspicious/noExplicitAny: the test reads into whatever came back
  const ask = (method: string, target: string, input: unknown = {}): any => {
    const request = { method, target, headers: {}, body: Buffer.from(JSON.stringify(input)) };
    const { status, body } = answerControl(request, { store, account, now: () => 1, chance: chanceFrom(1) });
    const answer = JSON.parse(Buffer.from(body).toString());
    expect(status, JSON.stringify(answer)).toBeLessThan(300);
    return answer;
  };
  const thrice = <T>(make: (name: string) => T): readonly T[] => ['a', 'b', 'c'].map(make);
  const distinct = (ids: readonly string[]): void => expect(new Set(ids).size).toBe(ids.length);

  const document = oas30({ '/e': { get: mockOperation() }, '/f': { get: mockOperation() } });
  const [first] = thrice(name => ask('POST', '/restapis', { name }));
  const base = `/restapis/${first.id}`;
  thrice(() => ask('POST', '/restapis?mode=import', document));
  thrice(name => ask('POST', '/restapis', { name, cloneFrom: first.id }));
  const apis = store.list('rest-api', '').map(({ id }) => id);
  expect(apis).toHaveLength(9);
  distinct(apis);

  thrice(pathPart => ask('POST', `${base}/resources/${first.rootResourceId}`, { pathPart }));
  thrice(name => ask('POST', `${base}/requestvalidators`, { name }));
  thrice(name => ask('POST', `${base}/models`, { name, contentType: 'a/b', schema: 'x' }));
  ask('PUT', `${base}?mode=merge`, document);
  ask('POST', '/restapis', { name: 'all', cloneFrom: first.id });
  thrice(() => ask('POST', `${base}/deployments`));
  for (const api of store.list('rest-api', '')) {
    distinct(store.list('resource', api.id).map(({ id }) => id));
    distinct(store.list('model', api.id).map(({ id }) => id));
  }
  expect(store.list('resource', first.id)).toHaveLength(6);
  expect(store.list('request-validator', first.id)).toHaveLength(3);
  expect(store.list('deployment', first.id)).toHaveLength(3);
});
