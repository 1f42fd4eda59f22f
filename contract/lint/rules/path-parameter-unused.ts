/** A path parameter that its path template does not have. */
import { parsePathTemplate } from '../../http/path-template.ts';
import type { LintRule } from '../rule.ts';

export const pathParameterUnused: LintRule = {
  name: 'path-parameter-unused',
  severity: 'error',
  title: 'An `in: path` parameter names no variable of its path template, so it can never be sent.',
  fix: 'Write {name} into the path, or remove the parameter.',
  see: 'https://spec.openapis.org/oas/v3.1.1#path-templating',
  failing: `paths:
  /pets:
    get:
      parameters: [{ name: petId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: All pets } }
`,
  passing: `paths:
  /pets/{petId}:
    get:
      parameters: [{ name: petId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One pet } }
`,
  check: ({ operations }, report) => {
    const told = new Set<string>();
    for (const { operation, kind } of operations) {
      if (kind !== 'path') continue;
      const { names } = parsePathTemplate(operation.path);
      for (const parameter of operation.parameters) {
        if (parameter.in !== 'path' || names.includes(parameter.name.replace(/\+$/, ''))) continue;
        // A parameter of the path item is met again in each operation.
        const key = `${parameter.source.document.uri}#${parameter.source.pointer} ${operation.path}`;
        if (!told.has(key))
          report(parameter.source, `The path ${operation.path} has no variable {${parameter.name}}.`);
        told.add(key);
      }
    }
  },
};
