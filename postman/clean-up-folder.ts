/** The last folder: an item for each DELETE of what single items make, sent again until nothing of it is left. */
import { stringifyJson } from '../contract/json/stringify.ts';
import type { Contract } from '../contract/model.ts';
import { basisOf } from '../contract/plan/cases/basis.ts';
import { assemble, type WrittenParameter } from '../contract/plan/cases/request-parts.ts';
import { makersOf, removingStep } from '../contract/sequences/made.ts';
import type { Step } from '../contract/sequences/sequence.ts';
import { type Folder, folder, type Item, type ItemRequest, written } from './format.ts';
import { type ItemContext, itemName, itemRequest, scriptEvent } from './item.ts';
import { stableId } from './stable-id.ts';

const NAME = 'Clean-up';

/** Undefined where nothing can be removed. What stands under something else goes first. */
export function cleanUpFolder(contract: Contract, context: ItemContext): Folder | undefined {
  const made = [...makersOf(contract).values()].flatMap(resource => {
    const step = removingStep(resource, remove => basisOf(remove, {}, [])?.least);
    const { create } = resource;
    return step === undefined || create === undefined ? [] : removalOf(step, create.key, context);
  });
  const ordered = made.toSorted((a, b) => b.depth - a.depth);
  const [first] = ordered;
  if (first === undefined) return undefined;
  const items = ordered.map((one, index) =>
    one.item(index === ordered.length - 1 ? { first: first.name } : {}),
  );
  const description =
    'Removes what single items made, by the answers to them. Sequences remove what is theirs. What stays is named in the console.';
  return folder(NAME, description, items, `${context.key} ${NAME}`);
}

interface MadeRemoval {
  readonly depth: number;
  readonly name: string;
  readonly item: (more: { readonly first?: string }) => Item;
}

function removalOf(step: Step, by: string, context: ItemContext): readonly MadeRemoval[] {
  const { operation, parts } = step;
  const variables = step.inputs.map((_, index) => `rehearsal.made${index + 1}`);
  const parameters = new Map(parts.parameters);
  for (const [index, { into }] of step.inputs.entries()) {
    if (into.kind !== 'parameter' || into.parameter.in !== 'path') return [];
    const text: WrittenParameter = { where: 'path', text: `{{${variables[index]}}}` };
    parameters.set(into.parameter, text);
  }
  const request = assemble({ ...parts, parameters });
  if (request === undefined) return [];
  const made = itemRequest(operation, request, context, new Set(variables));
  if (made.kind === 'unsendable') return [];
  const { description: _, ...plain } = made.request;
  const name = itemName(operation, request.method, `clean-up of ${by}`);
  return [
    {
      depth: operation.path.split('/').length,
      name,
      item: more =>
        written({
          id: stableId(`${context.key} clean-up ${by}`),
          name,
          event: [
            scriptEvent('prerequest', `rehearsal.removal(${stringifyJson({ by, variables, ...more })}, pm);`),
            scriptEvent('test', 'rehearsal.removed(pm);'),
          ],
          request: plain as ItemRequest,
          protocolProfileBehavior: made.behaviour,
        }) as Item,
    },
  ];
}
