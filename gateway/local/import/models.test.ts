import { expect, test } from 'vitest';
import { imported, methodAt, mockOperation, oas30, refusal, swagger } from './import.fixture.ts';

function models(schemas: object): ReturnType<typeof imported> {
  return imported(oas30({}, { components: { schemas } }));
}

test('4.1 references between models become addresses, in circles too', () => {
  const person = {
    type: 'object',
    description: 'Random person schema.',
    properties: { name: { type: 'string' }, house: { $ref: '#/components/schemas/House' } },
    required: ['name'],
  };
  const house = {
    type: 'object',
    properties: {
      contains: { type: 'array', items: { $ref: '#/components/schemas/Person' }, minItems: 1 },
      code: { type: 'string', format: 'byte' },
    },
  };
  const { snapshot, warnings } = models({ Person: person, House: house });
  const address = (name: string) =>
    `https://apigateway.amazonaws.com/restapis/${snapshot.restApi.id}/models/${name}`;
  expect(warnings).toEqual([]);
  expect(snapshot.models).toEqual([
    {
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      name: 'Person',
      description: 'Random person schema.',
      contentType: 'application/json',
      schema: JSON.stringify({
        ...person,
        properties: { name: { type: 'string' }, house: { $ref: address('House') } },
      }),
    },
    {
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      name: 'House',
      contentType: 'application/json',
      schema: JSON.stringify({
        ...house,
        properties: {
          ...house.properties,
          contains: { type: 'array', items: { $ref: address('Person') }, minItems: 1 },
        },
      }),
    },
  ]);
});

test('6.6 (3) a model with another name than letters and digits is left out, and so is what refers to it', () => {
  const { snapshot, warnings } = imported(
    oas30(
      {
        '/pets': {
          post: mockOperation({
            requestBody: {
              content: { 'application/json': { schema: { $ref: '#/components/schemas/my_model' } } },
            },
          }),
        },
      },
      {
        components: {
          schemas: {
            my_model: { type: 'object' },
            Pets: { type: 'array', items: { $ref: '#/components/schemas/my_model' } },
          },
        },
      },
    ),
  );
  expect(warnings).toEqual([
    'Model name must be alphanumeric: my_model',
    "Unknown or invalid reference specified by '#/components/schemas/my_model'. Ignoring.",
    "Reference to model 'my_model' not found. Ignoring.",
  ]);
  expect(snapshot.models.map(({ name, schema }) => [name, schema])).toEqual([
    ['Pets', '{"type":"array","items":{}}'],
  ]);
  expect(methodAt(snapshot, '/pets', 'POST').requestModels).toBeUndefined();
});

test('6.6 (6) keywords that draft 4 does not know refuse the model, properties of their names do not', () => {
  expect(
    refusal(
      oas30(
        {},
        {
          components: {
            schemas: {
              Pet: { type: 'object', properties: { a: { type: 'string', example: 'x', nullable: true } } },
            },
          },
        },
      ),
    ),
  ).toBe(
    'Errors found during import:\n\tUnable to create model for \'Pet\': Validation Result: warnings : [], errors : [Invalid model schema specified. Unsupported keyword(s): ["example","nullable"]]',
  );
  expect(
    models({ Pet: { type: 'object', properties: { example: { type: 'string' }, $ref: { type: 'string' } } } })
      .warnings,
  ).toEqual([]);
});

test('4.1 what draft 4 does not allow refuses the model', () => {
  const words =
    "Unable to create model for 'Pet': Validation Result: warnings : [], errors : [Invalid model schema specified]";
  expect(
    refusal(oas30({}, { components: { schemas: { Pet: { type: 'object', required: [] } } } })),
  ).toContain(words);
  expect(refusal(oas30({}, { components: { schemas: { Pet: { type: 'file' } } } }))).toContain(words);
});

test('4.1 a schema must hold something', () => {
  expect(refusal(oas30({}, { components: { schemas: { Nothing: {} } } }))).toContain(
    "Unable to create model for 'Nothing': Model schema must have at least 1 property or array items defined",
  );
});

test('6.4 inline schemas become models of their own, one for each schema, and the same ones the next time', () => {
  const schema = { type: 'object', properties: { name: { type: 'string' } } };
  const content = { 'application/json': { schema } };
  const document = oas30({
    '/pets': {
      post: mockOperation({ requestBody: { content }, responses: { 200: { description: 'x', content } } }),
      put: mockOperation({
        requestBody: { content: { 'application/json': { schema: { ...schema, title: 'x' } } } },
      }),
    },
  });
  const { snapshot } = imported(document);
  const [first, second] = snapshot.models;
  expect(snapshot.models).toHaveLength(2);
  expect(first).toMatchObject({
    name: expect.stringMatching(/^MODEL[0-9a-f]{6}$/),
    schema: JSON.stringify(schema),
  });
  expect(methodAt(snapshot, '/pets', 'POST')).toMatchObject({
    requestModels: { 'application/json': first?.name },
    methodResponses: { 200: { responseModels: { 'application/json': first?.name } } },
  });
  expect(methodAt(snapshot, '/pets', 'PUT').requestModels).toEqual({ 'application/json': second?.name });
  expect(imported(document, { existing: snapshot, mode: 'merge' }).snapshot).toEqual(snapshot);
});

test('6.6 (8) a response of a primitive type has no model', () => {
  const { snapshot, warnings } = imported(
    swagger({
      '/pets': {
        get: mockOperation({ responses: { 200: { description: 'x', schema: { type: 'string' } } } }),
      },
    }),
  );
  expect(warnings).toEqual(['Invalid format for model application/json for method GET']);
  expect(snapshot.models).toEqual([]);
});

test('digits that a double cannot hold survive', () => {
  const text = JSON.stringify(
    oas30({}, { components: { schemas: { Big: { type: 'integer', maximum: 1 } } } }),
  );
  const { snapshot } = imported(text.replace('"maximum":1', '"maximum":9223372036854775807'));
  expect(snapshot.models[0]?.schema).toBe('{"type":"integer","maximum":9223372036854775807}');
});

test('a property called __proto__ stays one', () => {
  const text = JSON.stringify(
    oas30(
      {},
      { components: { schemas: { Odd: { type: 'object', properties: { x: { type: 'string' } } } } } },
    ),
  );
  const { snapshot } = imported(text.replace('"x":', '"__proto__":'));
  expect(snapshot.models[0]?.schema).toBe('{"type":"object","properties":{"__proto__":{"type":"string"}}}');
});
