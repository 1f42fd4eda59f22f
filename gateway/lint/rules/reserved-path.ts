/** Paths that the service keeps for its own health checks. */
import type { GatewayRule } from '../gateway-rule.ts';

const sample = (path: string): string => `paths:
  ${path}: { get: { responses: { '204': { description: fine } } } }
`;

export const reservedPath: GatewayRule = {
  name: 'apigateway-reserved-path',
  severity: 'warning',
  title: 'A path is /ping or /sping, which API Gateway answers itself under a custom domain.',
  fix: 'Call it otherwise: /health, for example.',
  see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html',
  failing: sample('/ping'),
  passing: sample('/health'),
  check: ({ contract: { operations } }, report) => {
    for (const { path, key, source } of operations) {
      if (/^\/s?ping\/?$/.test(path)) report(source, `Under a custom domain ${key} is never reached.`);
    }
  },
};
