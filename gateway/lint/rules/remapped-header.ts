/** Headers of answers that reach the client under another name. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { own } from '../../../contract/json/value.ts';
import { isRemapped } from '../../integration/remapped-headers.ts';
import { type GatewayRule, isText, membersOf } from '../gateway-rule.ts';

const sample = (header: string): string => `paths:
  /pets:
    get:
      parameters: [{ name: X-Size, in: header, schema: { type: string } }]
      responses: { '200': { description: all, headers: { X-Size: {}, Server: {} } } }
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses:
          default:
            statusCode: '200'
            responseParameters: { method.response.header.${header}: integration.response.header.X-Size }
`;

export const remappedHeader: GatewayRule = {
  name: 'apigateway-remapped-header',
  severity: 'warning',
  title: 'An integration response sets a header that clients see as `x-amzn-Remapped-…`, or not at all.',
  fix: 'Name it otherwise, or use an http_proxy integration, which passes most headers on.',
  see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html',
  failing: sample('Server'),
  passing: sample('X-Size'),
  check: ({ integrations }, report) => {
    for (const { source, json, operation } of integrations) {
      const type = own(json, 'type');
      // What proxies answer is not mapped.
      if (isText(type) && /_proxy$/i.test(type)) continue;
      for (const [pattern, response] of membersOf(own(json, 'responses'))) {
        for (const [target] of membersOf(own(response, 'responseParameters'))) {
          const name = /^method\.response\.header\.(.+)$/.exec(target)?.[1];
          if (name === undefined || !isRemapped(name)) continue;
          const keys = ['responses', pattern, 'responseParameters', target];
          report(
            { ...source, pointer: joinPointer(source.pointer, ...keys) },
            `The integration of ${operation.key} answers with the header ${name}.`,
          );
        }
      }
    }
  },
};
