/** How long an integration may take. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { own } from '../../../contract/json/value.ts';
import { type GatewayRule, QUOTAS } from '../gateway-rule.ts';

const sample = (timeout: number): string => `paths:
  /pets:
    get:
      responses: { '200': { description: all } }
      x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: https://pets.example.com, timeoutInMillis: ${timeout} }
`;

export const integrationTimeout: GatewayRule = {
  name: 'apigateway-integration-timeout',
  severity: 'error',
  title: 'The timeout of an integration is no whole number from 50 to 29000.',
  fix: 'Give milliseconds in that range; more than 29 seconds needs a raised quota.',
  see: QUOTAS,
  failing: sample(30_000),
  passing: sample(29_000),
  check: ({ integrations }, report) => {
    for (const { source, json, operation } of integrations) {
      const timeout = own(json, 'timeoutInMillis');
      if (timeout === undefined) continue;
      if (typeof timeout === 'number' && Number.isInteger(timeout) && timeout >= 50 && timeout <= 29_000)
        continue;
      report(
        { ...source, pointer: joinPointer(source.pointer, 'timeoutInMillis') },
        `The integration of ${operation.key} may take ${JSON.stringify(timeout)} ms.`,
      );
    }
  },
};
