/** Headers to a back end that API Gateway writes itself. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { own } from '../../../contract/json/value.ts';
import { type GatewayRule, isText, membersOf } from '../gateway-rule.ts';

const ALWAYS = new Set([
  'content-length',
  'transfer-encoding',
  'x-amzn-trace-id',
  'x-amzn-apigateway-api-id',
]);
const WITH_AWS = new Set(['authorization', 'connection', 'expect', 'proxy-authenticate', 'te']);

const sample = (header: string): string => `paths:
  /pets:
    get:
      parameters: [{ name: X-Size, in: header, schema: { type: string } }]
      responses: { '200': { description: all, headers: { X-Size: {}, Server: {} } } }
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        requestParameters: { integration.request.header.${header}: method.request.header.X-Size }
        responses: { default: { statusCode: '200' } }
`;

export const forbiddenHeader: GatewayRule = {
  name: 'apigateway-forbidden-header',
  severity: 'error',
  title: 'An integration sets a header that API Gateway writes itself; its requests end in 500.',
  fix: 'Send the value in a header of another name.',
  see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html',
  failing: sample('Content-Length'),
  passing: sample('X-Size'),
  check: ({ integrations }, report) => {
    for (const { source, json, operation } of integrations) {
      const type = own(json, 'type');
      const isAws = isText(type) && type.toLowerCase().startsWith('aws');
      for (const [target] of membersOf(own(json, 'requestParameters'))) {
        const name = /^integration\.request\.header\.(.+)$/.exec(target)?.[1]?.toLowerCase();
        if (name === undefined || !(ALWAYS.has(name) || (isAws && WITH_AWS.has(name)))) continue;
        report(
          { ...source, pointer: joinPointer(source.pointer, 'requestParameters', target) },
          `The integration of ${operation.key} sets the header ${name}.`,
        );
      }
    }
  },
};
