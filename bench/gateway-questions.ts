/** The API that the bench of the gateway asks, and what it answers. */

/** What both servers send. */
export const ANSWER =
  '{ "id": "7", "name": "Rex", "stage": "bench", "tags": ["a","b","c"], "note": "Rex is 7 and lives on bench." }';

export const BODY = '{"name": "Rex", "tags": ["a", "b", "c"]}';

const GET_REQUEST = `#if($input.params('scope') == 'internal'){"statusCode": 404}#else{"statusCode": 200}#end`;
const GET_RESPONSE = `{ "id": "$input.params('petId')", "name": "Rex", "stage": "$context.stage", "tags": [#foreach($tag in ["a", "b", "c"])"$tag"#if($foreach.hasNext),#end#end], "note": "Rex is $input.params('petId') and lives on $context.stage." }`;
const POST_REQUEST = `#set($context.requestOverride.path.name = $input.path('$.name'))#set($context.requestOverride.path.tags = $input.json('$.tags')){"statusCode": 200}`;
const POST_RESPONSE = `#set($name = $context.requestOverride.path.name){ "id": "$input.params('petId')", "name": "$name", "stage": "$context.stage", "tags": $context.requestOverride.path.tags, "note": "$name is $input.params('petId') and lives on $context.stage." }`;

function operation(request: string, response: string): object {
  return {
    parameters: [
      { name: 'petId', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'scope', in: 'query', schema: { type: 'string' } },
    ],
    responses: { 200: { description: 'a pet' }, 404: { description: 'none' } },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': request },
      responses: {
        default: { statusCode: '200', responseTemplates: { 'application/json': response } },
        404: { statusCode: '404' },
      },
    },
  };
}

/** An API of two mocks, each with a template on both sides. */
export const DOCUMENT: object = {
  openapi: '3.0.1',
  info: { title: 'bench', version: '1' },
  paths: {
    '/pets/{petId}': {
      get: operation(GET_REQUEST, GET_RESPONSE),
      post: operation(POST_REQUEST, POST_RESPONSE),
    },
  },
};
