/**
 * What a single request made, and which request removes it. Nothing counts as made that an answer does not show to be
 * new: it may have been there before. Knows paths and answers only, and plans nothing.
 */
import { type Exchange, isAccepted } from '../exchange.ts';
import { parsePathTemplate } from '../http/path-template.ts';
import type { Contract, Operation } from '../model.ts';
import type { RequestParts } from '../plan/cases/request-parts.ts';
import { type ConfiguredHints, hintsOf } from './hints.ts';
import { idSources } from './ids.ts';
import { pathParameter, type Resource, resourcesOf } from './resources.ts';
import type { Input, Step, ValueSource } from './sequence.ts';
import { valueFrom } from './values.ts';

/**
 * Why something that was made stays.
 *
 * - `no-delete`: the document has no DELETE for it, or it is not to be used
 * - `no-id`: nothing in the answer says which it is
 * - `maybe-older`: the answer does not say whether it was made or changed
 * - `promised`: the server only promised to make it (202)
 */
export type Unremovable = 'no-delete' | 'no-id' | 'maybe-older' | 'promised';

export type Making =
  | { readonly kind: 'stays'; readonly reason: Unremovable }
  | {
      readonly kind: 'made';
      readonly resource: Resource;
      /** As the step that `removingStep` takes its values from. */
      readonly exchange: Exchange;
    };

/** The resources of a contract whose items single cases may make, by the operation that does. */
export function makersOf(contract: Contract, hints: ConfiguredHints = {}): ReadonlyMap<Operation, Resource> {
  const hintOf = hintsOf(hints);
  const used = contract.operations.filter(operation => hintOf(operation).leftOut !== true);
  const makers = new Map<Operation, Resource>();
  for (const resource of resourcesOf(used, hintOf))
    if (resource.create !== undefined) makers.set(resource.create, resource);
  return makers;
}

/**
 * What an exchange made; undefined for nothing.
 *
 * @param canRemove - whether there is a request that removes items of a resource
 */
export function makingOf(
  makers: ReadonlyMap<Operation, Resource>,
  exchange: Exchange,
  canRemove: (resource: Resource) => boolean,
): Making | undefined {
  const { operation } = exchange.case;
  const { status } = exchange.response;
  const resource = makers.get(operation);
  if (resource === undefined) return status === 201 ? stays('no-delete') : undefined;
  if (!isAccepted(exchange) || !mayHaveMade(resource, status)) return undefined;
  if (status === 202) return stays('promised');
  if (!canRemove(resource)) return stays('no-delete');
  const made = asStep(exchange, MADE);
  const id = valueFrom(idSources(resource, MADE), index => (index === MADE ? made : undefined));
  if (id === undefined || id === null) return stays('no-id');
  // Who names a thing may name one that was there before; only 201 says that it was not.
  if (status !== 201 && isOwnName(resource, made, id)) return stays('maybe-older');
  return { kind: 'made', resource, exchange: made };
}

/** The number of the step that made the thing, and of the one that removes it. */
const MADE = 0;
const REMOVING = 1;

function stays(reason: Unremovable): Making {
  return { kind: 'stays', reason };
}

/** Where 201 is documented, any other success is for something else; PUT replaces unless it says 201. */
function mayHaveMade({ create, kind, idHint }: Resource, status: number): boolean {
  if (status === 201) return true;
  if (kind === 'named' || create?.method !== 'POST') return false;
  return (
    status === 202 || idHint !== undefined || !create.responses.some(response => response.status === '201')
  );
}

/** Whether the id is one that the client chose. */
function isOwnName(resource: Resource, made: Exchange, id: unknown): boolean {
  const own = idSources(resource, MADE).filter(
    ({ kind }) => kind === 'request-body' || kind === 'request-path',
  );
  const sent = valueFrom(own, () => made);
  return sent !== undefined && String(sent) === String(id);
}

/**
 * The step that removes an item of a resource, with values of the exchange that made it; undefined without a DELETE.
 *
 * @param parts - the DELETE as it goes on the wire before anything is put in
 */
export function removingStep(
  resource: Resource,
  parts: (remove: Operation) => RequestParts | undefined,
): Step | undefined {
  const { remove, create, itemPath } = resource;
  const usual = remove === undefined || create === undefined ? undefined : parts(remove);
  if (remove === undefined || create === undefined || usual === undefined) return undefined;
  return {
    index: REMOVING,
    name: `delete ${itemPath}`,
    operation: remove,
    why: remove.source,
    parts: usual,
    bodies: [],
    inputs: inputsOf(resource, remove, create),
    needs: [],
    expectation: 'any',
    claims: [],
    about: [],
    walk: undefined,
    makes: false,
    optional: false,
    settles: false,
  };
}

/** The item's own id is in the answer; what it stands under was in the path of the request. */
function inputsOf(resource: Resource, remove: Operation, create: Operation): readonly Input[] {
  const { names } = parsePathTemplate(remove.path);
  const above = parsePathTemplate(create.path).names;
  return names.flatMap((name, place): Input[] => {
    const parameter = pathParameter(remove, place);
    if (parameter === undefined) return [];
    const known = above.includes(name) ? name : above[place];
    const from: readonly ValueSource[] =
      place === names.length - 1
        ? idSources(resource, MADE)
        : known === undefined
          ? []
          : [{ kind: 'request-path', step: MADE, name: known }];
    return [{ into: { kind: 'parameter', parameter }, from }];
  });
}

/** A single exchange as the step of a sequence, which is how sources name it. */
function asStep(exchange: Exchange, index: number): Exchange {
  const step = { sequence: 'clean-up', index, claims: [] };
  return { ...exchange, case: { ...exchange.case, step } };
}
