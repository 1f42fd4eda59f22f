/** A single thing shows what it was told, and gets its old value back. */
import { kindsOf } from '../../http/schema-views.ts';
import type { Operation } from '../../model.ts';
import type { CasePlanOptions } from '../../plan/cases/options.ts';
import { type Draft, type Made, newDraft } from '../draft.ts';
import { answerSchema } from '../ids.ts';
import { type Resource, variablesOf } from '../resources.ts';
import type { Need, Probe, Sequence, StepBody, Unplanned } from '../sequence.ts';
import { askUnknown } from '../unknown.ts';
import type { Kind } from './kind.ts';
import { changes } from './modified.ts';

export const kept: Kind = {
  name: 'kept',
  title: 'a single thing shows what PUT or PATCH says, and gets its old value back',
  description:
    'For GET with PUT, else PATCH, on a path without POST, such as `/settings`: reads it and sends back what it shows; where that is accepted, sends other values and reads it again. At the end what it showed first is sent again. What shows nothing that may be sent back is left as it is. One that stands under an item, such as `/users/{userId}/settings`, is that of an item created for this, so it is sent other values at once, and goes with the item at the end.',
  claims: ['unknown', 'shows'],
  plan: (resource, options) => {
    const { kind, read, replace, modify, itemPath, parent } = resource;
    const write = replace ?? modify;
    if (kind !== 'single' || read === undefined || write === undefined) return undefined;
    const shape = answerSchema(read);
    if (shape === undefined || !kindsOf(shape).includes('object')) return undefined;
    if (variablesOf(itemPath) === 0) return keptAlways(resource, read, write, options);
    // Of things under items that nobody can make, nobody knows whose they are.
    const own = parent !== undefined && variablesOf(itemPath) === variablesOf(parent.itemPath);
    return own ? keptWithItem(resource, read, write, options) : undefined;
  },
};

function keptAlways(
  resource: Resource,
  read: Operation,
  write: Operation,
  options: CasePlanOptions,
): Sequence | Unplanned {
  const draft = newDraft(resource, options, 11);
  const before = draft.ask(read, undefined, { name: 'read it' });
  const bodies = otherValues(draft, resource, write, options);
  const [first] = bodies;
  if (before === undefined || first?.kind !== 'value') return draft.fail('kept', 'no-sample');
  const old: StepBody = { kind: 'shown', step: before, content: first.content };
  const back = draft.ask(write, undefined, {
    name: 'send back what it shows',
    bodies: [old],
    needs: [{ step: before, outcome: 'accepted' }],
    expectation: 'any',
  });
  if (back === undefined) return draft.fail('kept', 'no-sample');
  const needs = [{ step: back, outcome: 'accepted' }] as const;
  const changed = change(draft, { read, write, item: undefined, bodies, needs });
  if (changed === undefined) return draft.fail('kept', 'no-sample');
  draft.putBack(write, old, needs);
  return draft.end('kept', 'a single thing shows what it is told', {
    probes: { unknown: undefined, before, ...changed },
    alone: true,
  });
}

/** It may not be there before anything is told to it, and nobody needs its old value. */
function keptWithItem(
  resource: Resource,
  read: Operation,
  write: Operation,
  options: CasePlanOptions,
): Sequence | Unplanned {
  const draft = newDraft(resource, options, 11);
  const unknown = askUnknown(draft, resource, options.seed ?? 0);
  const item = draft.makeAbove(resource);
  const bodies = otherValues(draft, resource, write, options);
  if (item === undefined || bodies.length === 0) return draft.fail('kept', 'no-sample');
  const before = draft.ask(read, item, { name: 'read it', expectation: 'any' });
  const changed = change(draft, { read, write, item, bodies, needs: [] });
  if (before === undefined || changed === undefined) return draft.fail('kept', 'no-sample');
  return draft.end('kept', 'a single thing of an item shows what it is told', {
    probes: { unknown, before, ...changed },
  });
}

function otherValues(
  draft: Draft,
  { replace }: Resource,
  write: Operation,
  { seed = 0 }: CasePlanOptions,
): readonly StepBody[] {
  return write === replace ? draft.bodies(write) : changes(draft, write, seed + 160);
}

interface Change {
  readonly read: Operation;
  readonly write: Operation;
  readonly item: Made | undefined;
  readonly bodies: readonly StepBody[];
  readonly needs: readonly Need[];
}

/** The step that tells it other values, and the one that reads them. */
function change(
  draft: Draft,
  { read, write, item, bodies, needs }: Change,
): Pick<Probe, 'made' | 'read'> | undefined {
  const written = draft.ask(write, item, { name: 'send other values', bodies, needs });
  if (written === undefined) return undefined;
  const shown = draft.ask(read, item, {
    name: 'read it again',
    needs: [{ step: written, outcome: 'accepted' }],
    claims: [{ kind: 'shows', written, how: 'updated' }],
  });
  return { made: written, read: shown };
}
