/** How large one mapping template may be: those of mocks hold whole bodies. */
import { type Json, own } from '../../../contract/json/value.ts';
import { placeOperations } from '../../document/resource-paths.ts';
import { bytesOf, type GatewayRule, isText, membersOf, QUOTAS } from '../gateway-rule.ts';

const MAX_BYTES = 300 * 1024;

const sample = (example: string): string => `paths:
  /pets:
    get:
      responses:
        '200':
          description: all
          content:
            application/json:
              schema: { type: string }
              example: ${example}
`;

export const templateSize: GatewayRule = {
  name: 'apigateway-template-size',
  severity: 'error',
  title: 'A mapping template is larger than 300 KB.',
  fix: 'Shorten the example, or let a back end answer.',
  see: QUOTAS,
  failing: sample('x'.repeat(MAX_BYTES)),
  passing: sample('Rex'),
  check: ({ contract, made }, report) => {
    for (const { operation, path } of placeOperations(contract.operations, () => {})) {
      const { method } = operation;
      const member = method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase();
      const integration = own(own(own(own(made.document, 'paths'), path), member), INTEGRATION);
      for (const [place, text] of templatesOf(integration)) {
        const bytes = bytesOf(text);
        if (bytes <= MAX_BYTES) continue;
        report(
          operation.source,
          `The ${place} of ${operation.key} has ${bytes} bytes; API Gateway takes ${MAX_BYTES}.`,
        );
      }
    }
  },
};

const INTEGRATION = 'x-amazon-apigateway-integration';

function templatesOf(integration: Json | undefined): readonly (readonly [string, string])[] {
  const texts = (place: string, templates: Json | undefined): readonly (readonly [string, string])[] =>
    membersOf(templates).flatMap(([type, text]) =>
      isText(text) ? [[`${place} template for ${type}`, text] as const] : [],
    );
  return [
    ...texts('request', own(integration, 'requestTemplates')),
    ...membersOf(own(integration, 'responses')).flatMap(([, response]) =>
      texts(`${String(own(response, 'statusCode'))} response`, own(response, 'responseTemplates')),
    ),
  ];
}
