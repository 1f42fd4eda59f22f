/** A parameter must say what its value is, in exactly one way. */
import { isObject, own } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';

export const parameterValue: LintRule = {
  name: 'parameter-value',
  severity: 'error',
  title:
    'A parameter has neither `schema` nor `content`, has both, or its `content` has more or less than one media type. In 2.0: it has no `type`.',
  fix: 'Describe the value by a schema, or by content with one media type.',
  see: 'https://spec.openapis.org/oas/v3.1.1#parameter-object',
  failing: `paths:
  /pets:
    get:
      parameters: [{ name: limit, in: query }]
      responses: { '200': { description: All pets } }
`,
  passing: `paths:
  /pets:
    get:
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses: { '200': { description: All pets } }
`,
  check: ({ contract, parameters, rawAt }, report) => {
    for (const parameter of parameters) {
      const { source } = parameter;
      const raw = rawAt(source);
      const named = `The ${parameter.in} parameter "${parameter.name}"`;
      if (contract.dialect === '2.0') {
        if (own(raw, 'type') === undefined)
          report(source, `${named} has no "type".`, { fix: 'Write its type.' });
        continue;
      }
      const schema = own(raw, 'schema') !== undefined;
      const content = own(raw, 'content');
      if (!schema && content === undefined) report(source, `${named} has neither "schema" nor "content".`);
      if (schema && content !== undefined) report(source, `${named} has both "schema" and "content".`);
      if (isObject(content) && Object.keys(content).length !== 1) {
        report(
          source,
          `${named} has ${Object.keys(content).length} media types in "content"; there must be one.`,
        );
      }
    }
  },
};
