/** Does a 401 say how to do better? */

import { documentedResponse, type Exchange, headerValues } from '../exchange.ts';
import { isGateway } from '../stage-kind.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const missingChallenge: Check = {
  name: 'missing-challenge',
  title: 'A 401 names the credentials that it asks for',
  severity: 'warning',
  asks: 'answer',
  appliesTo: 'answers of status 401 whose WWW-Authenticate is not documented',
  description:
    'A server must send WWW-Authenticate with 401 (RFC 9110, 15.5.2). It is a warning only: what a run holds a server to is its document, which promises nothing here; a client that has the document knows how to ask; for API keys there is no scheme that could be named; and many leave it out so that browsers do not ask for a password. Where the document names the header, missing-status-header or response-headers says that it is missing, as an error. API Gateway renames the header, and is not asked.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1',
  samples: {
    passing: {
      operation: 'responses: { "401": { description: Who are you? } }\nsecurity: [{ key: [] }]',
      expectation: 'unauthenticated',
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer' },
    },
    failing: {
      operation: 'responses: { "401": { description: Who are you? } }\nsecurity: [{ key: [] }]',
      expectation: 'unauthenticated',
      status: 401,
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { response, stage } = exchange;
  if (response.status !== 401 || isGateway(stage)) return [];
  if (headerValues(response, 'www-authenticate').length > 0 || isDocumented(exchange)) return [];
  return [
    {
      received: 'status 401 without WWW-Authenticate',
      documented: 'WWW-Authenticate, as RFC 9110 asks of 401',
      source: answerSource(exchange),
    },
  ];
}

function isDocumented({ case: { operation } }: Exchange): boolean {
  const names = documentedResponse(operation, 401)?.headers.keys() ?? [];
  return [...names].some(name => name.toLowerCase() === 'www-authenticate');
}
