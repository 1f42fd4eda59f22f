/** What single cases ask, asked of something that is there: of an unknown item a server says 404 before it looks at the rest. */
import type { Operation } from '../../model.ts';
import { hasFaults } from '../../plan/case-plan.ts';
import { anonymousCases } from '../../plan/cases/anonymous.ts';
import { boundaryCases } from '../../plan/cases/boundary-cases.ts';
import type { Basis, Draft as CaseDraft } from '../../plan/cases/draft.ts';
import { negativeCases } from '../../plan/cases/negative.ts';
import { assemble } from '../../plan/cases/request-parts.ts';
import { type Draft, type Made, newDraft } from '../draft.ts';
import type { Kind } from './kind.ts';

/** Cases of one operation; the rest would show little more. */
const MOST = 100;

export const inPlace: Kind = {
  name: 'in-place',
  title: 'wrong requests to something that is there are refused, and right ones are not',
  description:
    'Creates an item and sends to it, and to the lists and single things under it, what the single cases send to an item that may not be there: without credentials, with one rule broken, and with one value at its boundary. Nothing more is made on purpose.',
  claims: [],
  plan: (resource, options) => {
    const { create, kind, read, replace, modify, remove } = resource;
    if (create === undefined || kind !== 'collection' || options.depth === 'examples') return undefined;
    const draft = newDraft(resource, options, 9);
    const item = draft.make(resource);
    if (item === undefined) return draft.fail('in-place', 'no-sample');
    for (const operation of [remove, read, modify, replace])
      askAll(draft, operation, item, operation === remove);
    for (const under of resource.beside) {
      if (under.parent !== resource) continue;
      askAll(draft, under.list, item, false);
      askAll(draft, under.create, item, true);
      if (under.kind !== 'single') continue;
      askAll(draft, under.remove, item, true);
      for (const operation of [under.read, under.modify, under.replace])
        askAll(draft, operation, item, false);
    }
    return draft.steps.length === item.step + 1 ? undefined : draft.end('in-place', 'what is there is asked');
  },
};

function askAll(draft: Draft, operation: Operation | undefined, item: Made, onlyWrong: boolean): void {
  const basis = operation === undefined ? undefined : draft.basis(operation);
  if (operation === undefined || basis === undefined) return;
  let left = MOST;
  for (const { name, parts, expectation, breaks, why } of draftsOf(basis, onlyWrong)) {
    if ((left -= 1) < 0) return;
    draft.ask(operation, item, {
      name: `${operation.key}: ${name}`,
      why,
      parts,
      expectation,
      ...(breaks === undefined ? {} : { breaks }),
      settles: false,
    });
  }
}

function* draftsOf(basis: Basis, onlyWrong: boolean): Generator<CaseDraft> {
  const { operation, least } = basis;
  const inPath = operation.parameters.filter(parameter => parameter.in === 'path');
  for (const cases of [anonymousCases, negativeCases, boundaryCases]) {
    if (onlyWrong && cases === boundaryCases) return;
    for (const step of cases(basis)) {
      if (step.kind === 'skip') continue;
      const { parts, certain = false, intent } = step;
      // The path is the item's own here.
      if (inPath.some(one => parts.parameters.get(one) !== least.parameters.get(one))) continue;
      const request = certain ? undefined : assemble(parts);
      if (!certain && request === undefined) continue;
      if (request !== undefined && hasFaults(operation, request, parts.template) !== (intent === 'negative'))
        continue;
      yield step;
    }
  }
}
