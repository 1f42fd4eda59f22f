/** Two path templates that fit the same requests: nobody can say which of them a request means. */
import type { LintRule } from '../rule.ts';

export const pathTemplateCollision: LintRule = {
  name: 'path-template-collision',
  severity: 'error',
  title: 'Two path templates differ only in the names of their variables.',
  fix: 'Merge the two path items into one.',
  see: 'https://spec.openapis.org/oas/v3.1.1#paths-object',
  failing: `paths:
  /pets/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One pet } }
  /pets/{name}:
    put:
      parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: Changed } }
`,
  passing: `paths:
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: One pet } } }
    put: { responses: { '204': { description: Changed } } }
`,
  check: ({ paths }, report) => {
    const first = new Map<string, string>();
    for (const { path, source } of paths) {
      const shape = path.replace(/\{[^{}]*?(\+?)\}/g, '{$1}');
      const before = first.get(shape);
      if (before === undefined) first.set(shape, path);
      else report(source, `The path ${path} fits the same requests as ${before}.`);
    }
  },
};
