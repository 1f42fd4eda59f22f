import { describe, expect, test } from 'vitest';
import type { Json } from '../../contract/json/value.ts';
import { mockPlan } from '../../contract/plan/mock-plan.ts';
import { contractFromValue } from '../../contract/read.ts';
import type { Loss } from '../lower/loss.ts';
import { carriers } from './carriers.ts';
import { ATTRIBUTION, type Attribution, mockIntegration } from './mock-integration.ts';

function operationWith(operation: Record<string, Json>): Parameters<typeof mockIntegration>[0] {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: { '/pets': { post: operation } },
  });
  const [only] = contract?.operations ?? [];
  if (only === undefined) throw new Error('no operation');
  return only;
}

function integrated(
  operation: Record<string, Json>,
  attribution: Attribution = [],
): { readonly json: Json; readonly losses: readonly Loss[]; readonly binary: readonly string[] } {
  const losses: Loss[] = [];
  const made = mockIntegration(operationWith(operation), attribution, loss => losses.push(loss));
  return { json: made.integration, losses, binary: made.binaryTypes };
}

const text = (example: Json, type = 'application/json'): Json => ({
  description: 'x',
  content: { [type]: { example } },
});

describe('a mock integration', () => {
  test('of one answer is one status and one body, without a choice', () => {
    expect(integrated({ responses: { '201': text({ id: 1 }) } }).json).toEqual({
      type: 'mock',
      passthroughBehavior: 'when_no_templates',
      requestTemplates: { 'application/json': '{"statusCode": 201}' },
      responses: {
        default: {
          statusCode: '201',
          responseParameters: { 'method.response.header.Content-Type': "'application/json'" },
          responseTemplates: { 'application/json': '{"id":1}' },
        },
      },
    });
  });

  test('of an operation without responses answers 200', () => {
    expect(integrated({}).json).toMatchObject({ responses: { default: { statusCode: '200' } } });
  });

  test('has one pattern for each status, and the usual answer is the default', () => {
    const { json } = integrated({
      responses: { '404': text({}), '200': text({}), '4XX': text([]), default: text([]) },
    });
    expect(Object.keys((json as { responses: object }).responses).toSorted()).toEqual([
      '400',
      '404',
      '500',
      'default',
    ]);
  });

  test('has a template for each media type that is sent, and for any where a range says so', () => {
    const content = { 'application/xml': {}, 'Text/Plain; charset=utf-8': {}, '*/*': {} };
    const { json } = integrated({ requestBody: { content }, responses: { '204': { description: 'x' } } });
    expect(json).toMatchObject({ contentHandling: 'CONVERT_TO_TEXT' });
    expect(Object.keys((json as { requestTemplates: object }).requestTemplates)).toEqual([
      'application/json',
      'application/xml',
      'text/plain',
      '$default',
    ]);
  });

  test('says which release answered', () => {
    expect(integrated({ responses: { '204': { description: 'x' } } }, ATTRIBUTION).json).toMatchObject({
      responses: {
        default: {
          responseParameters: {
            'method.response.header.x-rehearsal-canary': 'context.isCanaryRequest',
            'method.response.header.x-rehearsal-deployment': 'context.deploymentId',
          },
        },
      },
    });
  });

  test('carries bytes as base64, and the API knows their type as binary', () => {
    const { json, binary } = integrated({
      responses: { '200': { description: 'x', content: { 'image/png': { schema: {} } } } },
    });
    expect(binary).toEqual(['image/png']);
    expect(json).toMatchObject({ responses: { default: { contentHandling: 'CONVERT_TO_BINARY' } } });
  });

  test('carries texts beside bytes as bytes, and the API knows only the others as binary', () => {
    const both = { 'application/json': { example: { a: '$b' } }, 'image/png': { schema: {} } };
    const { json, binary, losses } = integrated({
      responses: { '200': { description: 'x', content: both } },
    });
    expect([binary, losses]).toEqual([['image/png'], []]);
    const text = Buffer.from('{"a":"$b"}').toString('base64');
    expect(json).toMatchObject({
      responses: {
        default: {
          contentHandling: 'CONVERT_TO_BINARY',
          responseTemplates: {
            'application/json': expect.stringContaining(text),
            'image/png': expect.any(String),
          },
        },
      },
    });
  });

  test('tells of headers that the service keeps for itself', () => {
    const headers = { Server: { schema: {}, example: 'x' }, 'X-Mine': { schema: {}, example: 'y' } };
    const { json, losses } = integrated({ responses: { '204': { description: 'x', headers } } });
    expect(losses).toMatchObject([{ rule: 'apigateway-answer', effect: 'changed' }]);
    expect(losses[0]?.message).toContain('x-amzn-Remapped-Server');
    expect(json).toMatchObject({
      responses: { default: { responseParameters: { 'method.response.header.X-Mine': "'y'" } } },
    });
  });
});

describe('carriers', () => {
  const statuses = (keys: readonly string[]): readonly (readonly [string | undefined, number])[] => {
    const responses = Object.fromEntries(keys.map(key => [key, { description: 'x' }]));
    return carriers(mockPlan(operationWith({ responses }))).map(
      ({ response, status }) => [response.statusKey, status] as const,
    );
  };

  test('statuses that are written out keep their own', () => {
    expect(statuses(['200', '404'])).toEqual([
      ['200', 200],
      ['404', 404],
    ]);
  });

  test('no two responses share one', () => {
    const list = statuses(['200', '400', '4XX', '5XX', '500', 'default']);
    expect(new Set(list.map(([, status]) => status)).size).toBe(list.length);
    for (const [key = '', status] of list) {
      if (/^\dXX$/.test(key)) expect(String(status)[0]).toBe(key[0]);
    }
  });
});
