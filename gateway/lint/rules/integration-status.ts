/** The status of an integration response is that of a method response. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { own } from '../../../contract/json/value.ts';
import { type GatewayRule, INTEGRATIONS, membersOf } from '../gateway-rule.ts';

const sample = (status: string): string => `paths:
  /pets:
    get:
      responses: { '200': { description: all } }
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses: { default: { statusCode: '${status}' } }
`;

export const integrationStatus: GatewayRule = {
  name: 'apigateway-integration-status',
  severity: 'error',
  title: 'An integration response has no status from 100 to 599.',
  fix: 'Give `statusCode` three digits; ranges such as 4XX are no status.',
  see: INTEGRATIONS,
  failing: sample('4XX'),
  passing: sample('200'),
  check: ({ integrations }, report) => {
    for (const { source, json, operation } of integrations) {
      for (const [pattern, response] of membersOf(own(json, 'responses'))) {
        const status = own(response, 'statusCode');
        if (/^[1-5]\d\d$/.test(String(status))) continue;
        report(
          { ...source, pointer: joinPointer(source.pointer, 'responses', pattern) },
          `The integration of ${operation.key} answers ${pattern} with the status ${JSON.stringify(status)}.`,
        );
      }
    }
  },
};
