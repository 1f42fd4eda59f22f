/** How large a document may be that is imported. */
import { type GatewayRule, QUOTAS } from '../gateway-rule.ts';

const MAX_BYTES = 6 * 1024 * 1024;

export const documentSize: GatewayRule = {
  name: 'apigateway-document-size',
  severity: 'error',
  title: 'The document for API Gateway is larger than 6 MB.',
  fix: 'Shorten examples and descriptions, or split the API.',
  see: QUOTAS,
  failing: `paths: {}
x-amazon-apigateway-policy: { note: ${'x'.repeat(MAX_BYTES)} }
`,
  passing: `paths: {}
x-amazon-apigateway-policy: { Version: '2012-10-17' }
`,
  check: ({ contract, bytes }, report) => {
    if (bytes <= MAX_BYTES) return;
    report(
      contract.source,
      `As API Gateway imports it, the document has ${bytes} bytes; it takes ${MAX_BYTES}.`,
    );
  },
};
