/** A link that fills a parameter which the linked operation does not have. */
import { joinPointer } from '../../json/pointer.ts';
import type { LintRule } from '../rule.ts';

export const linkParameter: LintRule = {
  name: 'link-parameter',
  severity: 'error',
  title: 'A link gives a parameter that the operation it leads to does not have.',
  fix: 'Use the name of a parameter of that operation, or "path.name" where two share it.',
  see: 'https://spec.openapis.org/oas/v3.1.1#link-object',
  failing: `paths:
  /pets:
    post:
      responses:
        '201':
          description: Created
          links: { pet: { operationId: getPet, parameters: { id: $response.body#/id } } }
  /pets/{petId}:
    get:
      operationId: getPet
      parameters: [{ name: petId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One pet } }
`,
  passing: `paths:
  /pets:
    post:
      responses:
        '201':
          description: Created
          links: { pet: { operationId: getPet, parameters: { petId: $response.body#/id } } }
  /pets/{petId}:
    get:
      operationId: getPet
      parameters: [{ name: petId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One pet } }
`,
  check: ({ links }, report) => {
    for (const { operation, parameters, source } of links) {
      if (operation === undefined) continue;
      for (const name of parameters.keys()) {
        const known = operation.parameters.some(
          parameter => parameter.name === name || `${parameter.in}.${parameter.name}` === name,
        );
        if (known) continue;
        const place = { ...source, pointer: joinPointer(source.pointer, 'parameters', name) };
        report(place, `${operation.key}, where this link leads, has no parameter "${name}".`);
      }
    }
  },
};
