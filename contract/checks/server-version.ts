/** Does the server say which versions of what it runs? */
import { type Exchange, headerValues } from '../exchange.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const serverVersion: Check = {
  name: 'server-version',
  title: 'No version of the software is told',
  severity: 'warning',
  optional: true,
  appliesTo: 'every exchange',
  description:
    'Server, X-Powered-By and their like with a version number tell an attacker what to look up. Asked only on request (`--severity server-version=warning`), since it says the same of every answer of a server.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-10.2.4',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { Server: 'nginx' },
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { Server: 'nginx/1.18.0' },
    },
  },
  check,
};

const HEADERS = ['Server', 'X-Powered-By', 'X-AspNet-Version', 'X-AspNetMvc-Version', 'X-Generator'];

function check(exchange: Exchange): readonly Finding[] {
  return HEADERS.flatMap(name =>
    headerValues(exchange.response, name)
      .filter(value => /\d+\.\d/.test(value))
      .map(value => ({
        received: `${name}: ${value}`,
        documented: 'no version',
        source: answerSource(exchange),
      })),
  );
}
