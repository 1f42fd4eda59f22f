/** Metrics of a method are kept under the path of its resource. */
import { placeOperations } from '../../document/resource-paths.ts';
import { type GatewayRule, QUOTAS } from '../gateway-rule.ts';

const MAX_LENGTH = 255;

const sample = (segment: string): string => `paths:
  /${segment}: { get: { responses: { '200': { description: all } } } }
`;

export const metricDimension: GatewayRule = {
  name: 'apigateway-metric-dimension',
  severity: 'warning',
  title:
    'A path is longer than the 255 characters that CloudWatch keeps of it, so its metrics may meet others.',
  fix: 'Give it a shorter path.',
  see: QUOTAS,
  failing: sample('x'.repeat(MAX_LENGTH)),
  passing: sample('pets'),
  check: ({ contract }, report) => {
    for (const { operation, path } of placeOperations(contract.operations, () => {})) {
      if (path.length > MAX_LENGTH)
        report(operation.source, `The path of ${operation.key} has ${path.length} characters.`);
    }
  },
};
