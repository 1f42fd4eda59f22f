/** Does Location lead to what was made? */
import { claimsOf, type Exchange, earlierStep, headerValues } from '../exchange.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { MADE_REX, READ_PET, READ_REX } from './item-samples.ts';

export const locationBroken: Check = {
  name: 'location-broken',
  title: 'Location leads to what was created',
  severity: 'error',
  appliesTo: 'sequences: the reading of what was made at the address that Location gave',
  description:
    'A 201 names what was made by its Location, so a client may follow it. Addresses that belong to no documented operation are not followed.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2',
  samples: {
    passing: { ...READ_REX, earlier: [MADE_REX], claims: [{ kind: 'located', made: 0 }] },
    failing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 404,
      earlier: [MADE_REX],
      claims: [{ kind: 'located', made: 0 }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { status } = exchange.response;
  if (status !== 404 && status !== 410) return [];
  return claimsOf(exchange, 'located').flatMap(({ made }) => {
    const maker = earlierStep(exchange, made);
    const [location] = maker === undefined ? [] : headerValues(maker.response, 'location');
    if (maker === undefined || location === undefined) return [];
    return [
      {
        received: `status ${status}${timesAsked(exchange)} at Location: ${location}`,
        documented: `Location of a ${maker.response.status} is the address of what ${maker.case.operation.key} made`,
        source: maker.case.operation.source,
      },
    ];
  });
}
