/** Which integration response is taken must not depend on an order that nobody promises. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { own } from '../../../contract/json/value.ts';
import { compilePattern } from '../../../contract/schema/pattern/match.ts';
import { type GatewayRule, isText, membersOf } from '../gateway-rule.ts';

const sample = (pattern: string): string => `paths:
  /pets:
    get:
      responses: { '200': { description: all }, '400': { description: bad }, '404': { description: none } }
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses:
          default: { statusCode: '200' }
          '404': { statusCode: '404' }
          '${pattern}': { statusCode: '400' }
`;

export const selectionPattern: GatewayRule = {
  name: 'apigateway-selection-pattern',
  severity: 'warning',
  title:
    'Two selection patterns of an integration fit the same status, and which of them counts is nowhere said.',
  fix: 'Write patterns of which no two fit one status.',
  see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html',
  failing: sample('4[0-9][0-9]'),
  passing: sample('400'),
  check: ({ integrations }, report) => {
    for (const { source, json, operation } of integrations) {
      const responses = own(json, 'responses');
      // Lambda functions are told apart by the texts of their errors.
      const uri = own(json, 'uri');
      if (isText(uri) && uri.includes(':lambda:')) continue;
      const patterns = membersOf(responses).flatMap(([key]) => (key === 'default' ? [] : [key]));
      const status = STATUSES.find(text => patterns.filter(pattern => fits(pattern, text)).length > 1);
      if (status === undefined) continue;
      const both = patterns.filter(pattern => fits(pattern, status));
      report(
        { ...source, pointer: joinPointer(source.pointer, 'responses') },
        `The patterns ${both.join(' and ')} of ${operation.key} both fit ${status}.`,
      );
    }
  },
};

const STATUSES: readonly string[] = Array.from({ length: 500 }, (_, index) => String(index + 100));

function fits(pattern: string, text: string): boolean {
  if (pattern === text) return true;
  const compiled = compilePattern(`^(?:${pattern})$`);
  return compiled.kind === 'compiled' && compiled.test(text);
}
