import { describe, expect, test } from 'vitest';
import type { WireRequest } from '../contract/http/request.ts';
import type { Operation } from '../contract/model.ts';
import { contractFromValue } from '../contract/read.ts';
import { createAnswerer } from './answer.ts';
import type { Reply } from './problem.ts';

function operationWith(operation: unknown): Operation {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: { '/a': { get: operation } },
  });
  const [made] = contract?.operations ?? [];
  if (made === undefined) throw new Error('no operation');
  return made;
}

function request(headers: WireRequest['headers'] = {}, query = ''): WireRequest {
  return { method: 'GET', path: '/a', query, headers, body: undefined };
}

const NONE: ReadonlyMap<string, string> = new Map();
const LIMIT = { name: 'limit', in: 'query', schema: { type: 'integer' } };

/** What an operation answers to a request that breaks it, given its responses. */
function refusalWith(responses: unknown): Reply {
  return createAnswerer()(operationWith({ parameters: [LIMIT], responses }), request({}, 'limit=x'), NONE);
}

function response(body: string): unknown {
  return { description: body, content: { 'text/plain': { example: body } } };
}

describe('which error a document answers invalid input with', () => {
  test.each<[string, Record<string, unknown>, number, string]>([
    ['400', { 200: response('fine'), 422: response('422'), 400: response('400') }, 400, '400'],
    ['422 without 400', { 200: response('fine'), '4XX': response('4XX'), 422: response('422') }, 422, '422'],
    [
      '4XX without either',
      { 200: response('fine'), default: response('default'), '4XX': response('4XX') },
      400,
      '4XX',
    ],
    [
      'default last',
      { 200: response('fine'), 404: response('404'), default: response('default') },
      400,
      'default',
    ],
  ])('%s', (_title, responses, status, body) => {
    const reply = refusalWith(responses);
    expect(reply.status).toBe(status);
    expect(new TextDecoder().decode(reply.body as Uint8Array)).toBe(body);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'Content-Type': 'text/plain',
      'x-rehearsal-refusal': 'invalid-request',
      'x-rehearsal-reason': expect.stringMatching(/^query parameter "limit": /),
    });
  });

  test('none: problem details', () => {
    const reply = refusalWith({ 200: response('fine'), 404: response('404') });
    expect(reply.status).toBe(400);
    expect(JSON.parse(String(reply.body))).toMatchObject({ violations: [{ in: 'query', name: 'limit' }] });
  });
});

describe('missing credentials', () => {
  test.each<[string, Record<string, unknown>, number]>([
    ['401', { 200: response('fine'), 401: response('401'), 403: response('403') }, 401],
    ['403 without 401', { 200: response('fine'), 403: response('403') }, 403],
    ['4XX stands for 401', { 200: response('fine'), '4XX': response('4XX') }, 401],
    ['nothing documented', { 200: response('fine') }, 401],
  ])('%s', (_title, responses, status) => {
    const { contract } = contractFromValue({
      openapi: '3.1.1',
      paths: { '/a': { get: { security: [{ b: [] }], responses } } },
      components: { securitySchemes: { b: { type: 'http', scheme: 'bearer' } } },
    });
    const [operation] = contract?.operations ?? [];
    const reply = operation && createAnswerer()(operation, request(), NONE);
    expect(reply?.status).toBe(status);
    expect(reply?.headers.find(([name]) => name === 'WWW-Authenticate')?.[1]).toBe('Bearer realm=""');
  });
});

test('the reply to an unremarkable request is one object', () => {
  const answer = createAnswerer();
  const operation = operationWith({ responses: { 200: response('fine') } });
  const first = answer(operation, request(), NONE);
  expect(first.lasting).toBe(true);
  expect(answer(operation, request({ accept: '*/*' }), NONE)).toBe(first);
  expect(answer(operation, request({ accept: 'text/plain, */*;q=0.1' }), NONE)).toBe(first);
});

test('ever new Accept headers are answered and not hoarded', () => {
  const answer = createAnswerer();
  const operation = operationWith({ responses: { 200: response('fine') } });
  const first = answer(operation, request(), NONE);
  for (let index = 0; index < 1000; index += 1) {
    expect(answer(operation, request({ accept: `text/plain, a/b${index}` }), NONE)).toBe(first);
  }
});
