/**
 * What a single request made, and the request that removes it again. Nothing is removed that an answer does not show to
 * be new: it may have been there before. Pure; who sends the removal, and when, is not known here.
 */
import { type Exchange, isAccepted } from '../exchange.ts';
import { parsePathTemplate } from '../http/path-template.ts';
import type { Contract, Operation } from '../model.ts';
import { basisOf } from '../plan/cases/basis.ts';
import type { Case } from '../plan/cases/case.ts';
import type { CasePlanOptions } from '../plan/cases/options.ts';
import { type ConfiguredHints, hintsOf } from './hints.ts';
import { idSources } from './ids.ts';
import { resolveStep } from './resolve.ts';
import { pathParameter, type Resource, resourcesOf } from './resources.ts';
import type { Input, Sequence, Step, ValueSource } from './sequence.ts';
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

export type Removal =
  | { readonly kind: 'request'; readonly planned: Case }
  | { readonly kind: 'stays'; readonly reason: Unremovable };

export interface RemovalOptions extends CasePlanOptions {
  readonly hints?: ConfiguredHints;
  /** The DELETEs that may be used. Default: all of them. */
  readonly mayRemove?: (operation: Operation) => boolean;
}

/**
 * For the exchanges of a contract: how what they made is removed; undefined when they made nothing.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { removals } from './contract/sequences/removal.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\npaths: { /pets: { post: { responses: { "201": {} } } } }\n');
 * if (contract !== undefined) {
 *   const removalOf = removals(contract);
 *   console.log(typeof removalOf);
 * }
 * ```
 */
export function removals(
  contract: Contract,
  options: RemovalOptions = {},
): (exchange: Exchange) => Removal | undefined {
  const hintOf = hintsOf(options.hints);
  const used = contract.operations.filter(operation => hintOf(operation).leftOut !== true);
  const makers = new Map<Operation, Resource>();
  for (const resource of resourcesOf(used, hintOf))
    if (resource.create !== undefined) makers.set(resource.create, resource);
  const steps = new Map<Resource, Step | undefined>();
  const stepOf = (resource: Resource): Step | undefined => {
    if (!steps.has(resource)) steps.set(resource, removingStep(resource, options));
    return steps.get(resource);
  };
  return exchange => {
    const { operation } = exchange.case;
    const { status } = exchange.response;
    const resource = makers.get(operation);
    if (resource === undefined) return status === 201 ? stays('no-delete') : undefined;
    if (!isAccepted(exchange) || !mayHaveMade(resource, status)) return undefined;
    if (status === 202) return stays('promised');
    const step = stepOf(resource);
    if (step === undefined) return stays('no-delete');
    const made = asStep(exchange, MADE);
    const id = valueFrom(idSources(resource, MADE), index => (index === MADE ? made : undefined));
    if (id === undefined || id === null) return stays('no-id');
    // Who names a thing may name one that was there before; only 201 says that it was not.
    if (status !== 201 && isOwnName(resource, made, id)) return stays('maybe-older');
    const resolved = resolveStep(sequenceOf(resource, step), step, [made]);
    return resolved.kind === 'case' ? { kind: 'request', planned: resolved.case } : stays('no-id');
  };
}

/** The number of the step that made the thing, and of the one that removes it. */
const MADE = 0;
const REMOVING = 1;

function stays(reason: Unremovable): Removal {
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

function removingStep(resource: Resource, options: RemovalOptions): Step | undefined {
  const { remove, create, itemPath } = resource;
  const { mayRemove = () => true } = options;
  if (remove === undefined || create === undefined || !mayRemove(remove)) return undefined;
  const parts = basisOf(remove, options, [])?.least;
  if (parts === undefined) return undefined;
  return {
    index: REMOVING,
    name: `delete ${itemPath}`,
    operation: remove,
    why: remove.source,
    parts,
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

function sequenceOf({ path, itemPath }: Resource, step: Step): Sequence {
  return {
    id: `${path} clean-up`,
    name: `${path}: what single cases made is removed`,
    group: itemPath,
    writes: true,
    alone: false,
    remembers: false,
    probes: undefined,
    steps: [step],
    cleanUp: [],
  };
}

/** A single exchange as the step of a sequence, which is how sources name it. */
function asStep(exchange: Exchange, index: number): Exchange {
  const step = { sequence: 'clean-up', index, claims: [] };
  return { ...exchange, case: { ...exchange.case, step } };
}
