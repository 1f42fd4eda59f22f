/** Whatever an operation is sent, it does what it was asked or refuses, and a refusal changes nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore } from '../state/store.ts';
import { contents } from './any-calls.fixture.ts';
import { answerControl } from './control-plane.ts';
import { OPERATIONS } from './operations.ts';
import { UNIMPLEMENTED_OPERATIONS } from './unimplemented.ts';

const SERVED = OPERATIONS.filter(
  operation => !UNIMPLEMENTED_OPERATIONS.includes(operation) && operation.name !== 'TestInvokeMethod',
);

/** Members that operations know, of all of them: most are strangers to any one. */
const MEMBERS = [
  ...['name', 'description', 'version', 'cloneFrom', 'binaryMediaTypes', 'minimumCompressionSize', 'policy'],
  ...[
    'apiKeySource',
    'endpointConfiguration',
    'tags',
    'disableExecuteApiEndpoint',
    'pathPart',
    'type',
    'uri',
  ],
  ...[
    'authorizationType',
    'authorizerId',
    'apiKeyRequired',
    'requestParameters',
    'requestModels',
    'httpMethod',
  ],
  ...['requestValidatorId', 'operationName', 'authorizationScopes', 'responseParameters', 'responseModels'],
  ...['requestTemplates', 'responseTemplates', 'passthroughBehavior', 'contentHandling', 'timeoutInMillis'],
  ...[
    'cacheKeyParameters',
    'cacheNamespace',
    'tlsConfig',
    'connectionType',
    'selectionPattern',
    'statusCode',
  ],
  ...[
    'schema',
    'contentType',
    'validateRequestBody',
    'stageName',
    'deploymentId',
    'variables',
    'canarySettings',
  ],
  ...[
    'percentTraffic',
    'stageVariableOverrides',
    'useStageCache',
    'cacheClusterSize',
    'tracingEnabled',
    'types',
  ],
  ...['patchOperations', 'op', 'path', 'value', 'from', 'ipAddressType', '__proto__', 'constructor'],
];

const PATHS = [
  ...['/name', '/description', '/policy', '/binaryMediaTypes/a~1b', '/endpointConfiguration/types/EDGE'],
  ...['/minimumCompressionSize', '/variables/a', '/canarySettings/percentTraffic', '/*/*/logging/loglevel'],
  ...[
    '/requestTemplates/application~1json',
    '/requestParameters/integration.request.header.a',
    '/uri',
    '/schema',
  ],
  ...[
    '/responseParameters/method.response.header.a',
    '/statusCode',
    '/pathPart',
    '/parentId',
    '/',
    '',
    '/__proto__',
  ],
  ...[
    '/cacheKeyParameters/a',
    '/deploymentId',
    '/canarySettings/deploymentId',
    '/variables',
    '/~',
    '/~2',
    '//',
  ],
];

const text = fc.oneof(
  fc.constantFrom(
    ...['', 'a', 'GET', 'true', '0', '-1', '1e9', '200', 'application/json', 'MOCK', 'HTTP', 'NONE'],
  ),
  fc.constantFrom(
    ...['http://a', '{"type":"object"}', '{', '$input', "'a'", 'context.stage', 'Empty', 'v1', ...PATHS],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const { value: input } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e300, 9_007_199_254_740_993n.toString()),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...MEMBERS), text), tie('value'), { maxKeys: 4 }),
  ),
}));

/** What these take, so that the strangers beside it are looked at. */
const TAKEN: Readonly<Record<string, object>> = {
  CreateRestApi: { name: 'a' },
  CreateResource: { pathPart: 'pets' },
  CreateModel: { name: 'A', contentType: 'application/json', schema: '{"type":"object"}' },
  CreateRequestValidator: { name: 'a' },
  PutMethod: { authorizationType: 'NONE' },
  PutIntegration: { type: 'MOCK' },
  TagResource: { tags: { a: 'b' } },
};

const members = fc.dictionary(fc.constantFrom(...MEMBERS), input, { maxKeys: 3 });

const patches = fc.record({
  patchOperations: fc.array(
    fc.record(
      {
        op: fc.constantFrom('add', 'replace', 'remove', 'copy', 'move', 'test', 'x'),
        path: fc.oneof(fc.constantFrom(...PATHS), text),
        value: fc.oneof(text, text, input),
        from: text,
      },
      { requiredKeys: ['op'] },
    ),
    { maxLength: 4 },
  ),
});

const query = fc.array(
  fc.tuple(
    fc.constantFrom(
      'limit',
      'position',
      'embed',
      'mode',
      'basepath',
      'failonwarnings',
      'flatten',
      'extensions',
    ),
    text,
  ),
  { maxLength: 2 },
);

function bodyFor(operation: string, body: unknown): unknown {
  const isMap = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isMap ? { ...TAKEN[operation], ...body } : body;
}

test('any input to any operation is answered with success or one of AWS’s refusals', () => {
  const { store } = openStore(undefined);
  const account = { accountId: '000000000000', region: 'us-east-1', partition: 'aws' };
  const settings = { store, account, now: () => 1, chance: Math.random };
  const send = (method: string, target: string, body: string): { status: number; body: Uint8Array } =>
    answerControl({ method, target, headers: {}, body: Buffer.from(body) }, settings);
  // biome-ignore lint/suspicious/noExplicitAny: reads into whatever came back
  const read = ({ body }: { body: Uint8Array }): any => JSON.parse(Buffer.from(body).toString());
  const begin = (): Readonly<Record<string, string>> => {
    const { id, rootResourceId } = read(send('POST', '/restapis', '{"name":"a"}'));
    const method = `/restapis/${id}/resources/${rootResourceId}/methods/GET`;
    send('PUT', method, '{"authorizationType":"NONE"}');
    send('PUT', `${method}/responses/200`, '{}');
    send('PUT', `${method}/integration`, '{"type":"MOCK"}');
    send('PUT', `${method}/integration/responses/200`, '{}');
    const { id: validator } = read(send('POST', `/restapis/${id}/requestvalidators`, '{"name":"a"}'));
    const { id: deployment } = read(send('POST', `/restapis/${id}/deployments`, '{"stageName":"v1"}'));
    return {
      restapi_id: id,
      resource_id: rootResourceId,
      parent_id: rootResourceId,
      http_method: 'GET',
      status_code: '200',
      model_name: 'Empty',
      requestvalidator_id: validator,
      deployment_id: deployment,
      stage_name: 'v1',
      response_type: 'DEFAULT_4XX',
      export_type: 'swagger',
      resource_arn: `arn:aws:apigateway:us-east-1::/restapis/${id}`,
    };
  };
  let known = begin();
  let left = 50;
  fc.assert(
    fc.property(
      fc.constantFrom(...SERVED),
      fc.oneof(patches, members, input),
      query,
      fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: text }),
      (operation, body, pairs, stranger) => {
        // Begun anew once the API is gone, or has so much in it that comparing takes long.
        if (left === 0 || store.get('rest-api', '', known['restapi_id'] ?? '') === undefined) {
          for (const { id } of store.list('rest-api', '')) send('DELETE', `/restapis/${id}`, '');
          known = begin();
          left = 50;
        }
        left -= 1;
        const path = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
          encodeURIComponent(stranger ?? known[name] ?? 'nothing'),
        );
        const asked = new URLSearchParams([...pairs, ...Object.entries(operation.query ?? {})]);
        const before = JSON.stringify(contents(store));
        const sent =
          operation.method === 'GET' || operation.method === 'DELETE'
            ? ''
            : JSON.stringify(bodyFor(operation.name, body));
        const { status } = send(operation.method, `${path}?${asked}`, sent);
        expect([status, operation.name]).toEqual([expect.any(Number), operation.name]);
        expect(status).toBeLessThan(500);
        if (status >= 400) expect(JSON.stringify(contents(store))).toBe(before);
      },
    ),
    { numRuns: 3000 },
  );
});
