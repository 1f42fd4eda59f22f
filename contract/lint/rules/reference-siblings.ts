/** Keywords beside a `$ref`, where 2.0 and 3.0 read the `$ref` alone. */
import { joinPointer } from '../../json/pointer.ts';
import { own } from '../../json/value.ts';
import { walkRaw } from '../raw-walk.ts';
import type { LintRule } from '../rule.ts';

/** Only keywords that would change what is valid; descriptions beside a reference hurt nobody. */
const CONSTRAINING = [
  ...[
    'type',
    'enum',
    'const',
    'allOf',
    'oneOf',
    'anyOf',
    'not',
    'nullable',
    'properties',
    'required',
    'items',
  ],
  ...[
    'minimum',
    'maximum',
    'exclusiveMinimum',
    'exclusiveMaximum',
    'multipleOf',
    'minLength',
    'maxLength',
    'pattern',
  ],
  ...[
    'format',
    'minItems',
    'maxItems',
    'uniqueItems',
    'minProperties',
    'maxProperties',
    'additionalProperties',
  ],
  ...['readOnly', 'writeOnly'],
];

export const referenceSiblings: LintRule = {
  name: 'reference-siblings',
  severity: 'warning',
  title:
    'Keywords stand beside a `$ref`. Before 3.1 they are ignored; reported for those that constrain values.',
  fix: 'Put the reference into "allOf" and the keywords beside that, or move to OpenAPI 3.1.',
  see: 'https://spec.openapis.org/oas/v3.0.4#reference-object',
  failing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths: {}
components:
  schemas:
    Name: { type: string }
    Pet: { type: object, properties: { name: { $ref: '#/components/schemas/Name', nullable: true } } }
`,
  passing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths: {}
components:
  schemas:
    Name: { type: string }
    Pet: { type: object, properties: { name: { $ref: '#/components/schemas/Name', description: What it is called } } }
`,
  check: ({ contract, documents }, report) => {
    if (contract.dialect !== '2.0' && contract.dialect !== '3.0') return;
    for (const document of documents) {
      walkRaw(document.value, (raw, pointer) => {
        if (typeof own(raw, '$ref') !== 'string') return;
        const ignored = CONSTRAINING.filter(keyword => own(raw, keyword) !== undefined);
        const [first] = ignored;
        if (first === undefined) return;
        const place = { document, pointer: joinPointer(pointer, first) };
        report(
          place,
          `Beside a $ref, OpenAPI ${contract.dialect} ignores ${ignored.map(keyword => `"${keyword}"`).join(', ')}.`,
        );
      });
    }
  },
};
