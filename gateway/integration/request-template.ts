/**
 * The request template of a mock integration: reads `Prefer` and the query forms of the same wishes, as the mock server
 * does, and names the response to give.
 */

import type { Carrier } from './carriers.ts';
import { quoted } from './template-text.ts';

/** Puts what is wished for into `$code` and `$example`, empty texts for nothing. Header names may come in any case. */
export const READ_WISHES: string = [
  "#set($prefer = \",$!input.params().header.get('Prefer'),$!input.params().header.get('prefer'),\")",
  wish('code', '[2-5][0-9][0-9]'),
  wish('example', '[^",;]+'),
].join('');

function wish(name: string, value: string): string {
  const pattern = `(?is)^.*?[,; ]${name} *= *"?(${value})"? *[,;].*$`;
  return (
    `#set($${name} = "$!input.params().querystring.get('__${name}')")` +
    `#if($prefer.matches(${quoted(pattern)}))#set($${name} = $prefer.replaceAll(${quoted(pattern)}, '$1'))#end`
  );
}

/** @param list - the responses, the usual one first */
export function requestTemplate(list: readonly Carrier[]): string {
  const [usual, ...others] = list;
  if (usual === undefined) return '{"statusCode": 200}';
  if (others.length === 0 && !isOpen(usual)) return `{"statusCode": ${usual.status}}`;
  const branches = [...byCode(list), ...byExample(list)];
  const chosen = branches
    .map(({ when, set }, index) => `#${index === 0 ? '' : 'else'}if(${when})${set}`)
    .join('');
  return `${READ_WISHES}#set($status = ${usual.status})${chosen === '' ? '' : `${chosen}#end`}{"statusCode": $status}`;
}

interface Branch {
  readonly when: string;
  readonly set: string;
}

/** A status written out, else its range, else `default` (OpenAPI 3.1.1, 4.8.16.2). */
function byCode(list: readonly Carrier[]): readonly Branch[] {
  const ranked = list.toSorted((a, b) => rank(a) - rank(b));
  return ranked.flatMap(carrier => {
    const { response, status } = carrier;
    const key = response.statusKey;
    const sent = '#set($context.responseOverride.status = $util.parseJson($code))';
    const set = `#set($status = ${status})${isOpen(carrier) ? sent : ''}`;
    if (key === undefined) return [];
    if (key === 'default') return [{ when: "$code != ''", set }];
    if (/^[1-5]XX$/i.test(key)) return [{ when: `$code.startsWith('${key.charAt(0)}')`, set }];
    return [{ when: `$code == '${key}'`, set }];
  });
}

/** A name alone is enough to find the response that has it. */
function byExample(list: readonly Carrier[]): readonly Branch[] {
  const seen = new Set<string>();
  return list.flatMap(({ response, status }) => {
    const names = new Set(response.answers.flatMap(({ name }) => name ?? []).filter(name => !seen.has(name)));
    for (const name of names) seen.add(name);
    if (names.size === 0) return [];
    const when = [...names].map(name => `$example == ${quoted(name)}`).join(' || ');
    return [{ when: `$code == '' && (${when})`, set: `#set($status = ${status})` }];
  });
}

function rank({ response: { statusKey = '' } }: Carrier): number {
  if (statusKey === 'default') return 2;
  return /^[1-5]XX$/i.test(statusKey) ? 1 : 0;
}

/** True for a response that stands for several statuses. */
function isOpen({ response: { statusKey = '' } }: Carrier): boolean {
  return rank({ response: { statusKey } } as Carrier) > 0;
}
