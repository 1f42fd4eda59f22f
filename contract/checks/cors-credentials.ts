/** Is an answer open to every origin, and to credentials, which cannot both be? */
import { documentedResponse, type Exchange, headerValues } from '../exchange.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const corsCredentials: Check = {
  name: 'cors-credentials',
  title: 'Credentials are allowed to named origins only',
  severity: 'warning',
  appliesTo: 'answers with Access-Control-Allow-Credentials',
  description:
    'Beside `*` as the origin browsers refuse every request with credentials, so the header does nothing. Requests without any still work, which is why this is a warning; a document that describes the header has chosen it.',
  specification: 'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: {
        'Access-Control-Allow-Origin': 'https://pets.example',
        'Access-Control-Allow-Credentials': 'true',
      },
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Credentials': 'true' },
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { response } = exchange;
  const [credentials] = headerValues(response, 'access-control-allow-credentials');
  if (credentials !== 'true') return [];
  const [origin] = headerValues(response, 'access-control-allow-origin');
  if (origin !== '*' || isDocumented(exchange)) return [];
  return [
    {
      received: 'Access-Control-Allow-Credentials: true beside Access-Control-Allow-Origin: *',
      documented: 'the origin that asked, where credentials are allowed',
      source: answerSource(exchange),
    },
  ];
}

function isDocumented({ case: { operation }, response }: Exchange): boolean {
  const names = documentedResponse(operation, response.status)?.headers.keys() ?? [];
  return [...names].some(name => name.toLowerCase() === 'access-control-allow-credentials');
}
