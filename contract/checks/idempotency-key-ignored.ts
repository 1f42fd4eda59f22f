/** Is the same request with the same Idempotency-Key done once? */
import { claimsOf, type Exchange, earlierStep, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';
import { identityOf } from './identity.ts';
import { MADE_REX } from './item-samples.ts';

const AGAIN = { ...MADE_REX, body: '{"id":8,"name":"Rex","age":3}' };

export const idempotencyKeyIgnored: Check = {
  name: 'idempotency-key-ignored',
  title: 'A request with the same Idempotency-Key is done once',
  severity: 'error',
  appliesTo: 'sequences: the same creation once more, where the document has a header Idempotency-Key',
  description:
    'The second answer must be about the thing that the first one made. A refusal of the repetition is none of its business.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2',
  samples: {
    passing: { ...MADE_REX, earlier: [MADE_REX], claims: [{ kind: 'same-one', as: 0, id: '/id' }] },
    failing: { ...AGAIN, earlier: [MADE_REX], claims: [{ kind: 'same-one', as: 0, id: '/id' }] },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'same-one').flatMap(({ as, id }) => {
    const first = earlierStep(exchange, as);
    const before = first === undefined ? undefined : identityOf(first, id);
    const now = identityOf(exchange, id);
    if (before === undefined || now === undefined || before === now) return [];
    return [
      {
        received: now,
        documented: `${before}, since the Idempotency-Key is the same`,
        source: exchange.case.operation.source,
      },
    ];
  });
}
