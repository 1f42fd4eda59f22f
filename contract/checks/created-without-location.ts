/** Does a client learn where that is which it has made? */
import { documentedResponse, type Exchange, headerValues } from '../exchange.ts';
import type { Check, Finding } from './check.ts';

const MADE = `responses:
  "201":
    description: Made
    headers: { Location: { schema: { type: string } } }`;

export const createdWithoutLocation: Check = {
  name: 'created-without-location',
  title: 'A 201 brings the Location that the document names',
  severity: 'warning',
  asks: 'answer',
  appliesTo: 'answers of status 201 whose Location is documented',
  description:
    'A header that is documented and not required may be left out, and then what was made is that which the request named; after a POST to a collection that is hardly ever so. A required one is asked for by response-headers.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2',
  samples: {
    passing: { operation: MADE, request: 'POST /pets', status: 201, headers: { Location: '/pets/7' } },
    failing: { operation: MADE, request: 'POST /pets', status: 201 },
  },
  check,
};

function check({ case: { operation, request }, response }: Exchange): readonly Finding[] {
  if (response.status !== 201 || request.method !== 'POST') return [];
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
