/** API Gateway keeps one integration response for each status. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { own } from '../../../contract/json/value.ts';
import { type GatewayRule, INTEGRATIONS, membersOf } from '../gateway-rule.ts';

const sample = (status: string): string => `paths:
  /pets:
    get:
      responses: { '200': { description: all }, '404': { description: none }, '410': { description: gone } }
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses:
          default: { statusCode: '200' }
          '404': { statusCode: '404' }
          '410': { statusCode: '${status}' }
`;

export const statusTwice: GatewayRule = {
  name: 'apigateway-status-twice',
  severity: 'warning',
  title: 'Two patterns of an integration lead to one status, of which API Gateway keeps the last.',
  fix: 'Write both into one pattern with `|`, or give one of them another status.',
  see: INTEGRATIONS,
  failing: sample('404'),
  passing: sample('410'),
  check: ({ integrations }, report) => {
    for (const { source, json, operation } of integrations) {
      const responses = membersOf(own(json, 'responses')).map(
        ([pattern, response]) => [pattern, String(own(response, 'statusCode'))] as const,
      );
      for (const [status, group] of Map.groupBy(responses, ([, status]) => status)) {
        if (group.length < 2) continue;
        report(
          { ...source, pointer: joinPointer(source.pointer, 'responses') },
          `The patterns ${group.map(([pattern]) => pattern).join(' and ')} of ${operation.key} all lead to ${status}.`,
        );
      }
    }
  },
};
