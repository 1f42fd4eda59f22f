import { describe, expect, test } from 'vitest';
import { type Json, type JsonObject, own } from '../../contract/json/value.ts';
import { contractFromValue } from '../../contract/read.ts';
import { gatewayDocument } from '../document/gateway-document.ts';
import { compileTemplate, contextVariable, templateVariables } from '../vtl/index.ts';
import type { IntegrationChoice } from './integration-choice.ts';

const json: JsonObject = { content: { 'application/json': { schema: { type: 'object' } } } };

function integrationOf(statuses: readonly string[], all: IntegrationChoice, operationId = 'put$pet'): Json {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: {
      '/pets/{id}': {
        put: {
          operationId,
          requestBody: { content: { 'application/json': {}, 'text/plain': {} } },
          responses: Object.fromEntries(statuses.map(status => [status, { description: 'x', ...json }])),
        },
      },
    },
  });
  if (contract === undefined) throw new Error('no contract');
  const { document } = gatewayDocument(contract, { integrations: { all } });
  const operation = own(own(own(document, 'paths'), '/pets/{id}'), 'put');
  return own(operation, 'x-amazon-apigateway-integration') ?? null;
}

describe('what a function is given', () => {
  const given = (type: string, body: string, header: string): unknown => {
    const template = own(own(integrationOf(['200'], 'aws'), 'requestTemplates'), type);
    const variables = templateVariables({
      body,
      path: new Map([['id', ['7']]]),
      querystring: new Map(),
      header: new Map([
        ['a', [header]],
        ['b', ['$x #if']],
      ]),
      stageVariables: {},
      context: contextVariable({}),
    });
    return JSON.parse(compileTemplate(String(template)).render(variables));
  };

  test.each(["it's", '"quoted" \\ $foo #if', 'l1\nl2\t/', '\u{1F600}'])('JSON, with a header %j', header => {
    expect(given('application/json', '{"a": [1, "it\'s"]}', header)).toEqual({
      operation: 'put$pet',
      path: { id: '7' },
      query: {},
      headers: { a: header, b: '$x #if' },
      body: { a: [1, "it's"] },
    });
  });

  test('what is no JSON, as a text', () => {
    expect(given('text/plain', 'say "it\'s"\r\n', '')).toMatchObject({ body: 'say "it\'s"\r\n' });
  });
});

describe('how a function refuses', () => {
  const errorOf = (statuses: readonly string[], message: string): readonly string[] => {
    const responses = own(integrationOf(statuses, 'aws'), 'responses') as JsonObject;
    return Object.entries(responses).flatMap(([pattern, response]) =>
      pattern !== 'default' && new RegExp(`^(?:${pattern})$`).test(message)
        ? [String(own(response, 'statusCode'))]
        : [],
    );
  };

  test.each<[string, readonly string[], string, string]>([
    ['a status of its own', ['200', '404', '409'], '{"status": 409}', '409'],
    ['in more lines and other words', ['200', '404'], '{\n"httpStatus": "404",\n"a": 1\n}', '404'],
    ['a range', ['200', '404', '4XX'], '{"statusCode":418}', '400'],
    ['a status beside its range', ['200', '404', '4XX'], '{"statusCode":404}', '404'],
    ['what stands for all others', ['200', '404', 'default'], 'Task timed out', '500'],
    ['nothing that the document has', ['200', '404'], '{"status": 418}', '500'],
    ['nothing, where 500 is there', ['200', '404', '500'], 'Error: x is undefined', '500'],
  ])('with %s', (_about, statuses, message, status) => {
    expect(errorOf(statuses, message)).toEqual([status]);
  });
});

test('where 500 is all there is, it is the usual answer to everything', () => {
  expect(Object.keys(own(integrationOf(['5XX'], 'aws'), 'responses') as JsonObject)).toEqual(['default']);
});

test('another service has a status, which success need not have as the document has it', () => {
  const uri = 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem';
  const all = { type: 'aws', uri, credentials: 'arn:aws:iam::1:role/r' } as const;
  const integration = integrationOf(['201', '400', '404', '202'], all);
  expect(integration).toMatchObject({ uri, credentials: 'arn:aws:iam::1:role/r', httpMethod: 'POST' });
  expect(Object.keys(own(integration, 'responses') as JsonObject)).toEqual(['400', '404', '2\\d\\d']);
});

test('templates and responses that are said stand over those that would be made', () => {
  const said = {
    requestTemplates: { 'application/json': '{"TableName": "${stageVariables.table}"}' },
    responses: { default: { statusCode: '200', responseTemplates: { 'application/json': '{}' } } },
  };
  expect(integrationOf(['200', '404'], { type: 'aws', ...said })).toMatchObject(said);
});
