/** Path templates that are none: no slash at the start, braces without partner, a variable twice, a query in the path. */
import type { LintRule } from '../rule.ts';

export const pathTemplate: LintRule = {
  name: 'path-template',
  severity: 'error',
  title:
    'A path does not start with a slash, has a brace without its partner, an empty variable or the same variable twice, or holds a query or fragment.',
  fix: 'Write the path as /segment/{variable}/segment.',
  see: 'https://spec.openapis.org/oas/v3.1.1#path-templating',
  failing: `paths:
  pets:
    get: { responses: { '200': { description: All pets } } }
  /pets/{id:
    get: { responses: { '200': { description: One pet } } }
`,
  passing: `paths:
  /pets:
    get: { responses: { '200': { description: All pets } } }
`,
  check: ({ paths }, report) => {
    for (const { path, source } of paths) {
      if (!path.startsWith('/')) {
        report(source, `The path ${JSON.stringify(path)} does not start with a slash.`, {
          fix: `Write /${path}.`,
        });
      }
      const names = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '');
      const rest = path.replace(/\{[^{}]+\}/g, '');
      if (/[{}]/.test(rest))
        report(source, `The path ${path} has an empty variable or a brace without its partner.`);
      const twice = names.find((name, index) => names.indexOf(name) < index);
      if (twice !== undefined) {
        report(source, `The path ${path} has the variable {${twice}} twice.`, {
          fix: 'Give each variable its own name.',
        });
      }
      if (/[?#]/.test(rest)) {
        report(
          source,
          `The path ${path} holds a ${rest.includes('?') ? 'query' : 'fragment'}, which is no part of a path.`,
          {
            fix: 'Describe the query by parameters with "in: query".',
          },
        );
      }
    }
  },
};
