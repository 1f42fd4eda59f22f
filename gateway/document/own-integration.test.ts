import { expect, test } from 'vitest';
import { stringifyJson } from '../../contract/json/stringify.ts';
import { type Json, type JsonObject, own } from '../../contract/json/value.ts';
import { contractFromValue } from '../../contract/read.ts';
import { imported } from '../local/import/import.fixture.ts';
import { gatewayDocument } from './gateway-document.ts';

const RESPONSES: Json = { '200': { description: 'x' } };

function made(
  path: string,
  integration: JsonObject,
): { readonly get: Json; readonly told: readonly string[] } {
  const variables = [...path.matchAll(/\{([^{}]+)\}/g)].map(
    ([, name = '']): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } }),
  );
  const first: Json = [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }];
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: {
      '/pets/{petId}': { get: { parameters: first, responses: RESPONSES } },
      [path]: {
        get: { parameters: variables, responses: RESPONSES, 'x-amazon-apigateway-integration': integration },
      },
    },
  });
  if (contract === undefined) throw new Error('no contract');
  const { document, losses } = gatewayDocument(contract);
  imported(stringifyJson(document));
  const paths = own(document, 'paths') as JsonObject;
  return {
    get: own(Object.values(paths)[1], 'get') ?? null,
    told: losses.filter(({ message }) => message.startsWith('The integration')).map(({ message }) => message),
  };
}

const HTTP: JsonObject = {
  type: 'http',
  httpMethod: 'GET',
  uri: 'https://a.example/{id}',
  responses: { default: { statusCode: '200' } },
};

test('variables of the path are asked for by the names that they have now', () => {
  const { get, told } = made('/pets/{id}/toys', {
    ...HTTP,
    requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    requestTemplates: {
      'application/json': `$input.params('id') $input.params("id") $input.params().path.get('id') $id 'id'`,
    },
  });
  expect(own(get, 'x-amazon-apigateway-integration')).toMatchObject({
    uri: 'https://a.example/{id}',
    requestParameters: { 'integration.request.path.id': 'method.request.path.petId' },
    requestTemplates: {
      'application/json': `$input.params('petId') $input.params("petId") $input.params().path.get('petId') $id 'id'`,
    },
  });
  expect(told).toEqual([]);
});

test('a variable that is a part of a segment is told, since the whole comes in its place', () => {
  const { told } = made('/toys/{id}.json', {
    ...HTTP,
    requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
  });
  expect(told).toEqual([
    'The integration of GET /toys/{id}.json is given the whole segment of the path where it asks for "id", which is a part of it.',
  ]);
});

test('what is mapped is declared, once for each name', () => {
  const { get } = made('/pets/{petId}/toys', {
    ...HTTP,
    requestParameters: {
      'integration.request.path.id': 'method.request.path.petId',
      'integration.request.querystring.q': 'method.request.querystring.q',
      'integration.request.header.X-A': 'method.request.multivalueheader.X-A',
      'integration.request.header.X-B': "'fixed'",
    },
    cacheKeyParameters: ['method.request.querystring.q', 'method.request.querystring.page'],
  });
  const parameters = own(get, 'parameters') as readonly JsonObject[];
  expect(parameters.map(({ in: place, name, required }) => `${place} ${name} ${required}`)).toEqual([
    'path petId true',
    'query q false',
    'header X-A false',
    'query page false',
  ]);
});
