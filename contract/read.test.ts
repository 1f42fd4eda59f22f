import { describe, expect, it } from 'vitest';
import type { Contract, Operation, Schema } from './model.ts';
import { contractFromText, contractFromValue } from './read.ts';

const contractOf = (text: string): Contract => {
  const { contract, problems } = contractFromText(text, { name: 'api.yaml' });
  if (contract === undefined) throw new Error(problems.map(problem => problem.message).join('\n'));
  return contract;
};

const operationOf = (contract: Contract, key: string): Operation => {
  const operation = contract.operations.find(candidate => candidate.key === key);
  if (operation === undefined) throw new Error(`no ${key}`);
  return operation;
};

const schemaOf = (contract: Contract, name: string): Schema => {
  const schema = contract.schemas.get(name);
  if (schema === undefined) throw new Error(`no ${name}`);
  return schema;
};

const HEAD: Readonly<Record<string, string>> = {
  '2.0': "swagger: '2.0'\ninfo: {title: T, version: '1'}\n",
  '3.0': 'openapi: 3.0.4\ninfo: {title: T, version: "1"}\n',
  '3.1': 'openapi: 3.1.1\ninfo: {title: T, version: "1"}\n',
  '3.2': 'openapi: 3.2.0\ninfo: {title: T, version: "1"}\n',
};
const rules = (
  problems: readonly { readonly rule: string; readonly severity: string }[],
): readonly string[] => problems.map(problem => `${problem.severity} ${problem.rule}`);

describe('versions', () => {
  it.each([
    ['swagger: "2.0"', '2.0'],
    ['swagger: 2.0', '2.0'],
    ['openapi: 3.0.0', '3.0'],
    ['openapi: 3.0.4', '3.0'],
    ['openapi: "3.1"', '3.1'],
    ['openapi: 3.1', '3.1'],
    ['openapi: 3.1.2', '3.1'],
    ['openapi: 3.2.0', '3.2'],
    ['openapi: 3.0.0-rc2', '3.0'],
  ])('reads %s', (line, dialect) => {
    expect(contractOf(`${line}\ninfo: {title: T, version: "1"}\npaths: {}\n`).dialect).toBe(dialect);
  });

  it.each([
    ['openapi: 4.0.0\npaths: {}', 'fatal document-version', '1:10'],
    ['swagger: "1.2"\npaths: {}', 'fatal document-version', '1:10'],
    ['openapi: {}\npaths: {}', 'fatal document-version', '1:1'],
    ['openapi: 2.0\npaths: {}', 'fatal document-version', '1:10'],
    ['title: nothing\n', 'fatal document-not-openapi', '1:1'],
    ['- a\n- b\n', 'fatal document-not-openapi', '1:1'],
    ['just text', 'fatal document-not-openapi', '1:1'],
    ['', 'fatal document-not-openapi', '1:1'],
  ])('refuses %j', (text, problem, place) => {
    const { contract, problems } = contractFromText(text);
    expect(contract).toBeUndefined();
    expect(rules(problems)).toEqual([problem]);
    const [first] = problems;
    const { line, column } = first?.source.document.locate(first.source.pointer) ?? {};
    expect(`${line}:${column}`).toBe(place);
  });

  it('tells how to write a version that YAML took for the number 3', () => {
    const { problems } = contractFromText('openapi: 3.0\npaths: {}\n');
    expect(problems[0]?.fix).toMatch(/quotes|3\.0\.4/);
  });

  it('says of an empty document that it is empty', () => {
    expect(contractFromText('# nothing yet\n').problems[0]?.message).toMatch(/is empty/);
  });
});

describe('structure', () => {
  it.each([
    ['2.0', ['fatal document-paths']],
    ['3.0', ['fatal document-paths']],
    ['3.1', []],
    ['3.2', []],
  ])('%s without paths', (dialect, expected) => {
    expect(rules(contractFromText(HEAD[dialect] ?? '').problems)).toEqual(expected);
  });

  it('wants objects under paths', () => {
    const text = `${HEAD['3.1']}paths:\n  /a: []\n  /b: text\n  x-note: fine\n`;
    expect(rules(contractFromText(text).problems)).toEqual(['fatal document-paths', 'fatal document-paths']);
  });

  it.each([
    ['/basePath', "swagger: '2.0'\nbasePath: /v1\npaths: {}", ['/v1']],
    [
      'host and two schemes',
      "swagger: '2.0'\nhost: a.example\nbasePath: v1\nschemes: [http, https]\npaths: {}",
      ['http://a.example/v1', 'https://a.example/v1'],
    ],
    ['no servers', 'openapi: 3.0.4\npaths: {}', ['/']],
    ['empty servers', 'openapi: 3.0.4\nservers: []\npaths: {}', ['/']],
    [
      'two servers',
      'openapi: 3.1.0\nservers: [{url: /a}, {url: "https://b.example/{v}"}]',
      ['/a', 'https://b.example/{v}'],
    ],
  ])('servers: %s', (_what, text, urls) => {
    expect(contractOf(text).servers.map(server => server.url)).toEqual(urls);
  });

  it('takes a document without info, as API Gateway does', () => {
    const contract = contractOf('openapi: 3.0.1\npaths: {}\n');
    expect([contract.title, contract.version]).toEqual(['', '']);
    expect(contract.problems).toEqual([]);
  });

  it('shows the text inside CloudFormation intrinsics', () => {
    const contract = contractOf(
      'openapi: 3.0.1\ninfo: {title: {"Fn::Sub": "${Stack} API"}, version: !Ref V}\npaths: {}\n',
    );
    expect([contract.title, contract.version]).toEqual(['${Stack} API', 'V']);
  });

  it('reads a value', () => {
    const { contract, problems } = contractFromValue({
      openapi: '3.1.0',
      paths: { '/a': { get: { responses: { 200: { description: 'ok' } } } } },
    });
    expect(problems).toEqual([]);
    expect(contract?.operations.map(({ key }) => key)).toEqual(['GET /a']);
    expect(contract?.operations[0]?.responses.map(({ status }) => status)).toEqual(['200']);
  });
});

/** One schema in the words of each version, and what must come out alike. */
describe('one model for all versions', () => {
  const schema = (dialect: string, yaml: string): Schema => {
    const where =
      dialect === '2.0' ? `definitions:\n  S: ${yaml}\n` : `components:\n  schemas:\n    S: ${yaml}\n`;
    return schemaOf(contractOf(`${HEAD[dialect]}paths: {}\n${where}`), 'S');
  };

  it.each<[string, string, Partial<Record<keyof Schema, unknown>>]>([
    [
      '2.0',
      '{type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9}',
      { exclusiveMinimum: 1, minimum: undefined, maximum: 9 },
    ],
    [
      '3.0',
      '{type: integer, minimum: 1, exclusiveMinimum: true}',
      { exclusiveMinimum: 1, minimum: undefined },
    ],
    [
      '3.0',
      '{type: integer, minimum: 1, exclusiveMinimum: false}',
      { exclusiveMinimum: undefined, minimum: 1 },
    ],
    ['3.1', '{type: integer, exclusiveMinimum: 1}', { exclusiveMinimum: 1, minimum: undefined }],
    ['3.1', '{type: integer, minimum: 9223372036854775807}', { minimum: 9223372036854775807n }],
    ['2.0', '{type: string, x-nullable: true, nullable: true}', { types: ['string'] }],
    ['3.0', '{type: string, nullable: true}', { types: ['string', 'null'] }],
    ['3.0', '{type: string, nullable: true, enum: [a]}', { types: ['string', 'null'], enum: ['a'] }],
    ['3.0', '{nullable: true}', { types: undefined }],
    ['3.1', '{type: string, nullable: true}', { types: ['string'] }],
    ['3.1', '{type: [string, "null"]}', { types: ['string', 'null'] }],
    ['3.0', '{type: string, const: a}', { const: undefined }],
    ['3.1', '{const: null}', { const: { value: null } }],
    ['3.1', '{default: null}', { default: { value: null } }],
    ['2.0', '{type: file}', { types: ['string'], format: 'binary' }],
    ['2.0', '{type: string, example: a}', { examples: ['a'] }],
    ['3.0', '{type: string, example: a, examples: [b]}', { examples: ['a'] }],
    ['3.1', '{type: string, examples: [b, c]}', { examples: ['b', 'c'] }],
    ['3.1', '{type: string, example: a}', { examples: ['a'] }],
    [
      '2.0',
      '{oneOf: [{}], anyOf: [{}], not: {}, writeOnly: true}',
      { oneOf: undefined, anyOf: undefined, not: undefined, writeOnly: false },
    ],
    [
      '3.0',
      '{if: {}, prefixItems: [{}], patternProperties: {a: {}}, contains: {}}',
      { if: undefined, prefixItems: undefined, contains: undefined },
    ],
    ['3.1', 'true', { always: true }],
    ['3.1', 'false', { always: false }],
    ['3.1', '{type: array, items: false}', { types: ['array'] }],
    ['3.1', '{required: [__proto__, constructor]}', { required: ['__proto__', 'constructor'] }],
  ])('%s %s', (dialect, yaml, expected) => {
    const built = schema(dialect, yaml);
    for (const [key, value] of Object.entries(expected))
      expect(built[key as keyof Schema], key).toEqual(value);
  });

  it.each<[string, string, string]>([
    ['3.0', '{type: [string, integer]}', '/components/schemas/S/type'],
    ['3.1', '{type: text}', '/components/schemas/S/type'],
    ['3.1', '{type: []}', '/components/schemas/S/type'],
    ['3.1', '{minLength: -1}', '/components/schemas/S/minLength'],
    ['3.1', '{minLength: 1.5}', '/components/schemas/S/minLength'],
    ['3.1', '{minLength: "1"}', '/components/schemas/S/minLength'],
    ['3.1', '{exclusiveMinimum: true}', '/components/schemas/S/exclusiveMinimum'],
    ['3.1', '{multipleOf: 0}', '/components/schemas/S/multipleOf'],
    ['3.1', '{enum: a}', '/components/schemas/S/enum'],
    ['3.0', '{required: true}', '/components/schemas/S/required'],
    ['3.1', '{allOf: {}}', '/components/schemas/S/allOf'],
    ['3.1', '{properties: []}', '/components/schemas/S/properties'],
    ['3.1', '{pattern: 1}', '/components/schemas/S/pattern'],
    ['3.1', '[1]', '/components/schemas/S'],
    ['3.1', '', '/components/schemas/S'],
  ])('%s %s is a problem at %s', (dialect, yaml, pointer) => {
    const contract = contractOf(`${HEAD[dialect]}paths: {}\ncomponents:\n  schemas:\n    S: ${yaml}\n`);
    const built = schemaOf(contract, 'S');
    for (const key of [
      'types',
      'minLength',
      'exclusiveMinimum',
      'multipleOf',
      'enum',
      'required',
      'allOf',
      'properties',
      'pattern',
    ] as const)
      void built[key];
    expect(contract.problems.map(({ rule, source }) => `${rule} ${source.pointer}`)).toEqual([
      `schema-keyword ${pointer}`,
    ]);
  });

  it('reads keys that JavaScript has for itself', () => {
    const contract = contractOf(
      `${HEAD['3.1']}paths: {}\ncomponents:\n  schemas:\n    __proto__: {type: string}\n    constructor: {type: object, properties: {__proto__: {type: integer}, toString: {type: boolean}}}\n`,
    );
    expect([...contract.schemas.keys()]).toEqual(['__proto__', 'constructor']);
    const { properties } = schemaOf(contract, 'constructor');
    expect(properties.get('__proto__')?.types).toEqual(['integer']);
    expect(properties.get('toString')?.types).toEqual(['boolean']);
    expect(properties.get('valueOf')).toBeUndefined();
  });

  it('makes recursion a cycle of objects', () => {
    const contract = contractOf(
      `${HEAD['3.0']}paths: {}\ncomponents:\n  schemas:\n    Tree: {type: object, properties: {left: {$ref: '#/components/schemas/Tree'}}}\n`,
    );
    const tree = schemaOf(contract, 'Tree');
    expect(tree.properties.get('left')).toBe(tree);
    expect(tree.name).toBe('Tree');
  });

  it('ignores what stands beside $ref before 3.1 and keeps it from then on', () => {
    const yaml = "{$ref: '#/components/schemas/T', maxLength: 3}";
    const text = (dialect: string): string =>
      `${HEAD[dialect]}paths: {}\ncomponents:\n  schemas:\n    S: ${yaml}\n    T: {type: string}\n`;
    const old = contractOf(text('3.0'));
    expect(schemaOf(old, 'S')).toBe(schemaOf(old, 'T'));
    const modern = contractOf(text('3.1'));
    expect(schemaOf(modern, 'S').maxLength).toBe(3);
    expect(schemaOf(modern, 'S').reference).toBe(schemaOf(modern, 'T'));
  });
});

describe('operations', () => {
  it('keeps document order, methods and API Gateway’s any-method', () => {
    const contract = contractOf(`${HEAD['3.0']}paths:
  /b: {post: {}, get: {}, x-amazon-apigateway-any-method: {}, parameters: [], summary: x}
  /a/{proxy+}: {x-amazon-apigateway-any-method: {operationId: any}}
  x-other: {get: {}}
`);
    expect(contract.operations.map(({ key }) => key)).toEqual([
      'POST /b',
      'GET /b',
      'ANY /b',
      'ANY /a/{proxy+}',
    ]);
  });

  it.each([
    ['3.1', ['GET /a']],
    ['3.2', ['GET /a', 'QUERY /a', 'LINK /a']],
  ])('%s: query and additionalOperations', (dialect, keys) => {
    const contract = contractOf(
      `${HEAD[dialect]}paths: {/a: {get: {}, query: {}, additionalOperations: {LINK: {}}}}\n`,
    );
    expect(contract.operations.map(({ key }) => key)).toEqual(keys);
  });

  it('merges parameters by location and name, the operation winning', () => {
    const contract = contractOf(`${HEAD['3.1']}paths:
  /a/{id}:
    parameters:
      - {name: id, in: path, schema: {type: string}}
      - {name: q, in: query, schema: {type: string}}
      - {name: X-Trace, in: header, schema: {type: string}}
    get:
      parameters:
        - {name: q, in: query, required: true, schema: {type: integer}}
        - {name: q, in: cookie, schema: {type: integer}}
        - {name: x-trace, in: header, schema: {type: integer}}
        - {name: Authorization, in: header, schema: {type: string}}
        - {name: Content-Type, in: header, schema: {type: string}}
`);
    const { parameters } = operationOf(contract, 'GET /a/{id}');
    expect(
      parameters.map(({ in: location, name, required, schema }) => [
        location,
        name,
        required,
        schema?.types?.[0],
      ]),
    ).toEqual([
      ['path', 'id', true, 'string'],
      ['query', 'q', true, 'integer'],
      ['header', 'x-trace', false, 'integer'],
      ['cookie', 'q', false, 'integer'],
    ]);
  });

  it.each([
    ['path', '', 'simple', false],
    ['path', 'style: matrix', 'matrix', false],
    ['path', 'style: label, explode: true', 'label', true],
    ['query', '', 'form', true],
    ['query', 'explode: false', 'form', false],
    ['query', 'style: pipeDelimited', 'pipeDelimited', false],
    ['query', 'style: deepObject, explode: true', 'deepObject', true],
    ['header', '', 'simple', false],
    ['cookie', '', 'form', true],
  ])('3.1 %s parameter {%s}', (location, words, style, explode) => {
    const contract = contractOf(
      `${HEAD['3.1']}paths: {'/a/{p}': {get: {parameters: [{name: p, in: ${location}, schema: {}${words === '' ? '' : `, ${words}`}}]}}}\n`,
    );
    const [parameter] = operationOf(contract, 'GET /a/{p}').parameters;
    expect([parameter?.style, parameter?.explode]).toEqual([style, explode]);
    expect(contract.problems).toEqual([]);
  });

  it('reports a style that its location does not have', () => {
    const contract = contractOf(
      `${HEAD['3.1']}paths: {/a: {get: {parameters: [{name: p, in: query, style: matrix, schema: {}}, {name: q}]}}}\n`,
    );
    expect(operationOf(contract, 'GET /a').parameters.map(({ style }) => style)).toEqual(['form']);
    expect(rules(contract.problems)).toEqual(['error parameter-style', 'error parameter-form']);
  });

  it('reads security: inherited, taken away, alternatives, unknown schemes', () => {
    const contract = contractOf(`${HEAD['3.1']}security: [{key: []}]
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, bearer: {type: http, scheme: Bearer}, bad: {type: apiKey}}}
paths:
  /a: {get: {}, put: {security: []}, post: {security: [{}, {bearer: [], key: []}]}, patch: {security: [{nope: []}]}}
`);
    const names = (key: string): unknown =>
      operationOf(contract, key).security.map(alternative =>
        alternative.map(({ name, scheme }) => `${name} ${scheme?.kind}`),
      );
    expect(names('GET /a')).toEqual([['key apiKey']]);
    expect(names('PUT /a')).toEqual([]);
    expect(names('POST /a')).toEqual([[], ['bearer http', 'key apiKey']]);
    expect(names('PATCH /a')).toEqual([['nope undefined']]);
    expect(rules(contract.problems)).toEqual(['error security-scheme', 'error security-undefined']);
    const typeless = contractOf(`${HEAD['3.1']}components: {securitySchemes: {key: {in: header}}}\n`);
    expect(typeless.securitySchemes.size).toBe(0);
    expect(typeless.problems).toMatchObject([
      { message: 'The security scheme "key" is not complete: "type" is needed.' },
    ]);
  });

  it('does not open what somebody closed without a list', () => {
    const contract =
      contractOf(`${HEAD['3.1']}components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
paths: {/a: {get: {security: {key: []}}, put: {security: key}}}
`);
    expect(operationOf(contract, 'GET /a').security.map(list => list.map(({ name }) => name))).toEqual([
      ['key'],
    ]);
    expect(operationOf(contract, 'PUT /a').security).toEqual([[]]);
    expect(rules(contract.problems)).toEqual(['error security-form', 'error security-form']);
  });

  it('reads responses, with the forms in which people write a status', () => {
    const contract = contractOf(`${HEAD['3.1']}paths:
  /a: {get: {responses: {200: {description: a}, '4xx': {description: b}, 5XX: {description: c}, default: {description: d}, ok: {description: e}, '600': {description: f}, x-y: {}}}}
`);
    expect(operationOf(contract, 'GET /a').responses.map(({ status }) => status)).toEqual([
      '200',
      '4XX',
      '5XX',
      'default',
    ]);
    expect(rules(contract.problems)).toEqual(['error response-status', 'error response-status']);
  });

  it('reads headers without Content-Type, names in whatever case', () => {
    const contract = contractOf(
      `${HEAD['3.1']}paths: {/a: {get: {responses: {200: {description: a, headers: {content-type: {schema: {}}, x-rate: {schema: {type: integer}}}}}}}}\n`,
    );
    expect([...(operationOf(contract, 'GET /a').responses[0]?.headers.keys() ?? [])]).toEqual(['x-rate']);
  });

  it('reads examples: named, single, referred to', () => {
    const contract =
      contractOf(`${HEAD['3.1']}paths: {/a: {post: {requestBody: {content: {application/json: {schema: {}, examples: {one: {value: 1}, two: {$ref: '#/components/examples/Two'}, none: {externalValue: ./x.json}}}, text/plain: {example: null}}}}}}
components: {examples: {Two: {summary: s, value: {__proto__: 1}}}}
`);
    const [json, text] = operationOf(contract, 'POST /a').requestBody?.content ?? [];
    expect(
      json?.examples.map(({ name, value, externalValue }) => [
        name,
        value === undefined ? externalValue : JSON.stringify(value),
      ]),
    ).toEqual([
      ['one', '1'],
      ['two', '{"__proto__":1}'],
      ['none', './x.json'],
    ]);
    expect(text?.examples.map(({ name, value }) => [name, value])).toEqual([[undefined, null]]);
  });

  it('reads callbacks and webhooks, whatever they are called', () => {
    const contract =
      contractOf(`${HEAD['3.1']}paths: {/a: {post: {callbacks: {x-done: {'{$request.body#/url}': {post: {}}}}}}}
webhooks: {x-new: {post: {operationId: hook}}}
`);
    const { callbacks } = operationOf(contract, 'POST /a');
    expect([...callbacks].map(([name, operations]) => [name, operations.map(({ key }) => key)])).toEqual([
      ['x-done', ['POST {$request.body#/url}']],
    ]);
    expect(contract.webhooks.map(({ key }) => key)).toEqual(['POST x-new']);
  });

  it('follows links to operations', () => {
    const contract = contractOf(`${HEAD['3.1']}paths:
  /a:
    post:
      responses:
        201:
          description: a
          links:
            byId: {operationId: getA, parameters: {id: $response.body#/id}}
            byRef: {operationRef: '#/paths/~1a~1%7Bid%7D/get'}
            x-lost: {operationId: nobody}
            broken: {operationRef: '#/paths/~1a%'}
            elsewhere: {operationRef: 'https://other.example/api.yaml#/paths/~1x/get'}
  /a/{id}: {get: {operationId: getA}}
`);
    const links = operationOf(contract, 'POST /a').responses[0]?.links ?? new Map();
    expect([...links].map(([name, link]) => [name, link.operation?.key])).toEqual([
      ['byId', 'GET /a/{id}'],
      ['byRef', 'GET /a/{id}'],
      ['x-lost', undefined],
      ['broken', undefined],
      ['elsewhere', undefined],
    ]);
    expect(rules(contract.problems)).toEqual(['error link-target', 'error link-target']);
  });
});

describe('Swagger 2.0', () => {
  it('makes a body of the body parameter', () => {
    const contract = contractOf(`${HEAD['2.0']}consumes: [application/json]
paths: {/a: {post: {parameters: [{name: b, in: body, required: true, schema: {$ref: '#/definitions/A'}}, {name: q, in: query, type: array, items: {type: integer}, collectionFormat: pipes}]}}}
definitions: {A: {type: object}}
`);
    const { requestBody, parameters } = operationOf(contract, 'POST /a');
    expect(requestBody?.required).toBe(true);
    expect(requestBody?.content.map(({ mediaType, schema }) => [mediaType, schema?.name])).toEqual([
      ['application/json', 'A'],
    ]);
    expect(
      parameters.map(({ name, style, explode, schema }) => [name, style, explode, schema?.items?.types]),
    ).toEqual([['q', 'pipeDelimited', false, ['integer']]]);
  });

  it('makes a form of form fields, and of each operation its own', () => {
    const contract = contractOf(`${HEAD['2.0']}parameters: {Note: {name: note, in: formData, type: string}}
paths:
  /a: {post: {parameters: [{$ref: '#/parameters/Note'}, {name: file, in: formData, type: file, required: true}]}}
  /b: {post: {parameters: [{$ref: '#/parameters/Note'}, {name: count, in: formData, type: integer}]}}
`);
    const form = (key: string): unknown => {
      const [media] = operationOf(contract, key).requestBody?.content ?? [];
      return [media?.mediaType, [...(media?.schema?.properties.keys() ?? [])], media?.schema?.required];
    };
    expect(form('POST /a')).toEqual(['multipart/form-data', ['note', 'file'], ['file']]);
    expect(form('POST /b')).toEqual(['application/x-www-form-urlencoded', ['note', 'count'], []]);
  });

  it('gives a response its schema under every media type it may come in', () => {
    const contract = contractOf(`${HEAD['2.0']}produces: [application/json, text/xml]
paths: {/a: {get: {responses: {200: {description: a, schema: {type: string}, examples: {application/json: x}, headers: {X-A: {type: integer}}}, 204: {description: b}}}}}
`);
    const [ok, none] = operationOf(contract, 'GET /a').responses;
    expect(
      ok?.content.map(({ mediaType, examples, schema }) => [mediaType, examples[0]?.value, schema?.types]),
    ).toEqual([
      ['application/json', 'x', ['string']],
      ['text/xml', undefined, ['string']],
    ]);
    expect(ok?.headers.get('X-A')?.schema?.types).toEqual(['integer']);
    expect(none?.content).toEqual([]);
  });

  it.each([
    ['{type: basic}', 'http'],
    ['{type: apiKey, in: query, name: k}', 'apiKey'],
    [
      '{type: oauth2, flow: accessCode, authorizationUrl: "https://a.example", tokenUrl: "https://b.example", scopes: {r: read}}',
      'oauth2',
    ],
  ])('security definition %s', (yaml, kind) => {
    const contract = contractOf(`${HEAD['2.0']}paths: {}\nsecurityDefinitions: {s: ${yaml}}\n`);
    const scheme = contract.securitySchemes.get('s');
    expect(scheme?.kind).toBe(kind);
    if (scheme?.kind === 'oauth2')
      expect([...scheme.flows].map(([name, flow]) => [name, [...flow.scopes]])).toEqual([
        ['authorizationCode', [['r', 'read']]],
      ]);
  });
});

describe('references', () => {
  const problemsAfter = (text: string): readonly string[] => {
    const contract = contractOf(text);
    for (const schema of contract.schemas.values()) void [...schema.properties.values()];
    for (const operation of contract.operations)
      void [operation.parameters, operation.requestBody, operation.responses];
    return contract.problems.map(({ severity, rule, source }) => `${severity} ${rule} ${source.pointer}`);
  };
  const schemas = (yaml: string, dialect = '3.1'): string =>
    `${HEAD[dialect]}paths: {}\ncomponents:\n  schemas:\n    ${yaml}\n`;

  it.each([
    [
      'to nothing',
      schemas("A: {$ref: '#/components/schemas/B'}"),
      ['fatal reference-missing /components/schemas/A/$ref'],
    ],
    [
      'to an anchor nobody has',
      schemas("A: {$ref: '#b'}"),
      ['fatal reference-missing /components/schemas/A/$ref'],
    ],
    [
      'to itself',
      schemas("A: {$ref: '#/components/schemas/A'}"),
      ['fatal reference-circular /components/schemas/A/$ref'],
    ],
    [
      'in a ring',
      schemas("A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}"),
      [
        'fatal reference-circular /components/schemas/A/$ref',
        'fatal reference-circular /components/schemas/B/$ref',
      ],
    ],
    [
      'to a URL',
      schemas("A: {$ref: 'https://example.com/a.yaml'}"),
      ['fatal reference-remote /components/schemas/A/$ref'],
    ],
    [
      'to a file, in memory',
      schemas("A: {$ref: './a.yaml#/A'}"),
      ['fatal reference-file /components/schemas/A/$ref'],
    ],
    [
      'to what cannot be an address',
      schemas("A: {$ref: 'http://['}"),
      ['fatal reference-file /components/schemas/A/$ref'],
    ],
    [
      'to an inherited property',
      schemas("A: {$ref: '#/components/schemas/constructor'}"),
      ['fatal reference-missing /components/schemas/A/$ref'],
    ],
    [
      'to __proto__',
      schemas("A: {$ref: '#/__proto__'}"),
      ['fatal reference-missing /components/schemas/A/$ref'],
    ],
    [
      'of a parameter to itself',
      `${HEAD['3.1']}paths: {/a: {get: {parameters: [{$ref: '#/paths/~1a/get/parameters/0'}]}}}\n`,
      ['fatal reference-circular /paths/~1a/get/parameters/0/$ref'],
    ],
    [
      'of a response to nothing',
      `${HEAD['3.1']}paths: {/a: {get: {responses: {200: {$ref: '#/components/responses/No'}}}}}\n`,
      ['fatal reference-missing /paths/~1a/get/responses/200/$ref'],
    ],
    [
      'of a path item to nothing',
      `${HEAD['3.1']}paths: {/a: {$ref: '#/components/pathItems/No'}}\n`,
      ['fatal reference-missing /paths/~1a/$ref'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(problemsAfter(text)).toEqual(expected);
  });

  it('names the near miss', () => {
    const contract = contractOf(schemas("Pet: {}\n    A: {$ref: '#/components/schemas/pet'}"));
    void contract.schemas;
    expect(contract.problems[0]?.fix).toBe('Did you mean "Pet"? It stands under #/components/schemas.');
  });

  it.each([
    ['escapes', "A: {$ref: '#/components/schemas/a~1b%20c'}\n    a/b c: {type: integer}"],
    [
      'an anchor',
      'A: {$ref: "#here"}\n    B: {type: object, properties: {x: {$anchor: here, type: integer}}}',
    ],
    ['an $id', 'A: {$ref: "https://x.example/s"}\n    B: {$id: "https://x.example/s", type: integer}'],
    [
      'a pointer below an $id',
      'A: {$ref: "https://x.example/s#/$defs/y"}\n    B: {$id: "https://x.example/s", $defs: {y: {type: integer}}}',
    ],
    [
      'a chain',
      "A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/C'}\n    C: {type: integer}",
    ],
    ['a list element', "A: {$ref: '#/components/schemas/B/allOf/1'}\n    B: {allOf: [{}, {type: integer}]}"],
    [
      'a path through another reference',
      "A: {$ref: '#/components/schemas/B/properties/x'}\n    B: {$ref: '#/components/schemas/C'}\n    C: {properties: {x: {type: integer}}}",
    ],
  ])('follows %s', (_what, yaml) => {
    const contract = contractOf(schemas(yaml));
    expect(schemaOf(contract, 'A').types).toEqual(['integer']);
    expect(contract.problems).toEqual([]);
  });

  it('reads a path item by reference, its own members first', () => {
    const contract =
      contractOf(`${HEAD['3.1']}paths: {/a: {$ref: '#/components/pathItems/A', get: {operationId: own}}}
components: {pathItems: {A: {get: {operationId: other}, put: {operationId: put}, parameters: [{name: q, in: query, schema: {}}]}}}
`);
    expect(contract.operations.map(({ id }) => id)).toEqual(['own', 'put']);
    expect(contract.operations[1]?.parameters.map(({ name }) => name)).toEqual(['q']);
  });

  it('a mapping that names nothing is an error of the discriminator, not of the document', () => {
    const contract = contractOf(
      schemas(
        "A: {oneOf: [{$ref: '#/components/schemas/B'}], discriminator: {propertyName: k, mapping: {b: B, c: '#/components/schemas/B', d: Nope, e: '#/components/schemas/Nope'}}}\n    B: {type: object}",
      ),
    );
    const { discriminator } = schemaOf(contract, 'A');
    expect([...(discriminator?.mapping ?? [])].map(([value, { name }]) => [value, name])).toEqual([
      ['b', 'B'],
      ['c', 'B'],
    ]);
    expect(
      contract.problems.map(({ severity, rule, source }) => `${severity} ${rule} ${source.pointer}`),
    ).toEqual([
      'error discriminator-mapping /components/schemas/A/discriminator/mapping/d',
      'error discriminator-mapping /components/schemas/A/discriminator/mapping/e',
    ]);
  });

  it('names the members of a discriminated choice', () => {
    const contract = contractOf(
      schemas(
        "A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}], discriminator: {propertyName: k, mapping: {bee: '#/components/schemas/B'}}}\n    B: {type: object}\n    C: {type: object}",
      ),
    );
    expect([...(schemaOf(contract, 'A').discriminator?.mapping.keys() ?? [])]).toEqual(['bee', 'C']);
  });

  it('overrides a $dynamicRef by the outermost anchor', () => {
    const contract = contractOf(
      schemas('Node: {$id: node, $dynamicAnchor: n, properties: {next: {$dynamicRef: "#n"}}}'),
    );
    const next = schemaOf(contract, 'Node').properties.get('next');
    expect(next?.dynamicReference?.anchor).toBe('n');
    expect(next?.dynamicReference?.target).toBe(schemaOf(contract, 'Node'));
  });
});
