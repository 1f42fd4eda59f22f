/** How long a resource policy may be. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { type GatewayRule, QUOTAS } from '../gateway-rule.ts';

const POLICY = 'x-amazon-apigateway-policy';
const MAX_CHARACTERS = 8_192;

const sample = (resource: string): string => `paths: {}
x-amazon-apigateway-policy:
  Version: '2012-10-17'
  Statement: [{ Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '${resource}' }]
`;

export const policySize: GatewayRule = {
  name: 'apigateway-policy-size',
  severity: 'error',
  title: 'The resource policy is longer than 8,192 characters.',
  fix: 'Say several resources in one with `*`, or let an authorizer decide.',
  see: QUOTAS,
  failing: sample(`execute-api:/${'x'.repeat(MAX_CHARACTERS)}`),
  passing: sample('execute-api:/*'),
  check: ({ contract: { extensions, source } }, report) => {
    const policy = extensions.get(POLICY);
    const length = policy === undefined ? 0 : stringifyJson(policy).length;
    if (length <= MAX_CHARACTERS) return;
    report(
      { ...source, pointer: joinPointer(source.pointer, POLICY) },
      `The policy has ${length} characters; API Gateway takes ${MAX_CHARACTERS}.`,
    );
  },
};
