/** What the server refuses to do, it has not done. */
import { isJson } from '../../http/media-type.ts';
import type { Operation } from '../../model.ts';
import { bodyValue } from '../../plan/cases/body-value.ts';
import { violate } from '../../schema/violate.ts';
import { type Draft, type Made, newDraft } from '../draft.ts';
import { referencesIn } from '../references.ts';
import type { Resource } from '../resources.ts';
import type { StepBody } from '../sequence.ts';
import type { Kind } from './kind.ts';

/** Wrong bodies tried with each operation; every one costs two requests. */
const MOST = 2;

export const refused: Kind = {
  name: 'refused',
  title: 'a PUT or PATCH that is refused changes nothing',
  description:
    'Creates an item and reads it, sends a PUT and a PATCH with other values of which one is invalid, and reads it after each that was refused.',
  claims: ['unchanged'],
  plan: (resource, options) => {
    const { create, read, replace, modify } = resource;
    if (create === undefined || read === undefined) return undefined;
    if (replace === undefined && modify === undefined) return undefined;
    const draft = newDraft(resource, options, 4);
    const item = draft.make(resource);
    const before = draft.ask(read, item, { name: 'read it' });
    if (item === undefined || before === undefined) return draft.fail('refused', 'no-sample');
    const seed = (options.seed ?? 0) + 160;
    const asked = [replace, modify].flatMap(operation =>
      operation === undefined ? [] : tryToChange(draft, operation, item, before, seed),
    );
    return asked.length === 0 ? undefined : draft.end('refused', 'what is refused changes nothing');
  },
};

function tryToChange(
  draft: Draft,
  operation: Operation,
  item: Made,
  before: number,
  seed: number,
): readonly number[] {
  return wrongBodies(draft, operation, item.resource, seed).flatMap(({ body, what }, index) => {
    const words = `${operation.method} it with a wrong body${index === 0 ? '' : `, ${index + 1}`}`;
    const tried = draft.ask(operation, item, {
      name: `${words} (${what})`,
      bodies: [body],
      expectation: 'refused',
    });
    if (tried === undefined) return [];
    draft.ask(item.resource.read, item, {
      name: `read it after ${words}`,
      needs: [
        { step: before, outcome: 'accepted' },
        { step: tried, outcome: 'refused' },
      ],
      claims: [{ kind: 'unchanged', before, refused: tried }],
    });
    return [tried];
  });
}

/** Bodies with one wrong value among others that are right and new, from the inside first: those may be half done. */
function wrongBodies(
  draft: Draft,
  operation: Operation,
  resource: Resource,
  seed: number,
): readonly { readonly body: StepBody; readonly what: string }[] {
  const content = (draft.basis(operation)?.bodies ?? [])
    .map(one => one.content)
    .find(({ mediaType }) => isJson(mediaType));
  if (content?.schema === undefined) return [];
  const base = bodyValue(content, 'all', seed);
  if (!('value' in base) || base.value === undefined) return [];
  const references = referencesIn(operation, resource).map(({ pointer }) => pointer);
  const wrong: { readonly body: StepBody; readonly what: string }[] = [];
  for (const { value, instance, keyword } of violate(content.schema, {
    direction: 'request',
    base: base.value,
    limit: MOST_LOOKED_AT,
  })) {
    // A wrong id would be put right.
    if (instance === '' || references.includes(instance)) continue;
    wrong.push({ body: { kind: 'value', content, value }, what: `${instance} ${keyword}` });
    if (wrong.length === MOST) break;
  }
  return wrong;
}

const MOST_LOOKED_AT = 50;
