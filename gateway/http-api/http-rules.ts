/** What an HTTP API would lose or refuse of a document, as rules: their words and samples. A test holds them against the code. */
import type { Contract } from '../../contract/model.ts';
import type { Problem } from '../../contract/problem.ts';
import type { GatewayRule } from '../lint/gateway-rule.ts';
import { type HttpDocument, httpDocument } from './http-document.ts';

const GUIDE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

/** A quota that can be raised. */
const MAX_ROUTES = 300;

const DONE = `responses: { '204': { description: done } }`;

function operation(text: string): string {
  return `paths:\n  /pets: { ${text} }\n`;
}

function secured(scheme: string): string {
  return `${operation(`get: { security: [{ user: [] }], ${DONE} }`)}components: { securitySchemes: { user: ${scheme} } }\n`;
}

/** Rules of `rehearsal lint --for apigateway-http`, beside those of operations and paths that both kinds have. */
export const HTTP_RULES: readonly GatewayRule[] = [
  {
    name: 'apigateway-http-validation',
    severity: 'warning',
    title:
      'HTTP APIs check neither parameters nor bodies, so nothing that an operation demands of them is asked for.',
    fix: 'Validate requests behind the gateway, or make a REST API of it.',
    see: `${GUIDE}/http-api-vs-rest.html`,
    failing: operation(`get: { parameters: [{ name: size, in: query, schema: { type: string } }], ${DONE} }`),
    passing: operation(`get: { ${DONE} }`),
  },
  {
    name: 'apigateway-http-security',
    severity: 'warning',
    title:
      'HTTP APIs ask for JWTs, for what a Lambda function of the type request lets in, and for IAM, and for nothing else.',
    fix: 'Give the security scheme `x-amazon-apigateway-authorizer` of the type jwt or request, or let the back end ask.',
    see: `${GUIDE}/http-api-access-control.html`,
    failing: secured('{ type: apiKey, name: X-Api-Key, in: header }'),
    passing: secured(
      '{ type: openIdConnect, openIdConnectUrl: https://a.example/.well-known/openid-configuration, x-amazon-apigateway-authorizer: { type: jwt, jwtConfiguration: { issuer: https://a.example, audience: [pets] } } }',
    ),
  },
  {
    name: 'apigateway-http-integration',
    severity: 'note',
    title: 'HTTP APIs have proxies only, and of what an integration maps they can say a part.',
    fix: 'Use http_proxy or aws_proxy, and map nothing but parameters of requests; or make a REST API of it.',
    see: `${GUIDE}/http-api-parameter-mapping.html`,
    failing: operation(`get: { ${DONE}, x-amazon-apigateway-integration: { type: mock } }`),
    passing: operation(
      `get: { ${DONE}, x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: https://a.example } }`,
    ),
  },
  {
    name: 'apigateway-http-setting',
    severity: 'warning',
    title: 'HTTP APIs have no resource policy, gateway responses, compression and documentation parts.',
    fix: 'Make a REST API of it if that matters.',
    see: `${GUIDE}/http-api-vs-rest.html`,
    failing: `${operation(`get: { ${DONE} }`)}x-amazon-apigateway-policy: { Version: '2012-10-17' }\n`,
    passing: operation(`get: { ${DONE} }`),
  },
  {
    name: 'apigateway-http-routes',
    severity: 'error',
    title: 'An HTTP API has more than 300 routes, one for each operation.',
    fix: 'Split it with --split tag, or take any size with --any-size where the quota was raised.',
    see: `${GUIDE}/http-api-quotas.html`,
    failing: `paths:\n${Array.from({ length: 301 }, (_, index) => `  /p${index}: { get: { ${DONE} } }\n`).join('')}`,
    passing: operation(`get: { ${DONE} }`),
  },
];

/** What is wrong with so many routes; undefined for what is within the quota. */
export function tooManyRoutes(routes: number): string | undefined {
  return routes <= MAX_ROUTES
    ? undefined
    : `It makes ${routes} routes, and an HTTP API has ${MAX_ROUTES} at most.`;
}

/** What a contract would lose as an HTTP API before back ends, and what of it would be refused. */
export function lintForHttpApi(contract: Contract): readonly Problem[] {
  const made: HttpDocument = httpDocument(contract, { integrations: { all: 'http_proxy' } });
  const message = tooManyRoutes(made.placed.length);
  const routes = HTTP_RULES.find(({ name }) => name === 'apigateway-http-routes');
  if (message === undefined || routes === undefined) return made.losses;
  const { name: rule, severity, fix } = routes;
  return [...made.losses, { rule, severity, message, source: contract.source, fix }];
}
