/** The same parameter twice in one list: only one of the two can hold. */
import { child, children, settleObject, stringOf } from '../../build/context.ts';
import type { LintRule } from '../rule.ts';

export const parameterDuplicate: LintRule = {
  name: 'parameter-duplicate',
  severity: 'error',
  title: 'A list of parameters has two with the same `name` and `in`.',
  fix: 'Remove or rename one of the two.',
  see: 'https://spec.openapis.org/oas/v3.1.1#operation-object',
  failing: `paths:
  /pets:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: limit, in: query, schema: { type: string } }
      responses: { '200': { description: All pets } }
`,
  passing: `paths:
  /pets:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: limit, in: header, schema: { type: string } }
      responses: { '200': { description: All pets } }
`,
  check: ({ operations, context, rawAt }, report) => {
    const told = new Set<string>();
    for (const { operation } of operations) {
      const { document, pointer } = operation.source;
      for (const owner of [pointer.replace(/\/[^/]*$/, ''), pointer]) {
        const source = { document, pointer: owner };
        const key = `${document.uri}#${owner}`;
        if (told.has(key)) continue;
        told.add(key);
        const seen = new Set<string>();
        for (const [, written] of children(
          child({ raw: rawAt(source) ?? null, source }, 'parameters'),
          true,
        )) {
          const node = settleObject(context, written);
          const location = node && stringOf(node.raw, 'in');
          const name = node && stringOf(node.raw, 'name');
          if (location === undefined || name === undefined) continue;
          const identity = `${location} ${location === 'header' ? name.toLowerCase() : name}`;
          if (seen.has(identity))
            report(written.source, `The ${location} parameter "${name}" stands twice in this list.`);
          seen.add(identity);
        }
      }
    }
  },
};
