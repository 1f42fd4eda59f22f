/** How long the name of a method may be under which policies speak of it. */
import { placeOperations } from '../../document/resource-paths.ts';
import { bytesOf, type GatewayRule, QUOTAS } from '../gateway-rule.ts';

const MAX_BYTES = 1_600;
/** Partition, region, account, API and a stage of the longest name that is allowed. */
const BEFORE = bytesOf(
  `arn:aws-us-gov:execute-api:ap-southeast-2:123456789012:a1b2c3d4e5/${'s'.repeat(128)}/`,
);

const sample = (segment: string): string => `paths:
  ? /${segment}
  : get:
      security: [{ key: [] }]
      responses: { '200': { description: all } }
components:
  securitySchemes: { key: { type: apiKey, name: X-Api-Key, in: header } }
`;

export const methodArn: GatewayRule = {
  name: 'apigateway-method-arn',
  severity: 'error',
  title: 'The ARN of a method that asks for credentials may be longer than 1,600 bytes, which ends in 414.',
  fix: 'Give it a shorter path.',
  see: QUOTAS,
  failing: sample('x'.repeat(1_500)),
  passing: sample('pets'),
  check: ({ contract }, report) => {
    for (const { operation, path } of placeOperations(contract.operations, () => {})) {
      if (operation.security.length === 0) continue;
      const bytes = BEFORE + bytesOf(operation.method) + bytesOf(path);
      if (bytes <= MAX_BYTES) continue;
      report(operation.source, `The ARN of ${operation.key} may have ${bytes} bytes.`);
    }
  },
};
