/** A change is seen, and changes nothing else. */
import { parseMediaType } from '../../http/media-type.ts';
import { isObject, type Json, jsonEqual, jsonType, own, setOwn } from '../../json/value.ts';
import type { Operation, Schema } from '../../model.ts';
import { bodyValue } from '../../plan/cases/body-value.ts';
import { isValid } from '../../schema/validate.ts';
import { type Draft, newDraft } from '../draft.ts';
import type { StepBody } from '../sequence.ts';
import type { Kind } from './kind.ts';
import { askNeighbour, makeTwo } from './neighbour.ts';

export const modified: Kind = {
  name: 'modified',
  title: 'what is changed by PATCH shows the change, and nothing else changes',
  description:
    'Creates two items and reads them, changes one property of one by PATCH, and reads both again. Bodies of JSON Patch are not made.',
  claims: ['shows', 'keeps', 'untouched'],
  plan: (resource, options) => {
    const { create, read, modify } = resource;
    if (create === undefined || read === undefined || modify === undefined) return undefined;
    const draft = newDraft(resource, options, 2);
    const { item, neighbour } = makeTwo(draft, resource);
    const before = draft.ask(read, item, { name: 'read it' });
    const bodies = changes(draft, modify, (options.seed ?? 0) + 150);
    if (item === undefined || before === undefined || bodies.length === 0)
      return draft.fail('modified', 'no-sample');
    const written = draft.ask(modify, item, { name: 'change one property', bodies });
    if (written === undefined) return draft.fail('modified', 'no-sample');
    draft.ask(read, item, {
      name: 'read it again',
      needs: [
        { step: before, outcome: 'accepted' },
        { step: written, outcome: 'accepted' },
      ],
      claims: [
        { kind: 'shows', written, how: 'updated' },
        { kind: 'keeps', before, written },
      ],
    });
    askNeighbour(draft, neighbour, written);
    return draft.end('modified', 'what is changed shows the change');
  },
};

/** Bodies that change as little as they may: what is required, and one property more where nothing is. */
export function changes(draft: Draft, operation: Operation, seed: number): readonly StepBody[] {
  const usable = draft.basis(operation)?.bodies ?? [];
  const content = usable.map(one => one.content).find(({ mediaType }) => mergesFields(mediaType));
  if (content?.schema === undefined) return [];
  const all = bodyValue(content, 'all', seed);
  const least = bodyValue(content, 'required', seed);
  if (!('value' in all) || !isObject(all.value)) return [];
  const required = 'value' in least && isObject(least.value) ? least.value : {};
  const value = Object.keys(required).length > 0 ? required : oneMore(content.schema, all.value);
  return [value, all.value]
    .filter((body, index, list) => index === 0 || !jsonEqual(body, list[0] ?? null))
    .map(body => ({ kind: 'value', content, value: body }));
}

/** JSON Patch lists operations; everything else sends the properties to change. */
function mergesFields(mediaType: string): boolean {
  const subtype = parseMediaType(mediaType)?.subtype ?? '';
  return subtype === 'json' || (subtype.endsWith('+json') && subtype !== 'json-patch+json');
}

/** Texts and numbers show best whether they arrived. */
function oneMore(schema: Schema, all: Json): Json {
  if (!isObject(all)) return all;
  const plain = ['string', 'integer', 'number'];
  for (const name of Object.keys(all).toSorted((a, b) => rank(all, a) - rank(all, b))) {
    const value = own(all, name);
    if (value === undefined || !plain.includes(jsonType(value))) continue;
    const body: Record<string, Json> = {};
    setOwn(body, name, value);
    if (isValid(schema, body, 'request')) return body;
  }
  return all;
}

function rank(all: Json, name: string): number {
  return typeof own(all, name) === 'string' ? 0 : 1;
}
