/** Server URLs and their variables: each `{name}` needs a variable, and a default must be one of its allowed values. */

import { joinPointer } from '../../json/pointer.ts';
import { own } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';

export const serverVariable: LintRule = {
  name: 'server-variable',
  severity: 'error',
  title: 'A server URL has a variable that is not defined, or a variable has a default outside its `enum`.',
  fix: 'Define the variable under "variables", with a default that is one of its values.',
  see: 'https://spec.openapis.org/oas/v3.1.1#server-variable-object',
  failing: `servers: [{ url: 'https://{region}.example.com' }]
paths: {}
`,
  passing: `servers: [{ url: 'https://{region}.example.com', variables: { region: { default: eu, enum: [eu, us] } } }]
paths: {}
`,
  check: ({ contract, servers, rawAt }, report) => {
    if (contract.dialect === '2.0') return;
    for (const { url, variables, source } of servers) {
      // `${…}` is filled in before anybody reads the document.
      for (const [, name = ''] of url.matchAll(/(?<!\$)\{([^{}]+)\}/g)) {
        if (variables.has(name) || own(rawAt(source), 'url') === undefined) continue;
        report(
          { ...source, pointer: joinPointer(source.pointer, 'url') },
          `The server URL has {${name}}, and no variable is called "${name}".`,
        );
      }
      for (const [name, variable] of variables) {
        if (variable.enum === undefined || variable.enum.includes(variable.default)) continue;
        const place = { ...source, pointer: joinPointer(source.pointer, 'variables', name, 'default') };
        report(
          place,
          `The default "${variable.default}" of the server variable "${name}" is not in its "enum".`,
        );
      }
    }
  },
};
