/** Does a refused method come with the methods that there are? */
import { type Exchange, headerValues } from '../exchange.ts';
import { isToken, listMembers } from '../http/field-syntax.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const allow: Check = {
  name: 'allow',
  title: 'A 405 says which methods there are',
  severity: 'error',
  appliesTo: 'the status 405, and every answer with an Allow header',
  description:
    'A server must send Allow with 405, and the list must be one of methods. A list that holds the very method that was refused contradicts the status. An empty list is allowed: nothing may be done there now.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      method: 'GET',
      request: 'PUT /pets',
      expectation: 'refused',
      breaks: 'method',
      status: 405,
      headers: { Allow: 'GET, HEAD' },
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      method: 'GET',
      request: 'PUT /pets',
      expectation: 'refused',
      breaks: 'method',
      status: 405,
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { case: tested, response } = exchange;
  const values = headerValues(response, 'allow');
  const refused = response.status === 405;
  if (values.length === 0) {
    return refused ? [finding(exchange, 'status 405 without Allow', 'Allow, as RFC 9110 asks of 405')] : [];
  }
  const methods = listMembers(values.join(','));
  const received = `Allow: ${values.join(', ')}`;
  if (!methods.every(isToken)) return [finding(exchange, received, 'a list of methods')];
  const { method } = tested.request;
  return refused && methods.includes(method)
    ? [finding(exchange, `status 405 and ${received}`, `a list without ${method}, which was refused`)]
    : [];
}

function finding(exchange: Exchange, received: string, documented: string): Finding {
  return { received, documented, source: answerSource(exchange) };
}
