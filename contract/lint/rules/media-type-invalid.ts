/** A key of `content`, or an entry of `produces` or `consumes`, that no Content-Type header could say. */
import { parseMediaType } from '../../http/media-type.ts';
import type { LintRule } from '../rule.ts';

export const mediaTypeInvalid: LintRule = {
  name: 'media-type-invalid',
  severity: 'warning',
  title: 'A media type is none: no message with it can be sent, so whatever is sent is undocumented.',
  fix: 'Write a type and a subtype, such as application/json, or a range such as image/*.',
  see: 'https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1',
  failing: `paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets
          content: { json: { schema: { type: array } } }
`,
  passing: `paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets
          content:
            application/json: { schema: { type: array } }
            text/csv; header=present: { schema: { type: string } }
            image/*: {}
`,
  check: ({ mediaTypes }, report) => {
    for (const { mediaType } of mediaTypes) {
      if (parseMediaType(mediaType.mediaType) !== undefined) continue;
      report(mediaType.source, `${JSON.stringify(mediaType.mediaType)} is no media type.`);
    }
  },
};
