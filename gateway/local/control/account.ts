/**
 * The account's own settings: the role that logs are written with, and its features.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateAccount.html
 */
import type { Account } from '../state/records.ts';
import { badRequest } from './aws-error.ts';
import { withMember } from './members.ts';
import type { Body, Call, Operation } from './operation.ts';
import { applyPatches, type PatchTable, typedRefusal } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { nonEmpty } from './patch-values.ts';

export const ACCOUNT_OPERATIONS: readonly Operation[] = [
  {
    name: 'GetAccount',
    method: 'GET',
    path: '/account',
    status: 200,
    answer: call => ({ ...accountIn(call) }),
  },
  { name: 'UpdateAccount', method: 'PATCH', path: '/account', status: 200, answer: updateAccount },
];

/** Of every account that has changed nothing. */
const UNTOUCHED: Account = {
  throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
  features: ['UsagePlans'],
  apiKeyVersion: '4',
};

const PATCHES: PatchTable<Account> = {
  rows: [
    {
      path: '/cloudwatchRoleArn',
      ops: ['replace'],
      apply: (account, { value }) => {
        const arn = nonEmpty(value);
        if (arn !== undefined && !/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(arn)) {
          throw badRequest('The role ARN is not well formed');
        }
        return withMember(account, 'cloudwatchRoleArn', arn);
      },
    },
    {
      path: '/features',
      ops: ['add', 'remove'],
      apply: (account, { op, value = '' }) => {
        if (op === 'remove' && value === 'UsagePlans') throw badRequest('Usage Plans cannot be disabled');
        const others = account.features.filter(feature => feature !== value);
        return { ...account, features: op === 'add' ? [...others, value] : others };
      },
    },
  ],
  refusal: typedRefusal,
};

function updateAccount(call: Call): Body {
  const operations = patchOperationsOf(call, 'updateAccountInput');
  const next = applyPatches(accountIn(call), operations, PATCHES);
  call.store.put('account', '', 'account', next);
  return { ...next };
}

function accountIn({ store }: Call): Account {
  return store.get('account', '', 'account') ?? UNTOUCHED;
}
