import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../contract/document/parse-document.ts';
import { rewriteText } from '../../contract/document/rewrite-text.ts';
import { stringifyJson } from '../../contract/json/stringify.ts';
import type { Contract } from '../../contract/model.ts';
import { contractFromText } from '../../contract/read.ts';
import { describeSource, type SourceDocument } from '../../contract/source.ts';
import { gatewayDocument } from '../document/gateway-document.ts';
import type { ExportType } from '../local/export/export-view.ts';
import { type BroughtHome, bringHome, newDocument } from './bring-home.ts';
import { changedThere, exportOf } from './export.fixture.ts';

const SOURCE = `# Our pets.
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets/{petId}:
    parameters:
      - { name: petId, in: path, required: true, schema: { type: string } }
    put:   # replaces
      operationId: replacePet
      description: Replaces a pet.
      parameters:
        - name: dry
          in: query
          schema: { type: boolean }   # only looks
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/new_pet' }
            example: { name: Rex }
      responses:
        '200': { description: The pet., content: { application/json: { example: { name: Rex } } } }
  /pets/{petId}/toys/{toy}:
    get:
      responses:
        '204': { description: None. }
components:
  schemas:
    new_pet:
      type: object
      required: [name]   # at least
      properties:
        name:
          type: string
          description: What it is called.
`;

function contractOf(text: string): Contract {
  const { contract } = contractFromText(text, { name: 'pets.yaml' });
  if (contract === undefined) throw new Error('no contract');
  return contract;
}

function textOf(brought: BroughtHome): string {
  const [draft, ...more] = brought.drafts;
  expect(more).toEqual([]);
  if (draft === undefined) return '';
  const rewritten = rewriteText(draft.document, draft.value);
  if (rewritten === undefined) throw new Error('not rewritten');
  return rewritten.text;
}

/** The lines that only the second has, and those that only the first had. */
function difference(
  before: string,
  after: string,
): { readonly come: string; readonly gone: readonly string[] } {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return {
    come: now.filter(line => !old.includes(line)).join('\n'),
    gone: old.filter(line => !now.includes(line)),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: changes reach into whatever was exported
type Change = (document: any) => void;
const HTTP = { type: 'http_proxy', httpMethod: 'GET', uri: 'https://example.com/pets' };
const MOCK = {
  type: 'mock',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: { default: { statusCode: '200' } },
};

const TYPES: readonly ExportType[] = ['swagger', 'oas30'];

describe.each(TYPES)('changed in the service and exported as %s', type => {
  const brought = (change: Change): BroughtHome => {
    const contract = contractOf(SOURCE);
    const there = changedThere(contract, type, change);
    const home = bringHome(contract, there);
    if (home.drafts.length > 0) settles(textOf(home), there, home.conflicts.length);
    return home;
  };

  test('a new path', () => {
    const home = brought(document => {
      document.paths['/owners'] = {
        get: {
          operationId: 'owners',
          responses: { 200: { description: '' } },
          'x-amazon-apigateway-integration': HTTP,
        },
      };
    });
    expect(home.arrivals.map(({ what }) => what)).toEqual(['GET /owners']);
    const { come, gone } = difference(SOURCE, textOf(home));
    expect(gone).toEqual([]);
    expect(come).toContain('  /owners:\n      operationId: owners\n');
    expect(come).toContain('uri: https://example.com/pets');
  });

  test('a new method of a path, with a new model', () => {
    const model = { type: 'object', properties: { at: { type: 'string' } } };
    const home = brought(document => {
      const models = type === 'swagger' ? document.definitions : document.components.schemas;
      models.Visit = model;
      const ref = { $ref: type === 'swagger' ? '#/definitions/Visit' : '#/components/schemas/Visit' };
      document.paths['/pets/{petId}'].post = {
        ...(type === 'swagger'
          ? {
              consumes: ['application/json'],
              parameters: [{ in: 'body', name: 'Visit', required: true, schema: ref }],
            }
          : { requestBody: { required: true, content: { 'application/json': { schema: ref } } } }),
        responses: { 200: { description: '' } },
        'x-amazon-apigateway-integration': MOCK,
      };
    });
    expect(home.arrivals.map(({ what }) => what)).toEqual(['POST /pets/{petId}', 'model Visit']);
    const { come, gone } = difference(SOURCE, textOf(home));
    expect(gone).toEqual([]);
    expect(come).toContain('    Visit:\n');
    expect(come).toContain('"#/components/schemas/Visit"');
  });

  test('an integration, a validator, a parameter, a response and an authorizer of a method', () => {
    const home = brought(document => {
      const put = document.paths['/pets/{petId}'].put;
      put['x-amazon-apigateway-integration'] = { ...HTTP, httpMethod: 'PUT' };
      put['x-amazon-apigateway-request-validator'] = 'bodies';
      document['x-amazon-apigateway-request-validators'].bodies = {
        validateRequestBody: true,
        validateRequestParameters: false,
      };
      put.parameters.push({
        name: 'X-Trace',
        in: 'header',
        ...(type === 'swagger' ? { type: 'string' } : { schema: { type: 'string' } }),
      });
      put.responses['409'] = { description: '' };
      put.security = [{ callers: [] }];
      const scheme = {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': {
          type: 'token',
          authorizerUri:
            'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:f/invocations',
        },
      };
      if (type === 'swagger') document.securityDefinitions = { callers: scheme };
      else document.components.securitySchemes = { callers: scheme };
      document['x-amazon-apigateway-gateway-responses'].THROTTLED = {
        statusCode: '429',
        responseTemplates: {},
      };
    });
    expect(home.conflicts).toEqual([]);
    expect(home.arrivals.map(({ what }) => what)).toEqual([
      'PUT /pets/{petId}: integration http_proxy',
      'PUT /pets/{petId}: request validator bodies',
      'PUT /pets/{petId}: header parameter X-Trace',
      'PUT /pets/{petId}: response 409',
      'PUT /pets/{petId}: security callers',
      'authorizer callers',
      'x-amazon-apigateway-gateway-responses THROTTLED',
    ]);
    const { come, gone } = difference(SOURCE, textOf(home));
    expect(gone).toEqual([]);
    expect(come).toContain('        - name: X-Trace\n');
    expect(come).toContain('      security:\n        - callers: []');
  });

  test('a model, where the schema says what the model said', () => {
    const home = brought(document => {
      const models = type === 'swagger' ? document.definitions : document.components.schemas;
      models.newPet.properties.age = { type: 'integer' };
      models.newPet.required = ['name', 'age'];
    });
    expect(home.conflicts).toEqual([]);
    const { come, gone } = difference(SOURCE, textOf(home));
    expect(gone).toEqual(['      required: [name]   # at least']);
    expect(come).toBe('      required: [name, "age"]   # at least\n        age:\n          type: integer');
  });

  test('what is missing there is told and stays', () => {
    const home = brought(document => {
      delete document.paths['/pets/{petId}/toys/{toy}'];
      delete document.paths['/pets/{petId}'].put.parameters;
    });
    expect(home.drafts).toEqual([]);
    expect(home.remarks.map(({ message }) => message)).toEqual([
      'GET /pets/{petId}/toys/{toy} is not in the export, and stays.',
    ]);
  });

  test('a preflight of its own, and a model that nothing uses, are told and stay away', () => {
    const home = brought(document => {
      const models = type === 'swagger' ? document.definitions : document.components.schemas;
      models.Visit = { type: 'object', properties: { at: { type: 'string' } } };
      models.Empty = { type: 'object', title: 'Empty Schema' };
      const { responses } = document.paths['/pets/{petId}'].options['x-amazon-apigateway-integration'];
      responses.default.responseParameters['method.response.header.Access-Control-Allow-Headers'] = "'X-A'";
    });
    expect(home.drafts).toEqual([]);
    expect(home.remarks.map(({ message }) => message)).toEqual([
      'OPTIONS /pets/{petId} answers preflights there, as what is generated of a document does by itself; it is not brought home.',
      'The model Visit is used by nothing that came home, and stays away.',
    ]);
  });

  test('a method whose path variable the document calls by another name is left to a person', () => {
    const contract = contractOf(SOURCE);
    const there = changedThere(contract, type, (document: Parameters<Change>[0]) => {
      document.paths = {
        '/pets/{id}': {
          patch: { responses: { 200: { description: '' } }, 'x-amazon-apigateway-integration': MOCK },
        },
      };
    });
    const { conflicts, drafts } = bringHome(contract, there);
    expect(drafts).toEqual([]);
    expect(conflicts.map(({ message, here }) => `${message} ${describeSource(here)}`)).toEqual([
      'PATCH /pets/{id} is new, and the document calls its path /pets/{petId}. pets.yaml:5:3 (/paths/~1pets~1{petId})',
    ]);
  });

  /** What came home is known from then on, and the text that says so is a document. */
  function settles(text: string, there: SourceDocument, conflicts: number): void {
    const again = bringHome(contractOf(text), there);
    expect(again.arrivals).toEqual([]);
    expect(again.drafts).toEqual([]);
    expect(again.conflicts).toHaveLength(conflicts);
    expect(text).toContain('# Our pets.');
    expect(text).toContain('put:   # replaces');
  }
});

test('with what was deployed, what only the document changed is no change, and what both did is a conflict', () => {
  const own = (uri: string): string =>
    `      x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: '${uri}' } # ours\n`;
  const at = SOURCE.indexOf('components:');
  const text = (uri: string): string => SOURCE.slice(0, at) + own(uri) + SOURCE.slice(at);
  const deployed = exportOf(gatewayDocument(contractOf(text('https://a.example'))).document);
  const there = (uri: string): SourceDocument =>
    changedThere(contractOf(text(uri)), 'oas30', () => undefined);
  const contract = contractOf(text('https://c.example'));
  expect(bringHome(contract, there('https://a.example'), deployed)).toMatchObject({
    drafts: [],
    conflicts: [],
  });
  expect(bringHome(contract, there('https://b.example'), deployed)).toMatchObject({
    drafts: [],
    conflicts: [{ message: 'The integration of GET /pets/{petId}/toys/{toy} was changed on both sides.' }],
  });
  const taken = textOf(bringHome(contract, there('https://b.example')));
  expect(difference(text('https://c.example'), taken).come).toBe(
    own('https://b.example').trimEnd().replaceAll("'", '"'),
  );
});

test('a mock that was generated of an earlier document is not taken for an integration', () => {
  const there = changedThere(contractOf(SOURCE), 'oas30', () => undefined);
  const later = contractOf(SOURCE.replaceAll('name: Rex', 'name: Tom'));
  const { drafts, conflicts, remarks } = bringHome(later, there);
  expect({ drafts, conflicts }).toEqual({ drafts: [], conflicts: [] });
  expect(remarks.map(({ message }) => message)).toEqual([
    'PUT /pets/{petId} answers there with a mock that was generated of an earlier document.',
  ]);
});

test('an export alone becomes a document of its own, which reads without a problem and says the same', () => {
  const there = changedThere(contractOf(SOURCE), 'swagger', () => undefined);
  const text = stringifyJson(newDocument(there), 2);
  const { document } = parseDocument(text, { name: 'new.json', uri: 'memory:///new.json' });
  expect(document).toBeDefined();
  const { contract, problems } = contractFromText(text, { name: 'new.json' });
  expect(problems).toEqual([]);
  expect(contract?.operations.map(({ key }) => key)).toContain('PUT /pets/{petId}');
  if (contract !== undefined) expect(bringHome(contract, there)).toMatchObject({ drafts: [], conflicts: [] });
});
