/** A component that nothing refers to. */
import { joinPointer } from '../../json/pointer.ts';
import { isObject, own } from '../../json/value.ts';
import { walkRaw } from '../raw-walk.ts';
import type { LintRule } from '../rule.ts';

export const componentUnused: LintRule = {
  name: 'component-unused',
  severity: 'note',
  optional: true,
  title: 'A component is referred to by nothing.',
  fix: 'Remove it, or refer to it.',
  see: 'https://spec.openapis.org/oas/v3.1.1#components-object',
  failing: `paths: {}
components:
  schemas:
    Forgotten: { type: string }
`,
  passing: `paths:
  /pets:
    get:
      responses:
        '200': { description: All pets, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
components:
  schemas:
    Pet: { type: object }
`,
  check: ({ contract, documents }, report) => {
    const used = new Set<string>();
    const root = contract.source.document;
    for (const document of documents) {
      walkRaw(document.value, raw => {
        for (const ref of [own(raw, '$ref'), own(raw, '$dynamicRef')])
          if (typeof ref === 'string') used.add(decoded(ref));
        const mapping = own(own(raw, 'discriminator'), 'mapping');
        for (const target of isObject(mapping) ? Object.values(mapping) : []) {
          if (typeof target === 'string') used.add(decoded(target)).add(`#/components/schemas/${target}`);
        }
      });
    }
    const uses = [...used];
    const owner = contract.dialect === '2.0' ? contract.raw : own(contract.raw, 'components');
    const base = contract.dialect === '2.0' ? '' : '/components';
    const kinds =
      contract.dialect === '2.0'
        ? ['definitions', 'parameters', 'responses']
        : Object.keys(isObject(owner) ? owner : {});
    for (const kind of kinds) {
      // Security schemes are named, not referred to; reading a requirement checks those.
      const map = kind.startsWith('x-') || kind === 'securitySchemes' ? undefined : own(owner, kind);
      for (const name of isObject(map) ? Object.keys(map) : []) {
        const pointer = joinPointer(base, kind, name);
        if (
          used.has(`#${pointer}`) ||
          uses.some(ref => ref.endsWith(`#${pointer}`) || ref.includes(`#${pointer}/`))
        )
          continue;
        report({ document: root, pointer }, `Nothing refers to "${name}".`);
      }
    }
  },
};

function decoded(ref: string): string {
  try {
    return decodeURIComponent(ref);
  } catch {
    return ref;
  }
}
