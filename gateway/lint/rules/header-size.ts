/** How long the headers of one answer may be together. */
import { mockPlan } from '../../../contract/plan/mock-plan.ts';
import { bytesOf, type GatewayRule, QUOTAS } from '../gateway-rule.ts';

const MAX_BYTES = 10_240;

const sample = (example: string): string => `paths:
  /pets:
    get:
      responses:
        '204':
          description: none
          headers: { X-Note: { schema: { type: string }, example: ${example} } }
`;

export const headerSize: GatewayRule = {
  name: 'apigateway-header-size',
  severity: 'error',
  title: "The values of an answer's headers are longer than 10,240 bytes together.",
  fix: 'Say less in headers, and more in the body.',
  see: QUOTAS,
  failing: sample('x'.repeat(MAX_BYTES + 1)),
  passing: sample('short'),
  check: ({ contract }, report) => {
    for (const operation of contract.operations) {
      for (const { status, headers } of mockPlan(operation).answers) {
        const bytes = headers.reduce((sum, [, value]) => sum + bytesOf(String(value)), 0);
        if (bytes <= MAX_BYTES) continue;
        report(
          operation.source,
          `The headers of ${operation.key} with status ${status} have ${bytes} bytes; API Gateway takes ${MAX_BYTES}.`,
        );
        break;
      }
    }
  },
};
