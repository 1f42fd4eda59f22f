/** How large one model may be. */
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { own } from '../../../contract/json/value.ts';
import { bytesOf, type GatewayRule, membersOf, QUOTAS } from '../gateway-rule.ts';

const MAX_BYTES = 400 * 1024;

const sample = (description: string): string => `paths:
  /pets:
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '204': { description: done } }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties: { name: {} }
      description: ${description}
`;

export const modelSize: GatewayRule = {
  name: 'apigateway-model-size',
  severity: 'error',
  title: 'A model is larger than 400 KB.',
  fix: 'Give parts of the schema names of their own under `components`, so that each is a model.',
  see: QUOTAS,
  failing: sample('x'.repeat(MAX_BYTES)),
  passing: sample('An animal.'),
  check: ({ contract, made }, report) => {
    const models = own(own(made.document, 'components'), 'schemas');
    for (const [name, model] of membersOf(models)) {
      const bytes = bytesOf(stringifyJson(model));
      if (bytes <= MAX_BYTES) continue;
      const source = contract.schemas.get(name)?.source ?? contract.source;
      report(source, `The model ${name} has ${bytes} bytes; API Gateway takes ${MAX_BYTES}.`);
    }
  },
};
