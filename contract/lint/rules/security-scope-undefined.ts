/** A scope that no flow of its OAuth2 scheme knows: no token can ever have it. */

import type { LintRule } from '../rule.ts';
import { contextSecurity } from '../security-places.ts';

export const securityScopeUndefined: LintRule = {
  name: 'security-scope-undefined',
  severity: 'warning',
  title: 'A security requirement asks for a scope that none of the OAuth2 flows lists.',
  fix: 'List the scope in the flow, or correct its name.',
  see: 'https://spec.openapis.org/oas/v3.1.1#security-requirement-object',
  failing: `components:
  securitySchemes:
    login:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: https://login.example.com/token, scopes: { 'pets:read': See pets } } }
paths:
  /pets:
    get: { security: [{ login: ['pets:write'] }], responses: { '200': { description: All pets } } }
`,
  passing: `components:
  securitySchemes:
    login:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: https://login.example.com/token, scopes: { 'pets:read': See pets } } }
paths:
  /pets:
    get: { security: [{ login: ['pets:read'] }], responses: { '200': { description: All pets } } }
`,
  check: (survey, report) => {
    for (const { name, scope, source } of contextSecurity(survey)) {
      const scheme = survey.contract.securitySchemes.get(name);
      if (scheme?.kind !== 'oauth2') continue;
      if ([...scheme.flows.values()].some(flow => flow.scopes.has(scope))) continue;
      report(source, `The scope "${scope}" is not listed by any flow of "${name}".`);
    }
  },
};
