/** Do clients hear that an operation will go away? */
import { type Exchange, headerValues } from '../exchange.ts';
import { below } from '../source.ts';
import type { Check, Finding } from './check.ts';

export const deprecatedWithoutNotice: Check = {
  name: 'deprecated-without-notice',
  title: 'Deprecated operations say so when they answer',
  severity: 'warning',
  optional: true,
  appliesTo: 'successes of operations that are deprecated',
  description:
    'Who wrote a client has read the document long ago; a Deprecation or Sunset header reaches those who run it. No specification asks for one, so this is asked only on request (`--severity deprecated-without-notice=warning`).',
  specification: 'https://www.rfc-editor.org/rfc/rfc9745#section-2',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }\ndeprecated: true',
      status: 200,
      headers: { Deprecation: '@1735689600' },
    },
    failing: { operation: 'responses: { "200": { description: Pets } }\ndeprecated: true', status: 200 },
  },
  check,
};

function check({ case: { operation }, response }: Exchange): readonly Finding[] {
  if (!operation.deprecated || response.status < 200 || response.status > 299) return [];
  if (headerValues(response, 'deprecation').length > 0 || headerValues(response, 'sunset').length > 0)
    return [];
  return [
    {
      received: 'neither Deprecation nor Sunset',
      documented: 'a notice, for the operation is deprecated',
      source: below(operation.source, 'deprecated'),
    },
  ];
}
