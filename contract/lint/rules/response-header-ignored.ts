/** `Content-Type` among the response headers: OpenAPI says to ignore it there. */

import { joinPointer } from '../../json/pointer.ts';
import { isObject, own } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';

export const responseHeaderIgnored: LintRule = {
  name: 'response-header-ignored',
  severity: 'warning',
  title:
    'A response declares the header `Content-Type`; OpenAPI says to ignore it, since the media types say it.',
  fix: 'Remove the header; the keys of "content" are what is sent.',
  see: 'https://spec.openapis.org/oas/v3.1.1#response-object',
  failing: `paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets
          headers: { Content-Type: { schema: { type: string } } }
          content: { application/json: { schema: { type: array } } }
`,
  passing: `paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets
          content: { application/json: { schema: { type: array } } }
`,
  check: ({ contract, responses, rawAt }, report) => {
    if (contract.dialect === '2.0') return;
    for (const { source } of responses) {
      const headers = own(rawAt(source), 'headers');
      const name = isObject(headers)
        ? Object.keys(headers).find(key => /^content-type$/i.test(key))
        : undefined;
      if (name === undefined) continue;
      const place = { ...source, pointer: joinPointer(source.pointer, 'headers', name) };
      report(place, `The response header "${name}" is ignored; the media types under "content" say it.`);
    }
  },
};
