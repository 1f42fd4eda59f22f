/**
 * The response template of one response in one media type: the body of the answer, or a choice among those of named
 * examples, and what of an answer's headers is its own.
 */
import type { Answer } from '../../contract/plan/mock-plan.ts';
import { READ_WISHES } from './request-template.ts';
import { literal, quoted, settingsFor } from './template-text.ts';

export interface Variant {
  readonly answer: Answer;
  /** The body as the template carries it. */
  readonly text: string;
  /** What makes the body, where values of the request stand in it. */
  readonly template?: string;
  /** Headers that not all answers of the response have alike. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** @param variants - the usual one first; of one name the first counts */
export function responseTemplate(variants: readonly Variant[]): string {
  const [usual] = variants;
  if (usual === undefined) return '';
  const named = variants.filter(
    ({ answer: { name } }, index) =>
      name !== undefined && variants.findIndex(({ answer }) => answer.name === name) === index,
  );
  const others = named.filter(variant => written(variant) !== written(usual));
  if (others.length === 0) return withSettings(written(usual));
  const branches = others
    .map(
      ({ answer: { name = '' }, ...rest }, index) =>
        `#${index === 0 ? '' : 'else'}if($example == ${quoted(name)})${written(rest)}`,
    )
    .join('');
  return withSettings(`${READ_WISHES}${branches}#{else}${written(usual)}#{end}`);
}

function written({ text, template, headers }: Pick<Variant, 'text' | 'template' | 'headers'>): string {
  const own = headers.map(
    ([name, value]) => `#set($context.responseOverride.header[${quoted(name)}] = ${quoted(value)})`,
  );
  return own.join('') + (template ?? literal(text));
}

function withSettings(template: string): string {
  return settingsFor(template) + template;
}
