/** Header parameters that OpenAPI says to ignore, because other parts of the document describe them. */
import { child, stringOf } from '../../build/context.ts';
import { parameterNodes } from '../../build/parameter-object.ts';
import type { LintRule } from '../rule.ts';

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['accept', 'the media types of the responses'],
  ['content-type', 'the media types of the request body'],
  ['authorization', 'a security scheme'],
]);

export const parameterIgnored: LintRule = {
  name: 'parameter-ignored',
  severity: 'warning',
  title:
    'A header parameter is called `Accept`, `Content-Type` or `Authorization`; OpenAPI 3 says to ignore it.',
  fix: 'Remove it, and say the same by media types or a security scheme.',
  see: 'https://spec.openapis.org/oas/v3.1.1#parameter-object',
  failing: `paths:
  /pets:
    get:
      parameters: [{ name: Authorization, in: header, required: true, schema: { type: string } }]
      responses: { '200': { description: All pets } }
`,
  passing: `components:
  securitySchemes: { token: { type: http, scheme: bearer } }
security: [{ token: [] }]
paths:
  /pets:
    get: { responses: { '200': { description: All pets } } }
`,
  check: ({ contract, operations, context, rawAt }, report) => {
    if (contract.dialect === '2.0') return;
    const told = new Set<string>();
    for (const { operation } of operations) {
      const { document, pointer } = operation.source;
      for (const owner of [pointer.replace(/\/[^/]*$/, ''), pointer]) {
        const source = { document, pointer: owner };
        const raw = rawAt(source);
        if (raw === undefined) continue;
        for (const node of parameterNodes(context, [child({ raw, source }, 'parameters')])) {
          const name = stringOf(node.raw, 'name') ?? '';
          const instead = INSTEAD.get(name.toLowerCase());
          const key = `${node.source.document.uri}#${node.source.pointer}`;
          if (stringOf(node.raw, 'in') !== 'header' || instead === undefined || told.has(key)) continue;
          told.add(key);
          report(node.source, `The header parameter "${name}" is ignored; ${instead} would be heard.`);
        }
      }
    }
  },
};
