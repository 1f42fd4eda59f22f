/** Two operations with one operationId: links, generated clients and reports cannot tell them apart. */
import type { LintRule } from '../rule.ts';

export const operationIdDuplicate: LintRule = {
  name: 'operation-id-duplicate',
  severity: 'error',
  title: 'Two operations have the same `operationId`.',
  fix: 'Give one of them another operationId.',
  see: 'https://spec.openapis.org/oas/v3.1.1#operation-object',
  failing: `paths:
  /pets:
    get: { operationId: pets, responses: { '200': { description: All pets } } }
    post: { operationId: pets, responses: { '201': { description: Created } } }
`,
  passing: `paths:
  /pets:
    get: { operationId: listPets, responses: { '200': { description: All pets } } }
    post: { operationId: createPet, responses: { '201': { description: Created } } }
`,
  check: ({ operations }, report) => {
    const first = new Map<string, string>();
    for (const { operation } of operations) {
      if (operation.id === undefined) continue;
      const before = first.get(operation.id);
      if (before === undefined) first.set(operation.id, operation.key);
      else {
        const source = { ...operation.source, pointer: `${operation.source.pointer}/operationId` };
        report(source, `The operationId "${operation.id}" is already that of ${before}.`);
      }
    }
  },
};
