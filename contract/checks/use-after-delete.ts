/** Is what was deleted gone? */
import { answerBody } from '../compare/bodies.ts';
import { saysItIsOver } from '../compare/says-it-is-over.ts';
import { claimsOf, type Exchange, earlierStep, isAccepted } from '../exchange.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { DELETED, MADE_REX, READ_PET, READ_REX } from './item-samples.ts';

export const useAfterDelete: Check = {
  name: 'use-after-delete',
  title: 'What was deleted is gone',
  severity: 'error',
  appliesTo: 'sequences: the reading of what an earlier request deleted',
  description:
    'Anything but a success will do, 404 and 410 above all. Deleting once more may succeed, since DELETE may be repeated. An answer of 202 to the deletion promises nothing yet, and is not judged.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.5',
  samples: {
    passing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 404,
      earlier: [MADE_REX, DELETED],
      claims: [{ kind: 'gone', removed: 1, by: 'read' }],
    },
    failing: {
      ...READ_REX,
      earlier: [MADE_REX, DELETED],
      claims: [{ kind: 'gone', removed: 1, by: 'read' }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'gone').flatMap(({ removed, by }) => {
    const remover = earlierStep(exchange, removed);
    if (remover === undefined || by === 'delete' || saysItIsOver(answerBody(exchange)?.value)) return [];
    return [
      {
        received: `status ${exchange.response.status}${timesAsked(exchange)}`,
        documented: `404 or 410, since ${remover.case.operation.key} deleted it with status ${remover.response.status}`,
        source: remover.case.operation.source,
      },
    ];
  });
}
