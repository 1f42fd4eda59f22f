/** Does a status answer a question that was never put? */
import type { Exchange } from '../exchange.ts';
import { answerSource, requestHeader } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const statusOutOfPlace: Check = {
  name: 'status-out-of-place',
  title: 'The status answers what was asked',
  severity: 'error',
  appliesTo: 'the statuses 304, 416 and 417',
  description:
    'They answer request headers: 304 a condition (If-None-Match, If-Modified-Since), 416 a Range, 417 an Expect. To a request without any of these they leave the client with nothing: a 304 has no body, and there is no copy to take its place. An operation that documents no other success is left alone.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets }, "304": { description: As before } }',
      requestHeaders: { 'If-None-Match': '"a"' },
      status: 304,
    },
    failing: {
      operation: 'responses: { "200": { description: Pets }, "304": { description: As before } }',
      status: 304,
    },
  },
  check,
};

const ANSWERS: ReadonlyMap<number, readonly string[]> = new Map([
  [304, ['If-None-Match', 'If-Modified-Since']],
  [416, ['Range']],
  [417, ['Expect']],
]);

function check(exchange: Exchange): readonly Finding[] {
  const { status } = exchange.response;
  const headers = ANSWERS.get(status);
  if (headers?.every(name => requestHeader(exchange, name.toLowerCase()) === undefined) !== true) return [];
  const { responses } = exchange.case.operation;
  if (responses.every(({ status: key }) => key === String(status) || /^[45]/.test(key))) return [];
  return [
    {
      received: `status ${status} to a request without ${headers.join(' or ')}`,
      documented: `${status} only where the request asks with ${headers.join(' or ')}`,
      source: answerSource(exchange),
    },
  ];
}
