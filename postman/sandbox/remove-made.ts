/**
 * What single items made is noted as its answers come, and removed by the items of the last folder, each of which is sent
 * again until nothing is left for it. What stays is named.
 */
import type { Exchange } from '../../contract/exchange.ts';
import type { Operation } from '../../contract/model.ts';
import { makersOf, makingOf, removingStep, type Unremovable } from '../../contract/sequences/made.ts';
import { readyStep } from '../../contract/sequences/resolve.ts';
import type { Resource } from '../../contract/sequences/resources.ts';
import type { Pm } from './pm.ts';
import { textOf } from './put-values.ts';
import { closeRun, type Known, type MadeThing, type RunState, readState, writeState } from './run-state.ts';
import { bareParts } from './step-data.ts';

/** An item of the last folder. */
export interface RemovalData {
  /** The operation that makes what it removes. */
  readonly by: string;
  /** The variables in its address, in the order of their texts. */
  readonly variables: readonly string[];
  /** The name of the first item of the folder, in the last one. */
  readonly first?: string;
}

const STAYS_BECAUSE: Readonly<Record<Unremovable, string>> = {
  'no-delete': 'no DELETE known for it',
  'no-id': 'no id in the answer',
  'maybe-older': 'it may have been there before',
  promised: 'made later by the server',
};

/** Notes for each answer what it shows to have been made. */
export function newNotes({ contract }: Known): (exchange: Exchange, pm: Pm) => void {
  let makers: ReadonlyMap<Operation, Resource> | undefined;
  return (exchange, pm) => {
    const { status } = exchange.response;
    if (status < 200 || status >= 400 || exchange.case.request.method === 'GET') return;
    makers ??= makersOf(contract);
    const making = makingOf(makers, exchange, ({ remove }) => remove !== undefined);
    if (making === undefined) return;
    const state = readState(pm);
    if (making.kind === 'stays') {
      state.left = [...state.left, `${exchange.case.id} (${STAYS_BECAUSE[making.reason]})`];
    } else {
      const texts = textsOf(making.resource, making.exchange);
      const thing: MadeThing | undefined =
        texts === undefined ? undefined : { by: exchange.case.operation.key, texts };
      const known = JSON.stringify(thing);
      if (thing === undefined)
        state.left = [...state.left, `${exchange.case.id} (${STAYS_BECAUSE['no-id']})`];
      else if (state.made.every(other => JSON.stringify(other) !== known))
        state.made = [...state.made, thing];
    }
    writeState(state, pm);
  };
}

/** What stands for the variables of the DELETE. */
function textsOf(resource: Resource, made: Exchange): readonly string[] | undefined {
  const step = removingStep(resource, bareParts);
  const ready = step === undefined ? undefined : readyStep({ id: 'clean-up' }, step, [made]);
  if (step === undefined || ready?.kind !== 'ready') return undefined;
  const texts = step.inputs.map(({ into }) => {
    const written = into.kind === 'parameter' ? ready.parts.parameters.get(into.parameter) : undefined;
    return written === undefined ? undefined : textOf(written);
  });
  return texts.includes(undefined) ? undefined : texts.filter(text => text !== undefined);
}

/** Before a DELETE: what was made last goes first. */
export function beforeRemoval(data: RemovalData, pm: Pm): MadeThing | undefined {
  const state = readState(pm);
  // A server that keeps nothing has nothing to be removed.
  if (state.contract.none && !state.contract.kept) state.made = [];
  const thing = state.made.findLast(({ by, later }) => by === data.by && later !== true);
  if (thing === undefined) {
    console.log(`DELETE of what ${data.by} makes: nothing to do`);
    if (data.first === undefined || !again(data.first, state, pm)) end(data, state, pm);
    pm.execution.skipRequest();
    return undefined;
  }
  for (const [index, variable] of data.variables.entries())
    pm.collectionVariables.set(variable, thing.texts[index] ?? '');
  return thing;
}

/** Behind it: the next thing, the next item, or the first one once more. */
export function afterRemoval(data: RemovalData, thing: MadeThing, pm: Pm): void {
  const state = readState(pm);
  const { code } = pm.response;
  const same = JSON.stringify(thing);
  state.made = state.made.filter(other => JSON.stringify(other) !== same);
  const gone = (code >= 200 && code < 300) || code === 404 || code === 410;
  if (code === 409 && !state.retried) state.made = [...state.made, { ...thing, later: true }];
  else if (!gone)
    state.left = [...state.left, `${data.by}, ${thing.texts.join(' ')} (DELETE answered ${code})`];
  if (state.made.some(({ by, later }) => by === data.by && later !== true)) {
    writeState(state, pm);
    pm.execution.setNextRequest(pm.info.requestId);
  } else if (data.first === undefined || !again(data.first, state, pm)) end(data, state, pm);
}

/** What was refused because something else still needed it is asked for once more when that is gone. */
function again(first: string, state: RunState, pm: Pm): boolean {
  if (state.retried || state.made.every(({ later }) => later !== true)) return false;
  state.made = state.made.map(({ by, texts }) => ({ by, texts }));
  state.retried = true;
  writeState(state, pm);
  pm.execution.setNextRequest(first);
  return true;
}

function end({ variables, first }: RemovalData, state: RunState, pm: Pm): void {
  for (const variable of variables) pm.collectionVariables.unset(variable);
  if (first === undefined) writeState(state, pm);
  else closeRun(state, pm);
}
