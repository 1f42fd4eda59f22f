import { expect, test } from 'vitest';
import type { ReceivedResponse } from '../../contract/exchange.ts';
import { readAccessLines, sidesByRequest } from './access-lines.ts';
import { requestIdOf, sideOfAnswer } from './attribution.ts';

const answer = (...headers: [string, string][]): ReceivedResponse => ({
  status: 200,
  headers,
  body: new Uint8Array(),
  ms: 1,
});
const deployments = { baseline: 'one', canary: 'two' };

test.each<[string, [string, string][], string]>([
  ['the header says so', [['X-Rehearsal-Canary', 'true']], 'canary'],
  ['the header says no', [['x-rehearsal-canary', 'false']], 'baseline'],
  ['nobody says anything', [], 'unknown'],
  ['the header says something else', [['x-rehearsal-canary', 'yes']], 'unknown'],
  [
    'the header stands there twice',
    [
      ['x-rehearsal-canary', 'true'],
      ['x-rehearsal-canary', 'true'],
    ],
    'unknown',
  ],
  ['the deployment is the canary’s', [['x-rehearsal-deployment', 'two']], 'canary'],
  [
    'both agree',
    [
      ['x-rehearsal-canary', 'false'],
      ['x-rehearsal-deployment', 'one'],
    ],
    'baseline',
  ],
  [
    'both contradict each other',
    [
      ['x-rehearsal-canary', 'false'],
      ['x-rehearsal-deployment', 'two'],
    ],
    'unknown',
  ],
  [
    'it is another deployment',
    [
      ['x-rehearsal-canary', 'true'],
      ['x-rehearsal-deployment', 'three'],
    ],
    'unknown',
  ],
  ['a marker says so', [['x-release', 'next']], 'canary'],
])('%s', (_when, headers, side) => {
  const marker = { header: 'X-Release', baseline: 'now', canary: 'next' };
  expect(sideOfAnswer(answer(...headers), { deployments, marker })).toBe(side);
});

test('a canary of the same deployment is told by its header, but not by its deployment', () => {
  const same = { deployments: { baseline: 'one', canary: 'one' } };
  expect(sideOfAnswer(answer(['x-rehearsal-deployment', 'one']), same)).toBe('unknown');
  const both = answer(['x-rehearsal-canary', 'true'], ['x-rehearsal-deployment', 'one']);
  expect(sideOfAnswer(both, same)).toBe('canary');
});

test('access logs know requests by their ids', () => {
  const { lines, unreadable } = readAccessLines(
    [
      '{"requestId":"a","isCanaryRequest":"true","deploymentId":"two","httpMethod":"GET","resourcePath":"/pets/{id}","status":"502","responseLatency":"31"}',
      '{"requestId":"b","isCanaryRequest":"false","status":200}',
      '{"requestId":"c","isCanaryRequest":"-","status":"-","deploymentId":"-"}',
      '{"requestId":"d","deploymentId":"one"}',
      '{"requestId":"e","deploymentId":"three","isCanaryRequest":"true"}',
      '{"status":"200"}',
      '[1]',
      '127.0.0.1 - - [01/Jan/2026] "GET / HTTP/1.1" 200',
    ],
    deployments,
  );
  expect(unreadable).toBe(3);
  expect(lines[0]).toEqual({
    requestId: 'a',
    side: 'canary',
    method: 'GET',
    resourcePath: '/pets/{id}',
    status: 502,
    ms: 31,
  });
  expect(lines[2]).toMatchObject({ side: 'unknown', status: undefined });
  expect([...sidesByRequest(lines)]).toEqual([
    ['a', 'canary'],
    ['b', 'baseline'],
    ['d', 'baseline'],
  ]);
});

test('the id is that of REST APIs or of HTTP APIs', () => {
  expect(requestIdOf(answer(['x-amzn-RequestId', 'r']))).toBe('r');
  expect(requestIdOf(answer(['Apigw-Requestid', 'h']))).toBe('h');
  expect(requestIdOf(answer())).toBeUndefined();
});
