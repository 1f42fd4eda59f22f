/** Is every request answered, where others are? */
import type { Exchange } from '../exchange.ts';
import type { Check, Finding } from './check.ts';

export const connectionDropped: Check = {
  name: 'connection-dropped',
  title: 'Every request is answered',
  severity: 'error',
  asks: 'connection',
  appliesTo: 'every request whose connection broke before there was an answer that can be read',
  description:
    'A process that dies of a request, or a proxy that cuts it off, resets the connection or sends what is no HTTP. It counts only when the same request is sent once more and ends the same way, while the server answers others; a server that answers nothing at all is not judged. When the second attempt is answered, the first is told as flaky. Writing steps of sequences are not sent twice, so they count as not answered.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-15',
  samples: {
    passing: { operation: 'responses: { "200": { description: Pets } }', status: 200 },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 0,
      dropped: 'socket hang up',
    },
  },
  check,
};

function check({ case: { operation }, response: { dropped } }: Exchange): readonly Finding[] {
  if (dropped === undefined) return [];
  return [
    {
      received: `no answer: ${dropped}`,
      documented: 'an answer, as other requests have one',
      source: operation.source,
    },
  ];
}
