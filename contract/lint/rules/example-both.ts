/** `example` and `examples` at once: the specification lets one of them stand. */
import { joinPointer } from '../../json/pointer.ts';
import { own } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';

export const exampleBoth: LintRule = {
  name: 'example-both',
  severity: 'error',
  title: 'A parameter, header or media type has `example` and `examples`, which exclude each other.',
  fix: 'Move the single example into "examples", under a name.',
  see: 'https://spec.openapis.org/oas/v3.1.1#media-type-object',
  failing: `paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets
          content: { application/json: { schema: { type: array }, example: [], examples: { none: { value: [] } } } }
`,
  passing: `paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets
          content: { application/json: { schema: { type: array }, examples: { none: { value: [] } } } }
`,
  check: ({ contract, parameters, headers, mediaTypes, rawAt }, report) => {
    if (contract.dialect === '2.0') return;
    const owners = [
      ...parameters,
      ...headers.map(({ header }) => header),
      ...mediaTypes.map(({ mediaType }) => mediaType),
    ];
    for (const { source } of owners) {
      const raw = rawAt(source);
      if (own(raw, 'example') === undefined || own(raw, 'examples') === undefined) continue;
      report(
        { ...source, pointer: joinPointer(source.pointer, 'example') },
        '"example" and "examples" stand side by side.',
      );
    }
  },
};
