/** How many resources an API may have: each segment of each path is one. */
import { own } from '../../../contract/json/value.ts';
import { type GatewayRule, membersOf, QUOTAS } from '../gateway-rule.ts';
import { resourcesOf } from '../resources-of.ts';

const MAX_RESOURCES = 300;

/** What is wrong with paths that make too many resources; undefined for what is within the quota. */
export function tooManyResources(paths: readonly string[]): string | undefined {
  const count = resourcesOf(paths);
  if (count <= MAX_RESOURCES) return undefined;
  return `It makes ${count} resources, and an API has ${MAX_RESOURCES} at most.`;
}

export const resources: GatewayRule = {
  name: 'apigateway-resources',
  severity: 'error',
  title: 'An API has more than 300 resources, of which each segment of each path is one.',
  fix: 'Split the API, with `generate gateway --split tag` for example, or have the quota raised.',
  see: QUOTAS,
  failing: `paths:
${Array.from({ length: 301 }, (_, index) => `  /p${index}: { get: { responses: { '204': { description: done } } } }\n`).join('')}`,
  passing: `paths:
  /p/{number}:
    parameters: [{ name: number, in: path, required: true, schema: { type: string } }]
    get: { responses: { '204': { description: done } } }
`,
  check: ({ contract, made }, report) => {
    const message = tooManyResources(membersOf(own(made.document, 'paths')).map(([path]) => path));
    if (message !== undefined) report(contract.source, message);
  },
};
