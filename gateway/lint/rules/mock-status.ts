/** A mock integration has to name a status, and to have a response for what is not foreseen. */
import { own } from '../../../contract/json/value.ts';
import { type GatewayRule, isText, membersOf } from '../gateway-rule.ts';

const sample = (template: string): string => `paths:
  /pets:
    get:
      responses: { '200': { description: all } }
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: { application/json: '${template}' }
        responses: { default: { statusCode: '200' } }
`;

export const mockStatus: GatewayRule = {
  name: 'apigateway-mock-status',
  severity: 'error',
  title: 'A mock integration names no status as a number, or has no default response; it answers 500 then.',
  fix: 'Let its template for application/json make `{"statusCode": 200}`, without quotes round the number, and add a response "default".',
  see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html',
  failing: sample('{"statusCode": "200"}'),
  passing: sample('{"statusCode": 200}'),
  check: ({ integrations }, report) => {
    for (const { source, json, operation } of integrations) {
      const type = own(json, 'type');
      if (!isText(type) || type.toLowerCase() !== 'mock') continue;
      const texts = membersOf(own(json, 'requestTemplates')).map(([, text]) => text);
      // What a directive makes is known only when it is rendered.
      const named = texts.filter(text => isText(text) && /statusCode['"]?\s*:\s*(-?\d|\$|#)/.test(text));
      if (texts.length === 0 || named.length < texts.length) {
        report(source, `The mock integration of ${operation.key} names no status.`);
      }
      if (own(own(json, 'responses'), 'default') === undefined) {
        report(source, `The mock integration of ${operation.key} has no default response.`);
      }
    }
  },
};
