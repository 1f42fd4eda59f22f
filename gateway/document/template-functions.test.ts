import { describe, expect, test } from 'vitest';
import { stringifyJson } from '../../contract/json/stringify.ts';
import { type Json, type JsonObject, own } from '../../contract/json/value.ts';
import { contractFromValue } from '../../contract/read.ts';
import { imported } from '../local/import/import.fixture.ts';
import { type GatewayDocumentOptions, gatewayDocument } from './gateway-document.ts';
import { withoutFunctions } from './template-functions.ts';

describe('what an import can put in itself', () => {
  test.each<[string, Json, Json]>([
    ['variables of the account', { 'Fn::Sub': 'a:${AWS::Region}' }, 'a:${AWS::Region}'],
    ['a reference to one', { Ref: 'AWS::AccountId' }, '${AWS::AccountId}'],
    [
      'stage variables, kept from the template or not',
      { 'Fn::Sub': '${!stageVariables.a}' },
      '${stageVariables.a}',
    ],
    [
      'values beside the text',
      { 'Fn::Sub': ['${A}-${B}', { A: 'x', B: { Ref: 'AWS::Region' } }] },
      'x-${AWS::Region}',
    ],
    ['pieces', { 'Fn::Join': ['/', ['a', { Ref: 'AWS::Partition' }]] }, 'a/${AWS::Partition}'],
    ['within other things', { a: [{ 'Fn::Sub': 'b' }] }, { a: ['b'] }],
    ['what only looks like one', { Ref: 'x', more: 1 }, { Ref: 'x', more: 1 }],
  ])('%s', (_about, json, value) => {
    expect(withoutFunctions(json)).toEqual({ value });
  });

  test.each<[string, Json, string]>([
    ['a resource', { 'Fn::Sub': 'arn:${Table.Arn}' }, 'Table.Arn'],
    ['a parameter', { Ref: 'Stage' }, 'Stage'],
    ['another function', { a: { 'Fn::If': ['IsLocal', 1, 2] } }, 'Fn::If'],
  ])('but not %s', (_about, json, unknown) => {
    expect(withoutFunctions(json)).toEqual({ unknown });
  });
});

function made(options: GatewayDocumentOptions): {
  readonly types: readonly unknown[];
  readonly schemes: Json | undefined;
  readonly told: readonly string[];
} {
  const integration = (uri: Json): JsonObject => ({
    responses: { '200': { description: 'x' } },
    'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'GET', uri },
  });
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    security: [{ who: [] }],
    paths: {
      '/known': { get: integration({ 'Fn::Sub': 'https://${AWS::Region}.example.com' }) },
      '/unknown': { get: integration({ 'Fn::Sub': 'https://${Host}' }) },
      '/template': { get: integration('https://${Host}') },
    },
    components: {
      securitySchemes: {
        who: {
          type: 'http',
          scheme: 'bearer',
          'x-amazon-apigateway-authorizer': {
            type: 'token',
            authorizerUri: { 'Fn::Sub': '${Function.Arn}' },
          },
        },
      },
    },
  });
  if (contract === undefined) throw new Error('no contract');
  const { document, losses } = gatewayDocument(contract, options);
  if (options.functions !== 'keep') imported(stringifyJson(document));
  const paths = own(document, 'paths') as Record<string, Record<string, JsonObject>>;
  return {
    types: Object.values(paths).map(({ get }) => own(get?.['x-amazon-apigateway-integration'], 'type')),
    schemes: own(own(document, 'components'), 'securitySchemes'),
    told: losses.filter(({ rule }) => rule === 'apigateway-template-only').map(({ message }) => message),
  };
}

test('what only a template knows gives way, once told', () => {
  const { types, schemes, told } = made({});
  expect(types).toEqual(['http_proxy', 'mock', 'mock']);
  expect(schemes).toBeUndefined();
  expect(told.map(message => message.replace(/ of a .*/, '')).toSorted()).toEqual([
    'The authorizer who needs "Function.Arn"',
    'The integration of GET /template needs "Host"',
    'The integration of GET /unknown needs "Host"',
  ]);
});

test('the back end of the stage stands in its place, and its authorizer', () => {
  const options: GatewayDocumentOptions = { integrations: { all: 'aws_proxy' }, authorizers: { who: 'iam' } };
  expect(made(options)).toMatchObject({
    types: ['http_proxy', 'aws_proxy', 'aws_proxy'],
    schemes: { who: { 'x-amazon-apigateway-authtype': 'awsSigv4' } },
  });
});

test('mocks miss nothing, and templates keep it', () => {
  expect(made({ mockAll: true }).told).toEqual([]);
  const kept = made({ functions: 'keep' });
  expect([kept.types, kept.told]).toEqual([['http_proxy', 'http_proxy', 'http_proxy'], []]);
  expect(JSON.stringify(kept.schemes)).toContain('Function.Arn');
});
