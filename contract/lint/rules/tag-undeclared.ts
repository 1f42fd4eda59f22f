/** A tag that the document's list of tags does not have. */

import { joinPointer } from '../../json/pointer.ts';
import { isArray, own } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';

export const tagUndeclared: LintRule = {
  name: 'tag-undeclared',
  severity: 'note',
  optional: true,
  title: 'An operation has a tag that the document’s `tags` do not list.',
  fix: 'List it under "tags", with a description.',
  see: 'https://spec.openapis.org/oas/v3.1.1#tag-object',
  failing: `tags: [{ name: pets }]
paths:
  /pets:
    get: { tags: [animals], responses: { '200': { description: All pets } } }
`,
  passing: `tags: [{ name: pets }]
paths:
  /pets:
    get: { tags: [pets], responses: { '200': { description: All pets } } }
`,
  check: ({ contract, operations, rawAt }, report) => {
    const declared = new Set(contract.tags.map(({ name }) => name));
    for (const { operation } of operations) {
      const tags = own(rawAt(operation.source), 'tags');
      for (const [index, tag] of isArray(tags) ? tags.entries() : []) {
        if (typeof tag !== 'string' || declared.has(tag)) continue;
        const place = { ...operation.source, pointer: joinPointer(operation.source.pointer, 'tags', index) };
        report(place, `The tag "${tag}" is not listed under "tags".`);
      }
    }
  },
};
