/** How many documentation parts an API may have. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { isArray, own } from '../../../contract/json/value.ts';
import { type GatewayRule, QUOTAS } from '../gateway-rule.ts';

const DOCUMENTATION = 'x-amazon-apigateway-documentation';
const MAX_PARTS = 2_000;

const sample = (count: number): string => `paths: {}
${DOCUMENTATION}:
  documentationParts:
${Array.from({ length: count }, (_, index) => `    - { location: { type: MODEL, name: M${index} }, properties: { description: x } }\n`).join('')}`;

export const documentationParts: GatewayRule = {
  name: 'apigateway-documentation-parts',
  severity: 'error',
  title: 'An API has more than 2,000 documentation parts.',
  fix: 'Document less there, or have the quota raised.',
  see: QUOTAS,
  failing: sample(MAX_PARTS + 1),
  passing: sample(1),
  check: ({ contract: { extensions, source } }, report) => {
    const parts = own(extensions.get(DOCUMENTATION), 'documentationParts');
    if (parts === undefined || !isArray(parts) || parts.length <= MAX_PARTS) return;
    report(
      { ...source, pointer: joinPointer(source.pointer, DOCUMENTATION, 'documentationParts') },
      `There are ${parts.length} documentation parts; API Gateway takes ${MAX_PARTS}.`,
    );
  },
};
