/** Can the addresses in headers be followed at all? Whether something stands there is for sequences to find out. */
import { type Exchange, headerValues } from '../exchange.ts';
import { isParameter, listMembers, splitOutsideQuotes, uriFault } from '../http/field-syntax.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const uriHeaders: Check = {
  name: 'uri-headers',
  title: 'Location and Link hold addresses',
  severity: 'error',
  appliesTo: 'answers with Location, Content-Location or Link',
  description:
    'Each must be a URI reference, whole or relative: no blanks, no template variables left in it, no stray percent signs. A Link is a list of `<reference>` and parameters, one of which is `rel`. Letters beyond ASCII are let pass, since clients do too.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2',
  samples: {
    passing: {
      operation: 'responses: { "201": { description: Made } }',
      request: 'POST /pets',
      status: 201,
      headers: { Location: '/pets/7', Link: '</pets?page=2>; rel="next"' },
    },
    failing: {
      operation: 'responses: { "201": { description: Made } }',
      request: 'POST /pets',
      status: 201,
      headers: { Location: '/pets/{id}' },
    },
  },
  check,
};

const NOTHING: readonly Finding[] = [];

function check(exchange: Exchange): readonly Finding[] {
  const { response } = exchange;
  const findings: Finding[] = [];
  const tell = (received: string, documented: string): void =>
    void findings.push({ received, documented, source: answerSource(exchange) });
  for (const name of ['Location', 'Content-Location']) {
    const [value] = headerValues(response, name);
    const fault = value === undefined ? undefined : uriFault(value);
    if (fault !== undefined) tell(`${name}: ${value}`, `a URI reference; ${fault}`);
  }
  for (const value of headerValues(response, 'link')) {
    const fault = linkFault(value);
    if (fault !== undefined) tell(`Link: ${value}`, fault);
  }
  return findings.length === 0 ? NOTHING : findings;
}

/** @see https://www.rfc-editor.org/rfc/rfc8288#section-3 */
function linkFault(value: string): string | undefined {
  for (const link of linksOf(value)) {
    const [, target, rest = ''] = /^<([^>]*)>(.*)$/s.exec(link) ?? [];
    if (target === undefined) return 'links, each as <reference>; rel=relation';
    const fault = target === '' ? undefined : uriFault(target);
    if (fault !== undefined) return `URI references between < and >; ${fault}`;
    const parameters = splitOutsideQuotes(rest, ';').filter(parameter => parameter !== '');
    if (!rest.trimStart().startsWith(';') || !parameters.every(isLinkParameter))
      return 'parameters after the reference, each behind a semicolon';
    if (!parameters.some(parameter => /^rel\s*=/i.test(parameter))) return 'a rel with every link';
  }
  return undefined;
}

/** Commas inside of a reference are its own. */
function linksOf(value: string): readonly string[] {
  const kept = value.replace(/<[^>]*>/g, reference => reference.replaceAll(',', '\u0000'));
  return listMembers(kept).map(link => link.replaceAll('\u0000', ','));
}

/** Blanks around the equals sign are allowed here (RFC 8288, 3). */
function isLinkParameter(text: string): boolean {
  return isParameter(text.replace(/\s*=\s*/, '='));
}
