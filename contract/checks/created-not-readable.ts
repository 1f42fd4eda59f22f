/** Can what was made be read? */
import { claimsOf, type Exchange, earlierStep } from '../exchange.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { MADE_REX, READ_PET, READ_REX } from './item-samples.ts';

export const createdNotReadable: Check = {
  name: 'created-not-readable',
  title: 'What was created can be read',
  severity: 'error',
  appliesTo: 'sequences: the first reading of what an earlier request made',
  description:
    'The id comes from the answer, from Location or from what the client sent. 404 and 410 mean that the item is not where its id says. A server that shows things late is asked again for a while first.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.3',
  samples: {
    passing: { ...READ_REX, earlier: [MADE_REX], claims: [{ kind: 'readable', made: 0 }] },
    failing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 404,
      earlier: [MADE_REX],
      claims: [{ kind: 'readable', made: 0 }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { status } = exchange.response;
  if (status !== 404 && status !== 410) return [];
  return claimsOf(exchange, 'readable').flatMap(({ made }) => {
    const maker = earlierStep(exchange, made);
    if (maker === undefined) return [];
    return [
      {
        received: `status ${status}${timesAsked(exchange)}`,
        documented: `what ${maker.case.operation.key} made, with status ${maker.response.status}, can be read`,
        source: exchange.case.operation.source,
      },
    ];
  });
}
