import { describe, expect, test } from 'vitest';
import { stringifyJson } from '../../contract/json/stringify.ts';
import { type Json, type JsonObject, own } from '../../contract/json/value.ts';
import { contractFromValue } from '../../contract/read.ts';
import { imported } from '../local/import/import.fixture.ts';
import { type GatewayDocumentOptions, gatewayDocument } from './gateway-document.ts';

const AWS = 'x-amazon-apigateway-';

function made(root: JsonObject, options: GatewayDocumentOptions = {}, operation: JsonObject = {}) {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: {
      '/pets/{petId}': {
        post: {
          requestBody: { required: true, content: { 'application/json': { schema: { required: ['a'] } } } },
          responses: { '200': { description: 'x' } },
          ...operation,
        },
      },
      '/pets/{id}/toys': { get: { responses: { '200': { description: 'x' } } } },
    },
    ...root,
  });
  if (contract === undefined) throw new Error('no contract');
  const { document, losses } = gatewayDocument(contract, options);
  return { document, losses: losses.filter(({ rule }) => rule === 'apigateway-extension') };
}

function at(document: Json, ...keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((value, key) => own(value, key), document);
}

describe("the document's own words are carried over", () => {
  test('what the service takes, into the API it makes', () => {
    const documentation = {
      version: '1',
      documentationParts: [
        { location: { type: 'API' }, properties: { description: 'All pets.' } },
        {
          location: { type: 'METHOD', path: '/pets/{id}/toys', method: 'GET' },
          properties: { summary: 's' },
        },
      ],
    };
    const root = {
      [`${AWS}documentation`]: documentation,
      [`${AWS}api-key-source`]: 'AUTHORIZER',
      [`${AWS}minimum-compression-size`]: 1024,
      [`${AWS}binary-media-types`]: ['image/*'],
      [`${AWS}policy`]: { Version: '2012-10-17', Statement: [] },
      [`${AWS}endpoint-configuration`]: { disableExecuteApiEndpoint: true },
    };
    for (const format of ['openapi', 'swagger'] as const) {
      const { document, losses } = made(root, { format });
      expect(losses).toEqual([]);
      const { snapshot } = imported(stringifyJson(document));
      expect(snapshot.restApi).toMatchObject({
        apiKeySource: 'AUTHORIZER',
        minimumCompressionSize: 1024,
        binaryMediaTypes: ['image/*'],
        policy: expect.stringContaining('2012-10-17'),
        disableExecuteApiEndpoint: true,
      });
      // The path is called otherwise there, and so is what is said of it.
      const paths = snapshot.documentationParts.map(({ location }) => location.path);
      expect(paths).toContain('/pets/{petId}/toys');
      expect(paths).not.toContain('/pets/{id}/toys');
    }
  });

  test('validators: those of the document, and ours beside them', () => {
    const root = {
      [`${AWS}request-validators`]: {
        all: { validateRequestBody: false, validateRequestParameters: false },
        'Body only': { validateRequestBody: true, validateRequestParameters: false },
      },
    };
    const usual = made(root);
    const validatorOf = (document: Json): Json | undefined =>
      at(document, 'paths', '/pets/{petId}', 'post', `${AWS}request-validator`);
    expect(Object.keys(at(usual.document, `${AWS}request-validators`) as JsonObject)).toEqual([
      'all',
      'Body only',
      'all2',
      'parameters',
    ]);
    expect(validatorOf(usual.document)).toBe('all2');
    const whole = { ...root, [`${AWS}request-validator`]: 'Body only' };
    expect(validatorOf(made(whole).document)).toBe('Body only');
    expect(validatorOf(made(whole, {}, { [`${AWS}request-validator`]: 'all' }).document)).toBe('all');
  });

  test('gateway responses, with who answered on each', () => {
    const response = {
      statusCode: 503,
      responseParameters: { 'gatewayresponse.header.access-control-allow-origin': "'https://a.example'" },
      responseTemplates: { 'application/json': '{"busy": true}' },
    };
    const { document } = made({ [`${AWS}gateway-responses`]: { THROTTLED: response } });
    expect(at(document, `${AWS}gateway-responses`, 'THROTTLED')).toEqual({
      ...response,
      statusCode: '503',
      responseParameters: {
        'gatewayresponse.header.access-control-allow-origin': "'https://a.example'",
        'gatewayresponse.header.x-rehearsal-canary': 'context.isCanaryRequest',
        'gatewayresponse.header.x-rehearsal-deployment': 'context.deploymentId',
      },
    });
    expect(Object.keys(at(document, `${AWS}gateway-responses`) as JsonObject)).toContain('DEFAULT_4XX');
  });

  test('the endpoint that a server of the source has', () => {
    const endpoint = { vpcEndpointIds: ['vpce-1'] };
    const root = { servers: [{ url: 'https://a.example/v1', [`${AWS}endpoint-configuration`]: endpoint }] };
    expect(at(made(root).document, 'servers')).toEqual([
      { url: '/', [`${AWS}endpoint-configuration`]: endpoint },
    ]);
  });
});

test.each<[string, JsonObject]>([
  ['a key source of no kind', { [`${AWS}api-key-source`]: 'COOKIE' }],
  ['media types that are no list', { [`${AWS}binary-media-types`]: 'image/png' }],
  ['a size that is none', { [`${AWS}minimum-compression-size`]: '1024' }],
  ['documentation without parts', { [`${AWS}documentation`]: {} }],
  ['an endpoint that is no object', { [`${AWS}endpoint-configuration`]: 'EDGE' }],
  ['validators that are no objects', { [`${AWS}request-validators`]: [] }],
  ['a validator that is no object', { [`${AWS}request-validators`]: { all: true } }],
  ['a validator that is not there', { [`${AWS}request-validator`]: 'none' }],
  ['gateway responses that are none', { [`${AWS}gateway-responses`]: 'x' }],
  ['a gateway response of no type', { [`${AWS}gateway-responses`]: { TEAPOT: {} } }],
])('%s is left out and told', (_about, root) => {
  const { document, losses } = made(root);
  expect(losses).toHaveLength(1);
  const [name = ''] = Object.keys(root);
  expect(losses[0]?.message).toContain(name);
  expect(losses[0]?.source.pointer).toContain(name);
  imported(stringifyJson(document));
});
