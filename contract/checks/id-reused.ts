/** Is what was made anew another thing? */
import { claimsOf, type Exchange, earlierStep, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';
import { identityOf } from './identity.ts';
import { MADE_REX } from './item-samples.ts';

const AGAIN = {
  ...MADE_REX,
  body: '{"id":8,"name":"Rex","age":3}',
  headers: { ...MADE_REX.headers, Location: '/pets/8' },
};

export const idReused: Check = {
  name: 'id-reused',
  title: 'What is created has an id of its own',
  severity: 'error',
  appliesTo: 'sequences: a second creation, while what the first one made is still there',
  description: 'Compares the ids in the answers, or the Locations where no id stands in the answer.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.3',
  samples: {
    passing: { ...AGAIN, earlier: [MADE_REX], claims: [{ kind: 'another', than: 0, id: '/id' }] },
    failing: { ...MADE_REX, earlier: [MADE_REX], claims: [{ kind: 'another', than: 0, id: '/id' }] },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'another').flatMap(({ than, id }) => {
    const first = earlierStep(exchange, than);
    const name = identityOf(exchange, id);
    if (first === undefined || name === undefined || identityOf(first, id) !== name) return [];
    return [
      {
        received: `${name}, as the creation before`,
        documented: 'an id that nothing else has',
        source: exchange.case.operation.source,
      },
    ];
  });
}
