/** Does the server look at the conditions of a request, and give each version a tag of its own? */
import { claimsOf, type Exchange, earlierStep, headerValues, isAccepted } from '../exchange.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, READ_PET, READ_REX } from './item-samples.ts';

const TAGGED = { ...READ_REX, headers: { ...JSON_TYPE, ETag: '"a"' } };
const DOCUMENTED = `${READ_PET}\n  "304": { description: As before }`;

export const conditionalIgnored: Check = {
  name: 'conditional-ignored',
  title: 'Conditions of a request are looked at',
  severity: 'error',
  appliesTo:
    'sequences: requests with If-None-Match or If-Match where the document has 304 or 412, and readings after a change',
  description:
    'What the client has already is answered with 304, a change of another version than there is with 412, and what was changed has another ETag than before.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-13',
  samples: {
    passing: {
      operation: DOCUMENTED,
      request: 'GET /pets/7',
      requestHeaders: { 'If-None-Match': '"a"' },
      status: 304,
      earlier: [TAGGED],
      claims: [{ kind: 'not-modified', of: 0 }],
    },
    failing: {
      operation: DOCUMENTED,
      request: 'GET /pets/7',
      requestHeaders: { 'If-None-Match': '"a"' },
      status: 200,
      headers: { ...JSON_TYPE, ETag: '"a"' },
      body: '{"id":7,"name":"Rex","age":3}',
      earlier: [TAGGED],
      claims: [{ kind: 'not-modified', of: 0 }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  return [...notModified(exchange), ...precondition(exchange), ...newTag(exchange)];
}

function notModified(exchange: Exchange): readonly Finding[] {
  const { status } = exchange.response;
  if (status < 200 || status >= 300) return [];
  return claimsOf(exchange, 'not-modified').map(({ of }) => {
    const tag = tagOf(earlierStep(exchange, of));
    return {
      received: `status ${status} for If-None-Match: ${tag}`,
      documented: 'status 304, since the client has it already',
      source: exchange.case.operation.source,
    };
  });
}

function precondition(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'precondition').map(() => ({
    received: `status ${exchange.response.status} for If-Match with a tag that nothing has`,
    documented: 'status 412, since there is another version than the client knows',
    source: exchange.case.operation.source,
  }));
}

function newTag(exchange: Exchange): readonly Finding[] {
  const tag = tagOf(exchange);
  if (!isAccepted(exchange) || tag === undefined) return [];
  return claimsOf(exchange, 'new-tag').flatMap(({ before, written }) => {
    const writer = earlierStep(exchange, written);
    if (writer === undefined || tagOf(earlierStep(exchange, before)) !== tag) return [];
    return [
      {
        received: `ETag: ${tag}, as before${timesAsked(exchange)}`,
        documented: `another ETag, since ${writer.case.operation.key} changed it`,
        source: exchange.case.operation.source,
      },
    ];
  });
}

function tagOf(exchange: Exchange | undefined): string | undefined {
  return exchange === undefined ? undefined : headerValues(exchange.response, 'etag')[0];
}
