/** How long the address of a request may be. */
import type { Operation, Parameter } from '../../../contract/model.ts';
import { bytesOf, type GatewayRule, QUOTAS } from '../gateway-rule.ts';

/** Of edge-optimized and private APIs; regional ones take 10,240. */
const MAX_BYTES = 8_192;

const sample = (length: number): string => `paths:
  /pets:
    get:
      parameters: [{ name: filter, in: query, required: true, schema: { type: string, minLength: ${length} } }]
      responses: { '200': { description: all } }
`;

export const urlLength: GatewayRule = {
  name: 'apigateway-url-length',
  severity: 'error',
  title: 'Even the shortest request that the document allows has a URL of more than 8,192 bytes.',
  fix: 'Take long values in the body, or keep to shorter ones; regional APIs take 10,240 bytes.',
  see: QUOTAS,
  failing: sample(MAX_BYTES),
  passing: sample(100),
  check: ({ contract }, report) => {
    for (const operation of contract.operations) {
      const bytes = shortest(operation);
      if (bytes <= MAX_BYTES) continue;
      report(operation.source, `A URL of ${operation.key} has at least ${bytes} bytes.`);
    }
  },
};

function shortest({ path, parameters }: Operation): number {
  const query = parameters.filter(one => one.in === 'query' && one.required);
  const inQuery = query.reduce((sum, one) => sum + bytesOf(one.name) + 2 + leastOf(one), 0);
  const inPath = parameters.filter(one => one.in === 'path').reduce((sum, one) => sum + leastOf(one), 0);
  return bytesOf(path.replace(/\{[^{}]*\}/g, '')) + inPath + inQuery;
}

function leastOf({ schema }: Parameter): number {
  if (schema === undefined || schema.always !== undefined) return 1;
  if (schema.types?.includes('string') !== true || schema.enum !== undefined) return 1;
  return Math.max(1, schema.minLength ?? 0);
}
