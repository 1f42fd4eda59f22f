import { describe, expect, test } from 'vitest';
import { AwsError } from '../control/aws-error.ts';
import { imported, refusal } from '../import/import.fixture.ts';
import { CONSOLE_PETSTORE, corpusText, filledCorpusText, PLAIN, TEMPLATES } from './corpus.fixture.ts';

const failing = { failOnWarnings: true };

describe('API Gateway documents of the corpus, as they were published', () => {
  test('12 the PetStore of the console leaves an address open, which is no endpoint', () => {
    expect(refusal(corpusText(CONSOLE_PETSTORE))).toBe(
      [
        'Errors found during import:',
        "Unable to put integration on 'GET' for resource at path '/pets': Invalid HTTP endpoint specified for URI",
        "Unable to put integration on 'POST' for resource at path '/pets': Invalid HTTP endpoint specified for URI",
        "Unable to put integration on 'GET' for resource at path '/pets/{petId}': Invalid HTTP endpoint specified for URI",
      ].join('\n\t'),
    );
  });

  test('7 what AWS has exported imports without a warning', () => {
    const { restApi, resources, models } = imported(
      corpusText('apigw-export-peststore.json'),
      failing,
    ).snapshot;
    expect(restApi).toMatchObject({ name: 'PestStore', version: '2018-09-21T22:32:04Z' });
    expect(resources.map(({ path }) => path)).toContain('/{proxy+}');
    expect(models.map(({ name }) => name)).toEqual(['Empty']);
  });

  test("1.2 the importer's example maps a header that its response does not declare", () => {
    const message = refusal(corpusText('apigw-importer-uber.json'));
    expect(message).toContain(
      '[Invalid mapping expression parameter specified: method.response.header.test-method-response-header]',
    );
    expect(message).toContain(
      "Invalid response status code 'default' for method 'GET' on resource at path '/products'. Ignoring.",
    );
  });

  test('6.5 intrinsics of CloudFormation are no texts', () => {
    const paths = ['/reminders/{id}', '/applications', '/{linkId}'];
    expect(TEMPLATES.map(name => refusal(corpusText(name)))).toEqual(
      paths.map(path => `Unable to parse API definition because of a malformed integration at path ${path}.`),
    );
  });
});

describe('API Gateway documents of the corpus, once they are filled in', () => {
  for (const name of [CONSOLE_PETSTORE, ...TEMPLATES]) {
    test(`${name} imports without a warning`, () => {
      expect(imported(filledCorpusText(name), failing).snapshot.resources.length).toBeGreaterThan(2);
    });
  }

  test('6.4 the PetStore becomes what AWS was recorded to make of it', () => {
    const { snapshot } = imported(filledCorpusText(CONSOLE_PETSTORE));
    const [root, pets, pet] = snapshot.resources;
    expect(snapshot.models.map(({ name }) => name)).toEqual([
      'Pets',
      'Empty',
      'NewPetResponse',
      'Pet',
      'NewPet',
      'PetType',
    ]);
    expect([root, pets, pet].map(resource => Object.keys(resource?.resourceMethods ?? {}))).toEqual([
      ['GET'],
      ['GET', 'POST', 'OPTIONS'],
      ['GET', 'OPTIONS'],
    ]);
    expect(pets?.resourceMethods?.['GET']).toEqual({
      apiKeyRequired: false,
      authorizationType: 'NONE',
      httpMethod: 'GET',
      methodIntegration: {
        cacheKeyParameters: [],
        cacheNamespace: pets?.id,
        connectionType: 'INTERNET',
        httpMethod: 'GET',
        integrationResponses: {
          200: {
            responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
            statusCode: '200',
          },
        },
        passthroughBehavior: 'WHEN_NO_MATCH',
        requestParameters: {
          'integration.request.querystring.page': 'method.request.querystring.page',
          'integration.request.querystring.type': 'method.request.querystring.type',
        },
        timeoutInMillis: 29000,
        type: 'HTTP',
        uri: 'http://petstore.execute-api.us-east-1.amazonaws.com/petstore/pets',
      },
      methodResponses: {
        200: {
          responseModels: { 'application/json': 'Pets' },
          responseParameters: { 'method.response.header.Access-Control-Allow-Origin': false },
          statusCode: '200',
        },
      },
      requestParameters: {
        'method.request.querystring.page': false,
        'method.request.querystring.type': false,
      },
    });
  });
});

describe('other documents of the corpus are answered', () => {
  const names = [
    'adyen-checkout-v71.json',
    'genome-nexus.json',
    'museum.yaml',
    'spotify.yaml',
    'swagger-petstore.yaml',
    'twilio-taskrouter-v1.json',
  ];
  for (const name of names) {
    test(name, () => {
      try {
        expect(imported(corpusText(name)).snapshot.restApi.name).not.toBe('');
      } catch (error) {
        expect(error).toBeInstanceOf(AwsError);
      }
    });
  }

  test('all of API Gateway stand in one of the lists', () => {
    expect([...PLAIN, ...TEMPLATES]).toHaveLength(6);
  });
});
