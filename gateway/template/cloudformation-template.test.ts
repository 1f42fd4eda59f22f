import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import { contractFromValue } from '../../contract/read.ts';
import { evaluateTemplate } from '../../test/cloudformation/evaluate-template.ts';
import { type GatewayDocumentOptions, gatewayDocument } from '../document/gateway-document.ts';
import { cloudFormationTemplate } from './cloudformation-template.ts';
import { samTemplate } from './sam-template.ts';
import type { TemplateInput } from './template-parts.ts';

const RESPONSES: Json = { '200': { description: 'x', content: { 'application/json': { example: 1 } } } };

function inputFor(
  paths: Json,
  options: GatewayDocumentOptions = {},
  more: Partial<TemplateInput> & { readonly schemes?: Json } = {},
): TemplateInput & { readonly told: readonly string[] } {
  const { schemes, ...input } = more;
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths,
    ...(schemes === undefined ? {} : { components: { securitySchemes: schemes } }),
  });
  if (contract === undefined) throw new Error('no contract');
  const { document, placed } = gatewayDocument(contract, { functions: 'keep', ...options });
  const told: string[] = [];
  return {
    document: isObject(document) ? document : {},
    kind: 'rest',
    placed,
    stages: [{ name: 'dev' }],
    accessLogs: true,
    accountRole: false,
    made: 'Made.',
    lose: message => told.push(message),
    told,
    ...input,
  };
}

function made(input: TemplateInput, make: typeof samTemplate = cloudFormationTemplate): JsonObject {
  const template = make(input);
  if ('reason' in template) throw new Error(String(template['reason']));
  return template;
}

/** Resources of a type, as CloudFormation would make them. */
function ofType(
  template: JsonObject,
  type: string,
  given: Readonly<Record<string, string>> = {},
): readonly JsonObject[] {
  const { resources, faults } = evaluateTemplate(template, given);
  expect(faults).toEqual([]);
  return Object.values(resources).flatMap(one => (one.type === type ? [one.properties] : []));
}

const PETS: Json = { '/pets/{id}': { get: { responses: RESPONSES } } };

describe('a template', () => {
  test('is an API, a deployment and a stage with a log that says which release answered', () => {
    const template = made(inputFor(PETS));
    const { resources } = evaluateTemplate(template);
    expect(Object.values(resources).map(({ type }) => type)).toEqual([
      'AWS::ApiGateway::RestApi',
      'AWS::ApiGateway::Deployment',
      'AWS::ApiGateway::Stage',
      'AWS::Logs::LogGroup',
    ]);
    const [stage] = ofType(template, 'AWS::ApiGateway::Stage');
    expect(JSON.parse(String(own(stage?.['AccessLogSetting'], 'Format')))).toMatchObject({
      requestId: '$context.requestId',
      deploymentId: '$context.deploymentId',
      isCanaryRequest: '$context.isCanaryRequest',
    });
  });

  test('has another deployment for another document, and the same for the same', () => {
    const deployments = [PETS, PETS, { '/cats': { get: { responses: RESPONSES } } }].map(
      paths => Object.keys(evaluateTemplate(made(inputFor(paths))).resources)[1],
    );
    expect(deployments[0]).toMatch(/^Deployment[0-9a-f]{10}$/);
    expect(deployments[1]).toBe(deployments[0]);
    expect(deployments[2]).not.toBe(deployments[0]);
  });

  test('carries the settings of its stages, where their operations are', () => {
    const input = inputFor(
      { '/pets/{id}.json': { get: { responses: RESPONSES } }, '/': { get: { responses: RESPONSES } } },
      {},
      {
        accessLogs: false,
        stages: [
          {
            name: 'live-eu',
            variables: { release: 'v1' },
            cacheClusterSize: '0.5',
            tracingEnabled: true,
            settings: {
              '*': { throttlingRateLimit: 50, throttlingBurstLimit: 100, loggingLevel: 'ERROR' },
              'GET /pets/{id}.json': { cachingEnabled: true, cacheTtlInSeconds: 60 },
              'GET /': { requireAuthorizationForCacheControl: true },
              'GET /none': { metricsEnabled: true },
            },
          },
        ],
      },
    );
    expect(ofType(made(input), 'AWS::ApiGateway::Stage')).toEqual([
      expect.objectContaining({
        StageName: 'live-eu',
        Variables: { release: 'v1' },
        CacheClusterEnabled: true,
        CacheClusterSize: '0.5',
        TracingEnabled: true,
        MethodSettings: [
          {
            HttpMethod: '*',
            ResourcePath: '/*',
            ThrottlingRateLimit: 50,
            ThrottlingBurstLimit: 100,
            LoggingLevel: 'ERROR',
          },
          {
            HttpMethod: 'GET',
            ResourcePath: '/~1pets~1{id.json}',
            CachingEnabled: true,
            CacheTtlInSeconds: 60,
          },
          { HttpMethod: 'GET', ResourcePath: '/' },
        ],
      }),
    ]);
    expect(input.told).toEqual([
      expect.stringContaining('requireAuthorizationForCacheControl'),
      expect.stringContaining('no operation GET /none'),
    ]);
  });

  test('keeps the deployment that a canary stands beside, and refuses one of the same document', () => {
    const input = inputFor(PETS, {}, { canary: { percent: 10, kept: 'Deployment0123456789' } });
    const [stage] = ofType(made(input), 'AWS::ApiGateway::Stage');
    expect(stage?.['DeploymentId']).toBe('id-of-Deployment0123456789');
    expect(stage?.['CanarySetting']).toMatchObject({ PercentTraffic: 10, UseStageCache: false });
    const next = String(own(stage?.['CanarySetting'], 'DeploymentId')).replace('id-of-', '');
    expect(cloudFormationTemplate({ ...input, canary: { percent: 10, kept: next } })).toMatchObject({
      reason: expect.stringContaining('this very document'),
    });
    expect(samTemplate(input)).toMatchObject({ fix: expect.stringContaining('--format cloudformation') });
  });

  test('lets the service write logs where nobody has yet', () => {
    const template = made(inputFor(PETS, {}, { accountRole: true }));
    expect(ofType(template, 'AWS::ApiGateway::Account')).toHaveLength(1);
    expect(template['Resources']).toMatchObject({ StageDev: { DependsOn: 'ApiGatewayAccount' } });
  });

  test('names a document on S3 by its bytes', () => {
    const template = made(inputFor(PETS, {}, { file: 'pets.openapi.json' }));
    const [api] = ofType(template, 'AWS::ApiGateway::RestApi', { DocumentBucket: 'mine' });
    expect(api?.['BodyS3Location']).toEqual({
      Bucket: 'mine',
      Key: expect.stringMatching(/^pets\.[0-9a-f]{10}\.openapi\.json$/),
    });
  });
});

describe('what the document says of the API as a whole', () => {
  const rooted = (root: Readonly<Record<string, Json>>): TemplateInput => {
    const { contract } = contractFromValue({
      openapi: '3.1.1',
      info: { title: 'T', version: '1' },
      paths: PETS,
      ...root,
    });
    if (contract === undefined) throw new Error('no contract');
    const { document, placed } = gatewayDocument(contract);
    return { ...inputFor(PETS), document: isObject(document) ? document : {}, placed };
  };

  test('makes it private where it is', () => {
    const endpoint = { vpcEndpointIds: [{ Ref: 'Network' }] };
    const servers = [{ url: '/', 'x-amazon-apigateway-endpoint-configuration': endpoint }];
    for (const make of [cloudFormationTemplate, samTemplate]) {
      const { resources, faults } = evaluateTemplate(made(rooted({ servers }), make), { Network: 'vpce-1' });
      expect(faults).toEqual([]);
      expect(JSON.stringify(resources)).toMatch(/"Types?":(\["PRIVATE"\]|"PRIVATE")/);
      expect(JSON.stringify(resources)).toContain('"vpcEndpointIds":["vpce-1"]');
    }
  });

  test('may call functions in its refusals, whose words stay words', () => {
    const refusals = (text: string): Json => ({
      'x-amazon-apigateway-gateway-responses': {
        DEFAULT_4XX: {
          responseParameters: { 'gatewayresponse.header.Origin': { 'Fn::Sub': "'${Origin}'" } },
          responseTemplates: { 'application/json': text },
        },
      },
    });
    const template = made(rooted(refusals('{"a":"${Origin}"}') as JsonObject));
    const { resources, faults } = evaluateTemplate(template, { Origin: 'https://a.example' });
    expect(faults).toEqual([]);
    expect(JSON.stringify(resources)).toContain("'https://a.example'");
    expect(JSON.stringify(resources)).toContain('{\\"a\\":\\"${Origin}\\"}');
    expect(cloudFormationTemplate(rooted(refusals('{{resolve:ssm:x}}') as JsonObject))).toMatchObject({
      reason: expect.stringContaining('dynamic reference'),
    });
  });
});

describe('functions', () => {
  test('of a stage variable are named by a parameter, or as the stage says, and may be called', () => {
    const open = made(inputFor(PETS, { integrations: { all: 'aws_proxy' } }));
    expect(ofType(open, 'AWS::ApiGateway::Stage', { FunctionVariable: 'pets' })[0]?.['Variables']).toEqual({
      function: 'pets',
    });
    const permission = {
      Action: 'lambda:InvokeFunction',
      FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:pets',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:id-of-Api/dev/*/*',
    };
    expect(ofType(open, 'AWS::Lambda::Permission', { FunctionVariable: 'pets' })).toEqual([permission]);
    const stages = [
      { name: 'dev', variables: { function: 'pets' } },
      { name: 'live', variables: { function: { env: 'PETS_FUNCTION' } } },
    ];
    const told = made(inputFor(PETS, { integrations: { all: 'aws_proxy' } }, { stages }));
    expect(told['Parameters']).toEqual({
      LiveFunctionVariable: { Type: 'String', Description: expect.any(String), NoEcho: true },
    });
    const names = ofType(told, 'AWS::Lambda::Permission', { LiveFunctionVariable: 'cats' }).map(one => [
      one['FunctionName'],
      one['SourceArn'],
    ]);
    expect(names).toEqual([
      [permission.FunctionName, permission.SourceArn],
      [permission.FunctionName.replace('pets', 'cats'), permission.SourceArn.replace('dev', 'live')],
    ]);
  });

  test('of authorizers may be called too, but not those that a role calls', () => {
    const uri = (name: string): string =>
      `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:${name}/invocations`;
    const paths = {
      '/pets': {
        get: {
          security: [{ user: [] }],
          responses: RESPONSES,
          'x-amazon-apigateway-integration': {
            type: 'AWS_PROXY',
            uri: uri('a'),
            httpMethod: 'POST',
            credentials: 'arn:x',
          },
        },
      },
    };
    const authorizer = { type: 'token', authorizerUri: uri('who:live') };
    const schemes = {
      user: { type: 'apiKey', name: 'T', in: 'header', 'x-amazon-apigateway-authorizer': authorizer },
    };
    expect(ofType(made(inputFor(paths, {}, { schemes })), 'AWS::Lambda::Permission')).toEqual([
      expect.objectContaining({
        FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:who:live',
        SourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:id-of-Api/authorizers/*',
      }),
    ]);
  });

  test('of CloudFormation that the document calls itself name parameters', () => {
    const uri = {
      'Fn::Sub':
        'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${PetsFunction.Arn}:${stageVariables.alias}/invocations',
    };
    const integration = {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri,
      requestParameters: {
        'integration.request.header.X': { 'Fn::If': ['IsLocal', "'a'", { 'Fn::GetAtt': ['Table', 'Name'] }] },
        'integration.request.header.Y': { Ref: 'Api' },
      },
    };
    const paths = {
      '/pets': { get: { responses: RESPONSES, 'x-amazon-apigateway-integration': integration } },
    };
    const template = made(inputFor(paths));
    expect(Object.keys(template['Parameters'] ?? {})).toEqual([
      'PetsFunctionArn',
      'IsLocalCondition',
      'TableName',
      'ApiParameter',
      'AliasVariable',
    ]);
    const given = { PetsFunctionArn: 'arn:aws:lambda:eu-west-1:1:function:pets', AliasVariable: 'live' };
    const { resources } = evaluateTemplate(template, given);
    expect(JSON.stringify(resources['Api'])).toContain(`${given.PetsFunctionArn}:\${stageVariables.alias}/`);
    expect(JSON.stringify(resources)).toContain(`"FunctionName":"${given.PetsFunctionArn}:live"`);
    const mapped = { ...integration, uri: { 'Fn::FindInMap': ['A', 'B', 'C'] } };
    const refused = { '/pets': { get: { responses: RESPONSES, 'x-amazon-apigateway-integration': mapped } } };
    expect(cloudFormationTemplate(inputFor(refused))).toMatchObject({
      reason: expect.stringContaining('Fn::FindInMap'),
    });
    expect(cloudFormationTemplate(inputFor(paths, {}, { file: 'x.json' }))).toMatchObject({
      reason: expect.stringContaining('in a file on S3'),
    });
  });
});

describe('texts of the document', () => {
  const body = (properties: Json): Json => ({
    '/pets': {
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } },
        responses: RESPONSES,
      },
    },
  });

  test('that look like functions are refused, with what to do', () => {
    expect(cloudFormationTemplate(inputFor(body({ Ref: { type: 'string' } })))).toEqual({
      reason:
        '/components/schemas/POSTPetsRequest/properties has the member "Ref" alone, which CloudFormation takes for a function',
      fix: 'Keep the document in a file of its own with --body s3.',
    });
    expect(cloudFormationTemplate(inputFor(body({ Ref: {}, Other: {} })))).not.toHaveProperty('reason');
    const resolved = { type: 'string', description: '{{resolve:ssm:/password}}' };
    expect(cloudFormationTemplate(inputFor(body({ a: resolved })))).toMatchObject({
      reason: expect.stringContaining('dynamic reference'),
    });
    const example = { content: { 'application/json': { example: '{{resolve:ssm:x}}' } }, description: 'x' };
    expect(
      cloudFormationTemplate(inputFor({ '/pets': { get: { responses: { '200': example } } } })),
    ).toMatchObject({
      reason: expect.stringContaining('dynamic reference'),
    });
  });

  test('are never taken for a substitution', () => {
    const odd = fc.stringMatching(/^(\$\{|\}|!|AWS::Region|AWS::|\{|\$|[a-z. ]){0,12}$/);
    fc.assert(
      fc.property(odd, odd, odd, (title, key, uri) => {
        const integration = {
          type: 'http_proxy',
          httpMethod: 'GET',
          uri: `https://a.example/${uri}`,
          requestTemplates: { 'application/json': `${key}\${AWS::AccountId}${uri}` },
        };
        const get = {
          responses: { '200': { description: title } },
          'x-amazon-apigateway-integration': integration,
        };
        const input = inputFor({ '/pets': { get } });
        for (const make of [cloudFormationTemplate, samTemplate]) {
          const { resources, faults } = evaluateTemplate(made(input, make));
          expect(faults).toEqual([]);
          const properties = resources['Api']?.properties ?? {};
          // What stands for the account is what the import of the document puts in as well.
          const expected = JSON.stringify(input.document)
            .replaceAll('${AWS::Region}', 'eu-west-1')
            .replaceAll('${AWS::AccountId}', '123456789012');
          const found = JSON.stringify(properties['Body'] ?? properties['DefinitionBody']);
          expect(
            found.replaceAll('${AWS::Region}', 'eu-west-1').replaceAll('${AWS::AccountId}', '123456789012'),
          ).toBe(expected);
        }
      }),
    );
  });
});
