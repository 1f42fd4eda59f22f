/** Does the body come as a media type that the document lists for the status? */
import { contentTypeOf, documentedResponse, type Exchange, hasNoBody } from '../exchange.ts';
import { mediaTypeFor } from '../http/content.ts';
import { joinPointer } from '../json/pointer.ts';
import type { Check, Finding } from './check.ts';

export const undocumentedMediaType: Check = {
  name: 'undocumented-media-type',
  title: 'The media type is documented',
  severity: 'error',
  asks: 'answer',
  appliesTo: 'answers with a body, where the document lists media types for the status',
  description:
    'Ranges such as `image/*` cover their members, and a charset of UTF-8 goes without saying. A body without Content-Type is one that nobody can read, and fails too.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#response-object',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets, content: { application/json: {} } } }',
      status: 200,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: '[]',
    },
    failing: {
      operation: 'responses: { "200": { description: Pets, content: { application/json: {} } } }',
      status: 200,
      headers: { 'Content-Type': 'text/html' },
      body: '<p>No pets</p>',
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const {
    case: { operation },
    response,
  } = exchange;
  if (response.body.length === 0 || hasNoBody(exchange)) return [];
  const documented = documentedResponse(operation, response.status);
  if (documented === undefined || documented.content.length === 0) return [];
  const received = contentTypeOf(response);
  if (received !== undefined && mediaTypeFor(documented.content, received) !== undefined) return [];
  const { document, pointer } = documented.source;
  return [
    {
      received: received === undefined ? 'a body without Content-Type' : `Content-Type ${received}`,
      documented: documented.content.map(({ mediaType }) => mediaType).join(', '),
      source: { document, pointer: joinPointer(pointer, 'content') },
    },
  ];
}
