/** A discriminator whose property its members do not have: nobody can tell which member a value is. */
import type { Schema } from '../../model.ts';
import type { LintRule } from '../rule.ts';

export const discriminatorProperty: LintRule = {
  name: 'discriminator-property',
  severity: 'warning',
  title:
    'A member of a discriminated `oneOf` or `anyOf` does not define the property that tells the members apart.',
  fix: 'Add the property to that member, and to its "required".',
  see: 'https://spec.openapis.org/oas/v3.1.1#discriminator-object',
  failing: `paths: {}
components:
  schemas:
    Animal: { oneOf: [{ $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }
    Dog: { type: object, properties: { name: { type: string } } }
`,
  passing: `paths: {}
components:
  schemas:
    Animal: { oneOf: [{ $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string } } }
`,
  check: ({ schemas }, report) => {
    for (const { discriminator, oneOf = [], anyOf = [] } of schemas) {
      if (discriminator === undefined) continue;
      for (const member of new Set([...oneOf, ...anyOf])) {
        if (member.types?.includes('null') === true && member.types.length === 1) continue;
        if (defines(member, discriminator.propertyName, new Set())) continue;
        const name =
          member.name === undefined ? `the member at ${member.source.pointer}` : `"${member.name}"`;
        report(
          discriminator.source,
          `The discriminator is "${discriminator.propertyName}", and ${name} defines no such property.`,
        );
      }
    }
  },
};

/** Whether the property is described anywhere that holds for the member. */
function defines(schema: Schema, property: string, seen: Set<Schema>): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  if (schema.properties.has(property) || schema.always === true) return true;
  const all = [...schema.allOf, ...(schema.reference === undefined ? [] : [schema.reference])];
  if (all.some(part => defines(part, property, seen))) return true;
  const choices = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return choices.length > 0 && choices.every(part => defines(part, property, new Set(seen)));
}
