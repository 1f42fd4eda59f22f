/** A property that must be there and must not be there. */
import { joinPointer } from '../../json/pointer.ts';
import { compilePattern } from '../../schema/pattern/match.ts';
import type { LintRule } from '../rule.ts';

export const schemaRequiredUndefined: LintRule = {
  name: 'schema-required-undefined',
  severity: 'error',
  title:
    'A schema requires a property that its own `additionalProperties: false` forbids: no object is valid.',
  fix: 'Add the property to "properties", or take it out of "required".',
  see: 'https://json-schema.org/draft/2020-12/json-schema-validation#section-6.5.3',
  failing: `paths: {}
components:
  schemas:
    Pet: { type: object, required: [id, nmae], properties: { id: {}, name: {} }, additionalProperties: false }
`,
  passing: `paths: {}
components:
  schemas:
    Pet: { type: object, required: [id, name], properties: { id: {}, name: {} }, additionalProperties: false }
`,
  check: ({ schemas }, report) => {
    for (const { required, properties, patternProperties, additionalProperties, source } of schemas) {
      if (additionalProperties?.always !== false) continue;
      for (const [index, name] of required.entries()) {
        const allowed =
          properties.has(name) || [...patternProperties.keys()].some(pattern => mayMatch(pattern, name));
        if (allowed) continue;
        const place = { ...source, pointer: joinPointer(source.pointer, 'required', index) };
        report(place, `"${name}" is required, but not in "properties", and "additionalProperties" is false.`);
      }
    }
  },
};

function mayMatch(pattern: string, name: string): boolean {
  const compiled = compilePattern(pattern);
  return compiled.kind !== 'compiled' || compiled.test(name);
}
