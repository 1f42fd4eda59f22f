/** Parameters of an integration are mapping expressions, which are texts. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { own } from '../../../contract/json/value.ts';
import { type GatewayRule, isText, membersOf } from '../gateway-rule.ts';

const sample = (value: string): string => `paths:
  /pets:
    get:
      responses: { '200': { description: all } }
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        requestParameters: { integration.request.header.X-Mode: ${value} }
        responses: { default: { statusCode: '200' } }
`;

const EXPRESSION =
  /^(?:method\.request\.(?:path|querystring|header|multivaluequerystring|multivalueheader)\.[A-Za-z0-9._$-]+|method\.request\.body(?:\..+)?|stageVariables\.\w+|context\.[\w.]+|'[^']*')$/;

export const integrationParameter: GatewayRule = {
  name: 'apigateway-integration-parameter',
  severity: 'error',
  title: 'A parameter of an integration is set to something that is no mapping expression.',
  fix: 'Write constants in single quotes inside the text, and what is mapped as `method.request.…`, `stageVariables.…` or `context.…`.',
  see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html',
  failing: sample('true'),
  passing: sample(`"'true'"`),
  check: ({ integrations }, report) => {
    for (const { source, json, operation } of integrations) {
      for (const [name, value] of membersOf(own(json, 'requestParameters'))) {
        if (isText(value) && EXPRESSION.test(value)) continue;
        report(
          { ...source, pointer: joinPointer(source.pointer, 'requestParameters', name) },
          `The integration of ${operation.key} sets ${name} to ${JSON.stringify(value)}.`,
        );
      }
    }
  },
};
