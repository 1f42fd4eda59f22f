/** How many authorizers an API may have. */
import { type GatewayRule, QUOTAS } from '../gateway-rule.ts';

const MAX_AUTHORIZERS = 10;
const AUTHORIZER = 'x-amazon-apigateway-authorizer';

const sample = (count: number): string => `paths: {}
components:
  securitySchemes:
${Array.from(
  { length: count },
  (_, index) =>
    `    auth${index}: { type: apiKey, name: Auth${index}, in: header, ${AUTHORIZER}: { type: token, authorizerUri: 'arn:aws:apigateway:eu-west-1:lambda:path/x' } }\n`,
).join('')}`;

export const authorizers: GatewayRule = {
  name: 'apigateway-authorizers',
  severity: 'error',
  title: 'An API has more than 10 authorizers.',
  fix: 'Let one authorizer decide by the resource it is asked for, or have the quota raised.',
  see: QUOTAS,
  failing: sample(MAX_AUTHORIZERS + 1),
  passing: sample(1),
  check: ({ contract: { securitySchemes, source } }, report) => {
    const count = [...securitySchemes.values()].filter(({ extensions }) => extensions.has(AUTHORIZER)).length;
    if (count > MAX_AUTHORIZERS) {
      report(source, `${count} security schemes name an authorizer; an API has ${MAX_AUTHORIZERS} at most.`);
    }
  },
};
