/** Keywords of a later OpenAPI version: an older one does not know them, so what they demand is not demanded. */
import { joinPointer } from '../../json/pointer.ts';
import { isObject, own } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';

/** Of JSON Schema 2020-12, missing in 2.0 and 3.0. True for those that constrain values. */
const SINCE_3_1: ReadonlyMap<string, boolean> = new Map(
  [
    ...[
      'const',
      'if',
      'then',
      'else',
      'contains',
      'minContains',
      'maxContains',
      'prefixItems',
      'patternProperties',
    ],
    ...[
      'propertyNames',
      'dependentRequired',
      'dependentSchemas',
      'unevaluatedItems',
      'unevaluatedProperties',
    ],
    ...['contentEncoding', 'contentMediaType', 'contentSchema', '$dynamicRef'],
  ].map((keyword): [string, boolean] => [keyword, true]),
);
const SINCE_3_0: readonly string[] = ['oneOf', 'anyOf', 'not', 'nullable', 'writeOnly'];

export const schemaKeywordVersion: LintRule = {
  name: 'schema-keyword-version',
  severity: 'error',
  title:
    'A schema uses a keyword that the document’s OpenAPI version does not have, so it is ignored. A warning where the keyword only describes (`examples`).',
  fix: 'Say it in the words of this version, or raise the version of the document.',
  see: 'https://spec.openapis.org/oas/v3.0.4#schema-object',
  failing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths: {}
components:
  schemas:
    Kind: { type: string, const: dog }
`,
  passing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths: {}
components:
  schemas:
    Kind: { type: string, enum: [dog] }
`,
  check: ({ contract, schemas, rawAt }, report) => {
    const { dialect } = contract;
    if (dialect !== '2.0' && dialect !== '3.0') return;
    for (const { source } of schemas) {
      const raw = rawAt(source);
      if (!isObject(raw)) continue;
      const at = (keyword: string): typeof source => ({
        ...source,
        pointer: joinPointer(source.pointer, keyword),
      });
      for (const keyword of Object.keys(raw)) {
        const later = SINCE_3_1.has(keyword) || (dialect === '2.0' && SINCE_3_0.includes(keyword));
        if (later)
          report(at(keyword), `OpenAPI ${dialect} has no keyword "${keyword}" in schemas; it is ignored.`);
      }
      // Parameters of 2.0 are schemas and have no `examples` either; those of 3.0 are not met here.
      if (own(raw, 'examples') !== undefined) {
        report(at('examples'), `OpenAPI ${dialect} has no "examples" in schemas; they are ignored.`, {
          severity: 'warning',
          fix: 'Write one "example", or examples at the media type.',
        });
      }
      for (const keyword of ['exclusiveMinimum', 'exclusiveMaximum']) {
        if (own(raw, keyword) === undefined || typeof own(raw, keyword) === 'boolean') continue;
        report(
          at(keyword),
          `In OpenAPI ${dialect} "${keyword}" is true or false, beside the bound itself; this is ignored.`,
          {
            fix: `Write the number as "${keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum'}", and ${keyword}: true beside it.`,
          },
        );
      }
    }
  },
};
