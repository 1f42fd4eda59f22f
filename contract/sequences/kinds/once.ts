/** The same Idempotency-Key is the same thing. */
import { newDraft } from '../draft.ts';
import { isIdempotencyKey } from '../idempotency-key.ts';
import { idSources } from '../ids.ts';
import { madeUp } from '../made-up.ts';
import type { Input } from '../sequence.ts';
import type { Kind } from './kind.ts';

export const once: Kind = {
  name: 'once',
  title: 'the same creation with the same Idempotency-Key is done once',
  description:
    'For a POST with a documented header Idempotency-Key: sends it twice with one key and one body, and compares what the answers are about.',
  claims: ['same-one'],
  plan: (resource, options) => {
    const { create } = resource;
    const key = create?.parameters.find(isIdempotencyKey);
    if (create === undefined || key === undefined || resource.kind !== 'collection') return undefined;
    const draft = newDraft(resource, options, 9);
    const value = madeUp(key, (options.seed ?? 0) + 9);
    const inputs: readonly Input[] =
      value === undefined
        ? []
        : [{ into: { kind: 'parameter', parameter: key }, from: [{ kind: 'constant', value }] }];
    const item = draft.make(resource, { inputs });
    if (item === undefined || value === undefined) return draft.fail('once', 'no-sample');
    const [source] = idSources(resource, item.step);
    draft.ask(create, item, {
      name: 'create it again with the same key',
      bodies: [{ kind: 'again', step: item.step }],
      inputs,
      needs: [{ step: item.step, outcome: 'accepted' }],
      expectation: 'any',
      claims: [
        {
          kind: 'same-one',
          as: item.step,
          id: source?.kind === 'response-body' ? source.pointer : undefined,
        },
      ],
      settles: false,
    });
    return draft.end('once', 'the same key is the same thing');
  },
};
