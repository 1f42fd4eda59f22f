/** Does the server send the media type that was asked for, where it documents that it can? */
import { contentTypeOf, documentedResponse, type Exchange, hasNoBody } from '../exchange.ts';
import { mediaTypeFor } from '../http/content.ts';
import { negotiate } from '../http/media-type.ts';
import { below } from '../source.ts';
import { requestHeader } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const acceptIgnored: Check = {
  name: 'accept-ignored',
  title: 'Accept chooses among the documented media types',
  severity: 'error',
  asks: 'answer',
  appliesTo: 'successes with a body, where the request names media types',
  description:
    'A media type that the document lists for the status can be met. A server may ignore an Accept that it cannot meet, so a request for something that is not documented says nothing, unless the document gives the operation a 406.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1',
  samples: {
    passing: {
      operation:
        'responses: { "200": { description: Pets, content: { application/json: {}, text/csv: {} } } }',
      requestHeaders: { Accept: 'text/csv' },
      status: 200,
      headers: { 'Content-Type': 'text/csv' },
      body: 'Rex',
    },
    failing: {
      operation:
        'responses: { "200": { description: Pets, content: { application/json: {}, text/csv: {} } } }',
      requestHeaders: { Accept: 'text/csv' },
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '["Rex"]',
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const accept = requestHeader(exchange, 'accept');
  const { response } = exchange;
  if (accept === undefined || accept === '*/*' || response.status < 200 || response.status > 299) return [];
  const type = contentTypeOf(response);
  if (type === undefined || response.body.length === 0 || hasNoBody(exchange)) return [];
  const documented = documentedResponse(exchange.case.operation, response.status);
  if (documented === undefined || negotiate(accept, [type]) !== undefined) return [];
  // One that is documented nowhere is told by undocumented-media-type.
  if (mediaTypeFor(documented.content, type) === undefined) return [];
  const types = documented.content.map(({ mediaType }) => mediaType);
  const wanted = negotiate(accept, types);
  if (wanted === undefined) return refusalDocumented(exchange, accept);
  return [
    {
      received: `Content-Type ${type} to Accept: ${accept}`,
      documented: types[wanted] ?? '',
      source: below(documented.source, 'content'),
    },
  ];
}

/** Who documents 406 has promised to use it. */
function refusalDocumented({ case: { operation }, response }: Exchange, accept: string): readonly Finding[] {
  const refusal = operation.responses.find(({ status }) => status === '406');
  if (refusal === undefined) return [];
  const received = `status ${response.status} and Content-Type ${contentTypeOf(response)} to Accept: ${accept}`;
  return [{ received, documented: 'status 406, for nothing that is accepted', source: refusal.source }];
}
