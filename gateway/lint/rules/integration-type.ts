/** What an integration must say of itself, by its type. */
import { own } from '../../../contract/json/value.ts';
import { type GatewayRule, INTEGRATIONS, isText } from '../gateway-rule.ts';

const TYPES = ['mock', 'http', 'http_proxy', 'aws', 'aws_proxy'];

const sample = (integration: string): string => `paths:
  /pets:
    get:
      responses: { '200': { description: all } }
      x-amazon-apigateway-integration: ${integration}
`;

export const integrationType: GatewayRule = {
  name: 'apigateway-integration-type',
  severity: 'error',
  title: 'An integration has an unknown type, or lacks the method or address that its type needs.',
  fix: 'Use mock, http, http_proxy, aws or aws_proxy; all but mock need `httpMethod` and `uri`, and a Lambda function is called with POST.',
  see: INTEGRATIONS,
  failing: sample('{ type: https_proxy, uri: https://pets.example.com }'),
  passing: sample('{ type: http_proxy, httpMethod: GET, uri: https://pets.example.com }'),
  check: ({ integrations }, report) => {
    for (const { source, json, operation } of integrations) {
      const type = own(json, 'type');
      const method = own(json, 'httpMethod');
      const uri = own(json, 'uri');
      if (!isText(type) || !TYPES.includes(type.toLowerCase())) {
        report(source, `The integration of ${operation.key} is of the type ${JSON.stringify(type)}.`);
        continue;
      }
      if (type.toLowerCase() === 'mock') continue;
      if (!isText(method)) report(source, `The integration of ${operation.key} says no "httpMethod".`);
      if (!isText(uri)) report(source, `The integration of ${operation.key} says no "uri".`);
      if (isText(uri) && uri.includes(':lambda:path/') && method !== 'POST') {
        report(
          source,
          `${operation.key} calls a Lambda function with ${JSON.stringify(method)}, not with POST.`,
        );
      }
    }
  },
};
