/**
 * Cross-origin requests: API Gateway answers no preflight by itself, so each path has a mock integration for it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
import type { Json } from '../../contract/json/value.ts';

/** On every answer, as a mapping expression. */
export const ALLOW_ORIGIN: readonly [name: string, expression: string] = [
  'Access-Control-Allow-Origin',
  "'*'",
];

/** The OPTIONS method of a path that has these methods. @param parameters - of the path */
export function preflight(methods: readonly string[], parameters: readonly Json[]): Json {
  const headers: readonly (readonly [string, string])[] = [
    ALLOW_ORIGIN,
    ['Access-Control-Allow-Methods', `'${[...methods, 'OPTIONS'].join(',')}'`],
    ['Access-Control-Allow-Headers', "'*'"],
  ];
  return {
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: {
      '204': {
        description: 'The answer to a preflight',
        headers: Object.fromEntries(headers.map(([name]) => [name, { schema: { type: 'string' } }])),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      passthroughBehavior: 'when_no_templates',
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      responses: {
        default: {
          statusCode: '204',
          responseParameters: Object.fromEntries(
            headers.map(([name, expression]) => [`method.response.header.${name}`, expression]),
          ),
        },
      },
    },
  };
}
