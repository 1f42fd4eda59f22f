/** Does a client learn where that is which it has made? */
import { sentBody } from '../compare/bodies.ts';
import { documentedResponse, type Exchange, headerValues } from '../exchange.ts';
import { isArray } from '../json/value.ts';
import type { Check, Finding } from './check.ts';

const MADE = `responses:
  "201":
    description: Made
    headers: { Location: { schema: { type: string } } }`;

export const createdWithoutLocation: Check = {
  name: 'created-without-location',
  title: 'A 201 brings the Location that the document names',
  severity: 'error',
  asks: 'answer',
  appliesTo: 'answers of status 201 whose Location is documented',
  description:
    'What was made is at Location, else at the address that was asked (RFC 9110, 15.3.2). A POST asked a collection, so a client that the document tells of Location has nowhere to go without it. Where the body was a list, several things were made, and none is asked for. A required header is asked for by response-headers; of one that the document does not name nothing is said.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2',
  samples: {
    passing: { operation: MADE, request: 'POST /pets', status: 201, headers: { Location: '/pets/7' } },
    failing: { operation: MADE, request: 'POST /pets', status: 201 },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const {
    case: { operation, request },
    response,
  } = exchange;
  if (response.status !== 201 || request.method !== 'POST') return [];
  if (isArray(sentBody(exchange)?.value ?? null)) return [];
  if (headerValues(response, 'location').length > 0) return [];
  const headers = documentedResponse(operation, 201)?.headers.entries() ?? [];
  for (const [name, { required, source }] of headers) {
    if (name.toLowerCase() === 'location' && !required)
      return [
        { received: 'status 201 without Location', documented: 'Location, which is documented', source },
      ];
  }
  return [];
}
