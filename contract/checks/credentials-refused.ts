/** Are credentials taken that the document names as one of several ways in? */
import { type Exchange, earlierStep, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, LIST_PETS } from './item-samples.ts';

const BY_TWO_WAYS = `security: [{ key: [] }, { token: [] }]\n${LIST_PETS}`;
const NO_PETS = { request: 'GET /pets', status: 200, headers: JSON_TYPE, body: '[]' } as const;
const BY_KEY = { operation: BY_TWO_WAYS, ...NO_PETS };

export const credentialsRefused: Check = {
  name: 'credentials-refused',
  title: 'Every documented way in lets in',
  severity: 'error',
  appliesTo: 'sequences: a GET asked with credentials of one alternative, after those of another were taken',
  description:
    'Only 401 counts, since 403 may be about what this caller is allowed to do. Where no alternative is taken, credentials may be wrong or expired, and nothing is judged. Credentials that are given and no longer valid are refused rightly: then mend them.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#security-requirement-object',
  samples: {
    passing: {
      ...BY_KEY,
      earlier: [BY_KEY],
      claims: [{ kind: 'admitted', as: [0] }],
    },
    failing: {
      operation: BY_TWO_WAYS,
      request: 'GET /pets',
      status: 401,
      earlier: [BY_KEY],
      claims: [{ kind: 'admitted', as: [0] }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { case: tested, response } = exchange;
  if (response.status !== 401) return [];
  const others = (tested.step?.claims ?? []).flatMap(claim =>
    claim.kind === 'admitted' ? claim.as.flatMap(step => earlierStep(exchange, step) ?? []) : [],
  );
  const other = others.find(isAccepted);
  if (other === undefined) return [];
  return [
    {
      received: 'status 401',
      documented: `one of several ways in; another was answered with status ${other.response.status}`,
      source: tested.why,
    },
  ];
}
