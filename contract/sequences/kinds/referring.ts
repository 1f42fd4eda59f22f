/**
 * What refers to something else is refused for that before anybody looks at the rest. Asked with ids of what is there,
 * the rest shows; and where a valid value is refused, whether the ids were the reason.
 */
import { namesOthers } from '../../compare/unspoken-rules.ts';
import { isJson } from '../../http/media-type.ts';
import { valueAt } from '../../json/pointer.ts';
import { type Json, jsonEqual } from '../../json/value.ts';
import type { MediaType, Operation } from '../../model.ts';
import { anonymousCases } from '../../plan/cases/anonymous.ts';
import { breaches } from '../../plan/cases/breaches.ts';
import { edges } from '../../plan/cases/edges.ts';
import { type AskExtra, type Draft, type Made, newDraft } from '../draft.ts';
import { referencesIn } from '../references.ts';
import type { Resource } from '../resources.ts';
import type { StepBody } from '../sequence.ts';
import type { Kind } from './kind.ts';

/** Valid bodies, and wrong ones, that are tried of an operation. */
const MOST = 40;

export const referring: Kind = {
  name: 'referring',
  title: 'what names something else by its id is refused where it is wrong, and taken where it is right',
  description:
    'For a POST, and the PUT of what it makes, whose body names others by their ids: makes those, or takes the first of a list, then sends bodies without credentials, with one rule broken, and with one value at its boundary. After one of the last that is refused sends another with the same ids; where that is taken, the ids were no reason.',
  claims: ['likewise'],
  plan: (resource, options) => {
    const { create, replace, kind } = resource;
    if (create === undefined || kind !== 'collection' || options.depth === 'examples') return undefined;
    const draft = newDraft(resource, options, 13);
    const asked = [create, ...(replace === undefined ? [] : [replace])].filter(operation =>
      isReferring(draft, operation),
    );
    if (asked.length === 0) return undefined;
    const item = draft.make(resource);
    if (item === undefined) return draft.fail('referring', 'no-sample');
    for (const operation of asked) {
      const send = (extra: AskExtra): number | undefined =>
        operation === create ? draft.make(resource, extra)?.step : draft.ask(operation, item, extra);
      tryAll(draft, resource, operation, item, send);
    }
    return draft.end('referring', 'what names others is judged by the rest', { remembers: false });
  },
};

type Send = (extra: AskExtra) => number | undefined;

function jsonOf(draft: Draft, operation: Operation): MediaType | undefined {
  return draft.basis(operation)?.bodies.find(({ content }) => isJson(content.mediaType))?.content;
}

function isReferring(draft: Draft, operation: Operation): boolean {
  const [all] = draft.bodies(operation);
  const schema = jsonOf(draft, operation)?.schema;
  return schema !== undefined && all?.kind === 'value' && namesOthers(all.value, schema);
}

function tryAll(draft: Draft, resource: Resource, operation: Operation, item: Made, send: Send): void {
  const basis = draft.basis(operation);
  const content = jsonOf(draft, operation);
  const [, least] = draft.bodies(operation);
  if (basis === undefined || content?.schema === undefined || least?.kind !== 'value') return;
  const references = referencesIn(operation, resource).map(({ pointer }) => pointer);
  const { value: usual } = least;
  // The ids will be those of what is there, whatever the body says.
  const keepsIds = (value: Json): boolean =>
    references.every(pointer => {
      const [own, other] = [valueAt(value, pointer), valueAt(usual, pointer)];
      return own === undefined || other === undefined ? own === other : jsonEqual(own, other);
    });
  const words = operation.method === 'POST' ? 'create it' : 'replace it';
  const needs = [{ step: item.step, outcome: 'accepted' }] as const;
  const bodyOf = (value: Json): StepBody => ({ kind: 'value', content, value });

  // Ids that nobody can get hold of are of no use to a request that is wrong in something else.
  if (references.length > 0) {
    for (const step of anonymousCases(basis)) {
      if (step.kind === 'skip') continue;
      const { name, parts, expectation, breaks = 'credentials', why } = step;
      send({ name: `${words}: ${name}`, parts, expectation, breaks, why, bodies: [least], needs });
    }
    let left = MOST;
    for (const found of breaches(content.schema, usual, 'standard')) {
      if (found.kind !== 'found' || !keepsIds(found.value.value)) continue;
      if ((left -= 1) < 0) break;
      const { value, description, schema: why } = found.value;
      const name = `${words}: ${description}`;
      send({ name, bodies: [bodyOf(value)], expectation: 'refused', breaks: 'body', why, needs });
    }
  }
  let left = MOST;
  for (const found of edges(content.schema, usual, 'standard')) {
    if (found.kind !== 'found' || !keepsIds(found.value.value)) continue;
    if ((left -= 1) < 0) break;
    const { value, description, schema: why } = found.value;
    const tried = send({ name: `${words}: ${description}`, bodies: [bodyOf(value)], why, needs });
    if (tried === undefined) break;
    send({
      name: `${words} after: ${description}`,
      bodies: draft.bodies(operation),
      needs: [...needs, { step: tried, outcome: 'refused' }],
      claims: [{ kind: 'likewise', refused: tried }],
      optional: true,
    });
  }
}
