/** A variable of a path template that no parameter describes. */
import { parsePathTemplate } from '../../http/path-template.ts';
import type { LintRule } from '../rule.ts';

export const pathParameterUndeclared: LintRule = {
  name: 'path-parameter-undeclared',
  severity: 'error',
  title:
    'A path template has a variable that no `in: path` parameter describes. A warning where API Gateway serves the operation, since it accepts that.',
  fix: 'Add a parameter with "in: path" and "required: true" for it.',
  see: 'https://spec.openapis.org/oas/v3.1.1#path-templating',
  failing: `paths:
  /pets/{petId}:
    get: { responses: { '200': { description: One pet } } }
`,
  passing: `paths:
  /pets/{petId}:
    get:
      parameters: [{ name: petId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One pet } }
`,
  check: ({ operations }, report) => {
    for (const { operation, kind } of operations) {
      if (kind !== 'path') continue;
      const declared = new Set(
        operation.parameters.flatMap(parameter =>
          parameter.in === 'path' ? [parameter.name.replace(/\+$/, '')] : [],
        ),
      );
      const gateway =
        operation.method === 'ANY' || operation.extensions.has('x-amazon-apigateway-integration');
      for (const name of new Set(parsePathTemplate(operation.path).names)) {
        if (declared.has(name)) continue;
        report(
          operation.source,
          `${operation.key} has the path variable {${name}}, and no parameter in path is called "${name}".`,
          gateway ? { severity: 'warning' } : {},
        );
      }
    }
  },
};
