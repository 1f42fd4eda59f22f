/** Does a documented link lead somewhere? */
import { claimsOf, type Exchange, earlierStep } from '../exchange.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { MADE_REX, READ_PET, READ_REX } from './item-samples.ts';

export const linkBroken: Check = {
  name: 'link-broken',
  title: 'Documented links lead somewhere',
  severity: 'error',
  appliesTo:
    'sequences: the operation that a link of an answer names, asked with the values that the link takes from it',
  description:
    'The document says that the values fit, so 400, 404, 410 and 422 mean that the link or the server is wrong. Links whose values are not in the answer, or do not fit the parameters, are not followed.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#link-object',
  samples: {
    passing: { ...READ_REX, earlier: [MADE_REX], claims: [{ kind: 'linked', from: 0, name: 'read' }] },
    failing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 404,
      earlier: [MADE_REX],
      claims: [{ kind: 'linked', from: 0, name: 'read' }],
    },
  },
  check,
};

const LEADS_NOWHERE: ReadonlySet<number> = new Set([400, 404, 410, 422]);

function check(exchange: Exchange): readonly Finding[] {
  const { status } = exchange.response;
  if (!LEADS_NOWHERE.has(status)) return [];
  return claimsOf(exchange, 'linked').flatMap(({ from, name }) => {
    const producer = earlierStep(exchange, from);
    if (producer === undefined) return [];
    const { operation } = producer.case;
    return [
      {
        received: `status ${status}${timesAsked(exchange)}`,
        documented: `the link ${JSON.stringify(name)} of ${operation.key}, status ${producer.response.status}, leads to ${exchange.case.operation.key}`,
        source: exchange.case.why,
      },
    ];
  });
}
