/** A single thing shows what it was told, and gets its old value back. */
import { kindsOf } from '../../http/schema-views.ts';
import { newDraft } from '../draft.ts';
import { answerSchema } from '../ids.ts';
import { variablesOf } from '../resources.ts';
import type { StepBody } from '../sequence.ts';
import type { Kind } from './kind.ts';
import { changes } from './modified.ts';

export const kept: Kind = {
  name: 'kept',
  title: 'a single thing shows what PUT or PATCH says, and gets its old value back',
  description:
    'For GET with PUT, else PATCH, on a path without variables and without POST, such as `/settings`: reads it and sends back what it shows; where that is accepted, sends other values and reads it again. At the end what it showed first is sent again. What shows nothing that may be sent back is left as it is.',
  claims: ['shows'],
  plan: (resource, options) => {
    const { kind, read, replace, modify, itemPath } = resource;
    const write = replace ?? modify;
    if (kind !== 'single' || read === undefined || write === undefined) return undefined;
    const shape = answerSchema(read);
    if (variablesOf(itemPath) > 0 || shape === undefined || !kindsOf(shape).includes('object'))
      return undefined;
    const draft = newDraft(resource, options, 11);
    const before = draft.ask(read, undefined, { name: 'read it' });
    const bodies = write === replace ? draft.bodies(write) : changes(draft, write, (options.seed ?? 0) + 160);
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
    const written = draft.ask(write, undefined, { name: 'send other values', bodies, needs });
    if (written === undefined) return draft.fail('kept', 'no-sample');
    const shown = draft.ask(read, undefined, {
      name: 'read it again',
      needs: [{ step: written, outcome: 'accepted' }],
      claims: [{ kind: 'shows', written, how: 'updated' }],
    });
    draft.putBack(write, old, needs);
    return draft.end('kept', 'a single thing shows what it is told', {
      probes: { unknown: undefined, before, made: written, read: shown },
      alone: true,
    });
  },
};
