import { describe, expect, it } from 'vitest';
import { contractFromText } from '../read.ts';
import { lintContract } from './lint.ts';

const structure = async (text: string): Promise<readonly string[]> => {
  const { contract, problems } = contractFromText(text);
  const found = await lintContract(contract, problems);
  return found.flatMap(({ rule, source, message }) =>
    rule === 'document-structure' ? [`${source.pointer === '' ? '/' : source.pointer} ${message}`] : [],
  );
};
const head = (version: string): string =>
  `${version === '2.0' ? "swagger: '2.0'" : `openapi: ${version}`}\ninfo: {title: T, version: '1'}\n`;
const operation = (version: string, yaml: string): string => `${head(version)}paths: {/a: {post: ${yaml}}}\n`;
const OK = "responses: {'200': {description: x}}";

describe('what the specification’s schema refuses', () => {
  it.each<[string, string, readonly string[]]>([
    ...['2.0', '3.0.4', '3.1.1'].map((version): [string, string, readonly string[]] => [
      `${version}: a response without description`,
      operation(version, "{responses: {'200': {}}}"),
      ['/paths/~1a/post/responses/200 "200" has no "description", which OpenAPI requires here.'],
    ]),
    ...['2.0', '3.0.4', '3.1.1', '3.2.0'].map((version): [string, string, readonly string[]] => [
      `${version}: a member that nobody knows`,
      operation(version, `{sumary: x, ${OK}}`),
      ['/paths/~1a/post/sumary OpenAPI has no "sumary" at this place.'],
    ]),
    [
      'a flag that is text',
      operation('3.0.4', `{parameters: [{name: a, in: query, required: 'yes', schema: {}}], ${OK}}`),
      ['/paths/~1a/post/parameters/0/required "required" must be a boolean.'],
    ],
    [
      'a request body without content',
      operation('3.0.4', `{requestBody: {}, ${OK}}`),
      ['/paths/~1a/post/requestBody "requestBody" has no "content", which OpenAPI requires here.'],
    ],
    [
      'nothing where a media type belongs',
      operation('3.0.4', "{responses: {'200': {description: x, content: {application/json: }}}}"),
      ['/paths/~1a/post/responses/200/content/application~1json "application/json" must be an object.'],
    ],
    [
      'two things at once',
      operation(
        '3.1.1',
        "{responses: {'200': {descripton: x, content: {application/json: {schema: {}, foo: 1}}}}}",
      ),
      [
        '/paths/~1a/post/responses/200 "200" has no "description", which OpenAPI requires here.',
        '/paths/~1a/post/responses/200/content/application~1json/foo OpenAPI has no "foo" at this place.',
      ],
    ],
    [
      'a method nobody knows, in a callback',
      operation('3.0.4', `{callbacks: {x: {'{$url}': {pst: {}}}}, ${OK}}`),
      ['/paths/~1a/post/callbacks/x/{$url}/pst OpenAPI has no "pst" at this place.'],
    ],
    [
      '2.0: an object in the query',
      operation('2.0', `{parameters: [{name: a, in: query, type: object}], ${OK}}`),
      [
        '/paths/~1a/post/parameters/0/type "type" must be one of "string", "number", "boolean", "integer", "array".',
      ],
    ],
    [
      '2.0: a body without schema',
      operation('2.0', `{parameters: [{name: a, in: body}], ${OK}}`),
      ['/paths/~1a/post/parameters/0 "0" has no "schema", which OpenAPI requires here.'],
    ],
    [
      '2.0: a flow without its address',
      `${head('2.0')}paths: {}\nsecurityDefinitions: {a: {type: oauth2, flow: implicit}}\n`,
      ['/securityDefinitions/a "a" has no "authorizationUrl", which OpenAPI requires here.'],
    ],
    [
      '3.0: a scheme without its address',
      `${head('3.0.4')}paths: {}\ncomponents: {securitySchemes: {c: {type: openIdConnect}}}\n`,
      ['/components/securitySchemes/c "c" has no "openIdConnectUrl", which OpenAPI requires here.'],
    ],
    [
      'servers that are no list',
      `${head('3.0.4')}paths: {}\nservers: {url: /}\n`,
      ['/servers "servers" must be an array.'],
    ],
    ['tags that are texts', `${head('3.1.1')}paths: {}\ntags: [a]\n`, ['/tags/0 "0" must be an object.']],
    [
      'a document of nothing',
      head('3.1.1'),
      ['/ The document has none of "paths", "webhooks" and "components".'],
    ],
  ])('%s', async (_what, text, expected) => {
    expect(await structure(text)).toEqual(expected);
  });
});

describe('what it lets pass', () => {
  it.each<[string, string]>([
    [
      'CloudFormation where texts belong',
      `openapi: 3.0.1\ninfo: {title: !Sub 'x', description: {Fn::Sub: y}}\nservers: [{url: {Fn::Sub: '\${A}'}}]\npaths: {/a: {get: {operationId: !Ref A, deprecated: {'Fn::If': [a, b, c]}, ${OK}}}}\n`,
    ],
    ['no info at all', `openapi: 3.0.1\npaths: {}\n`],
    [
      'extensions of every form',
      operation('3.0.4', `{x-amazon-apigateway-integration: {type: mock, $ref: 1}, ${OK}}`),
    ],
    [
      'an any-method and integer statuses',
      `${head('2.0')}paths: {/{proxy+}: {x-amazon-apigateway-any-method: {responses: {}}, get: {responses: {200: {description: x}}}}}\n`,
    ],
    [
      'data that looks like references',
      operation(
        '3.0.4',
        "{responses: {'200': {description: x, content: {application/json: {example: {$ref: 1}, schema: {default: {$ref: '#/no'}, enum: [{$ref: 2}], properties: {example: {type: string}, default: {type: string}}}}}}}}",
      ),
    ],
    [
      'large integers',
      `${head('3.0.4')}paths: {}\ncomponents: {schemas: {A: {type: integer, maximum: 9223372036854775807}}}\n`,
    ],
    [
      'descriptions beside references',
      `${head('3.0.4')}paths: {}\ncomponents: {schemas: {A: {}, B: {properties: {a: {$ref: '#/components/schemas/A', description: x}}}}}\n`,
    ],
    [
      'recursion',
      `${head('3.1.1')}paths: {}\ncomponents: {schemas: {A: {properties: {a: {$ref: '#/components/schemas/A'}}}}}\n`,
    ],
    ['components alone', `${head('3.1.1')}components: {}\n`],
    ['webhooks alone', `${head('3.1.1')}webhooks: {a: {post: {${OK}}}}\n`],
    [
      'keys of JavaScript',
      `${head('3.0.4')}paths: {}\ncomponents: {schemas: {constructor: {properties: {__proto__: {type: string}}}}}\n`,
    ],
    [
      'what is new in 3.2',
      `openapi: 3.2.0
$self: https://example.com/api.yaml
info: {title: T, version: '1'}
servers: [{url: /, name: main}]
tags: [{name: a, summary: A, kind: nav}, {name: b, parent: a}]
paths:
  /a:
    query: {${OK}}
    additionalOperations: {LINK: {${OK}}}
    get:
      parameters: [{name: q, in: querystring, content: {application/json: {schema: {}}}}, {name: c, in: cookie, style: cookie, schema: {type: string}}]
      responses: {'200': {summary: s, content: {application/jsonl: {itemSchema: {type: object}, examples: {a: {dataValue: []}}}}}}
components:
  mediaTypes: {}
  securitySchemes: {o: {type: oauth2, deprecated: true, oauth2MetadataUrl: https://x.example, flows: {deviceAuthorization: {deviceAuthorizationUrl: https://x.example, tokenUrl: https://x.example, scopes: {}}}}}
`,
    ],
  ])('%s', async (_what, text) => {
    expect(await structure(text)).toEqual([]);
  });
});
