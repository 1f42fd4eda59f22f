/** Does the server take a body of a media type that it does not read? */
import { type Exchange, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';

export const contentTypeNotRefused: Check = {
  name: 'content-type-not-refused',
  title: 'Bodies of media types that are not documented are refused',
  severity: 'error',
  asks: 'refusal',
  appliesTo: 'cases whose Content-Type the request body does not list',
  description:
    'What the server makes of such a body is a guess, and often a way around whatever reads the documented type. 415 is the answer for it; any other 4xx is a refusal as well.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#request-body-object',
  samples: {
    passing: {
      operation: 'responses: { "201": { description: Made } }',
      request: 'POST /pets',
      expectation: 'refused',
      breaks: 'content-type',
      status: 415,
    },
    failing: {
      operation: 'responses: { "201": { description: Made } }',
      request: 'POST /pets',
      expectation: 'refused',
      breaks: 'content-type',
      status: 201,
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { case: tested, response } = exchange;
  if (tested.breaks !== 'content-type' || tested.expectation !== 'refused' || !isAccepted(exchange))
    return [];
  const content = tested.operation.requestBody?.content ?? [];
  const types = content.map(({ mediaType }) => mediaType).join(', ');
  return [
    {
      received: `status ${response.status} to a body of ${tested.request.contentType ?? 'no media type'}`,
      documented: types === '' ? 'a refusal with a status of 400 to 499' : `a refusal: bodies are ${types}`,
      source: tested.why,
    },
  ];
}
