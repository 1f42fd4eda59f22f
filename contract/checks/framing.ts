/** Is the answer as long as it says? */
import { documentedResponse, type Exchange } from '../exchange.ts';
import type { Check, Finding } from './check.ts';

export const framing: Check = {
  name: 'framing',
  title: 'The answer is as long as it says',
  severity: 'error',
  appliesTo: 'every exchange',
  description:
    'A Content-Length must be one whole number and the number of bytes that follow, chunks must end in the last one, and what Content-Encoding names must be what the body is coded in. Clients wait in vain for bytes that are missing, and take those too many for the beginning of the next answer. A connection that is reset half-way is no lie; [`connection-dropped`](#connection-dropped) asks about that.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9112#section-6.3',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Content-Length': '4' },
      body: 'pets',
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Content-Length': '9' },
      body: 'pets',
      framing: { kind: 'short', received: '4 of 9 bytes, then the end of the connection' },
    },
  },
  check,
};

const DOCUMENTED = {
  short: 'as many bytes as announced',
  excess: 'no bytes behind the announced ones',
  malformed: 'one way, and a valid one, to tell where the body ends',
} as const;

function check({ case: { operation }, response }: Exchange): readonly Finding[] {
  if (response.framing === undefined) return [];
  const { kind, received } = response.framing;
  const source = documentedResponse(operation, response.status)?.source ?? operation.source;
  return [{ received, documented: DOCUMENTED[kind], source }];
}
