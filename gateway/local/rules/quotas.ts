/** How much one API may hold (reference 15). AWS raises these on request; here they are what an account begins with. */
import { AwsError } from '../control/aws-error.ts';

const QUOTAS = { Resources: 300, Authorizers: 10, 'Documentation parts': 2000 } as const;

/** @throws AwsError LimitExceededException, in words seen of resources, two blanks and all */
export function refuseBeyondQuota(things: keyof typeof QUOTAS, count: number): void {
  if (count <= QUOTAS[things]) return;
  throw new AwsError(
    'LimitExceededException',
    `Maximum number of ${things} for this API has been reached.  Please contact AWS if you need additional ${things}.`,
  );
}
