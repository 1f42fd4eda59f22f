/** What stage variables may be called, and how many there may be. */
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { type GatewayRule, QUOTAS } from '../gateway-rule.ts';

const MAX_VARIABLES = 100;
const MAX_LENGTH = 64;
const USED = /stageVariables\.([\w-]+)|stageVariables\[\s*'([^']*)'\s*\]/g;

const sample = (name: string): string => `paths:
  /pets:
    get:
      responses: { '200': { description: all } }
      x-amazon-apigateway-integration:
        type: http_proxy
        httpMethod: GET
        uri: 'https://\${stageVariables.${name}}/pets'
`;

export const stageVariable: GatewayRule = {
  name: 'apigateway-stage-variable',
  severity: 'error',
  title: 'A stage variable has a name that no stage takes, or there are more than 100 of them.',
  fix: 'Use at most 64 letters, digits and underscores for each, and at most 100 of them.',
  see: QUOTAS,
  failing: sample('back-end'),
  passing: sample('backEnd'),
  check: ({ contract, integrations }, report) => {
    const names = new Set<string>();
    for (const { json, source, operation } of integrations) {
      const used = [...stringifyJson(json).matchAll(USED)].map(([, name, quoted]) => name ?? quoted ?? '');
      for (const name of new Set(used)) {
        names.add(name);
        if (/^\w+$/.test(name) && name.length <= MAX_LENGTH) continue;
        report(source, `${operation.key} uses the stage variable ${JSON.stringify(name)}.`);
      }
    }
    if (names.size > MAX_VARIABLES)
      report(contract.source, `${names.size} stage variables are used; a stage has ${MAX_VARIABLES}.`);
  },
};
