/**
 * The steps of sequences in Postman's sandbox, in the order and with the patience of the runner: before its request a step
 * gets the values of earlier answers, or is skipped and says so; behind it the answer is judged, and the item is sent
 * again where there is another body, another page, or a claim that may come true.
 */
import type { Exchange } from '../../contract/exchange.ts';
import type { Judgement } from '../../contract/judge.ts';
import {
  failsClaim,
  isTrusted,
  noteRefusal,
  PATIENCE_MS,
  PAUSES,
  reasonAgainst,
  WRONG_BODY,
  withoutClaims,
} from '../../contract/judge-steps.ts';
import type { Operation } from '../../contract/model.ts';
import { readyStep } from '../../contract/sequences/resolve.ts';
import type { Step } from '../../contract/sequences/sequence.ts';
import { type Line, lineOf, tell } from './line.ts';
import { below, exchangeOf, type Pm, type ToldCase } from './pm.ts';
import { putValues } from './put-values.ts';
import {
  type CurrentSequence,
  closeRun,
  freshState,
  groupOf,
  type Known,
  type RunState,
  readState,
  restored,
  saved,
  writeState,
} from './run-state.ts';
import { type StepData, stepOf } from './step-data.ts';

/** A step between its two scripts. */
export interface UnderWay {
  readonly data: StepData;
  readonly step: Step;
  readonly told: ToldCase;
  readonly body: number;
  readonly attempts: number;
}

/** Before the request. Undefined where it is not sent. */
export function beforeStep(data: StepData, { operationOf }: Known, pm: Pm): UnderWay | undefined {
  const state =
    data.begins === true && readState(pm).current?.again === undefined ? begun(pm) : readState(pm);
  const current = sequenceIn(state, data);
  state.current = current;
  const words = `${data.operation} sequence ${data.sequence.id}: ${data.name}`;
  const against = reasonAgainst(data.sequence, groupOf(state, data.sequence.group), state.contract);
  // A sequence that was begun is ended.
  const leftOut = against !== undefined && current.exchanges.length === 0;
  const skip = (reason: string | undefined): undefined => {
    if (reason === undefined) console.log(`${words}: nothing to do`);
    else tell({ id: words, kind: 'skipped', text: reason, warnings: [] }, pm);
    over(leftOut ? { ...data, last: undefined } : data, state, current, operationOf, pm);
    pm.execution.skipRequest();
  };
  const operation = operationOf(data.operation);
  const step = operation === undefined ? undefined : stepOf(data, operation);
  if (operation === undefined || step === undefined)
    return skip('changed: the document of this collection is another one; run rehearsal generate postman');
  if (leftOut) return skip(data.cleans === true ? undefined : against);
  const { body, attempts } = current.again?.step === data.index ? current.again : { body: 0, attempts: 1 };
  const ready = readyStep(data.sequence, step, earlierIn(current, operationOf), body);
  if (ready.kind !== 'ready')
    return skip(ready.kind === 'ended' || step.optional || data.cleans === true ? undefined : ready.reason);
  const put = putValues(data, operation, ready, body, state.salt, pm);
  if ('unsendable' in put) return skip(put.unsendable);
  state.current = { ...current, variables: [...new Set([...current.variables, ...put.variables])] };
  writeState(state, pm);
  const share = PAUSES[attempts - 2];
  // The request waits until nothing of the script is left to run.
  if (share !== undefined) setTimeout(() => {}, PATIENCE_MS * share);
  return { data, step, told: ready.told, body, attempts };
}

/** What is known of the server is forgotten, and what single items made is not. */
function begun(pm: Pm): RunState {
  const { made, left } = readState(pm);
  return { ...freshState(), made, left };
}

/** The first step of a sequence begins it anew, unless it is asked once more. */
function sequenceIn({ current }: RunState, { sequence, index }: StepData): CurrentSequence {
  const known = current?.id === sequence.id ? current : undefined;
  if (known !== undefined && (index > 0 || known.again?.step === index)) return known;
  const variables = current?.variables ?? [];
  return { id: sequence.id, exchanges: [], open: [], again: undefined, variables };
}

function earlierIn({ exchanges }: CurrentSequence, operationOf: Known['operationOf']): readonly Exchange[] {
  return exchanges.flatMap(one => restored(one, operationOf) ?? []);
}

/** Behind the request. */
export function afterStep({ data, step, told, body, attempts }: UnderWay, known: Known, pm: Pm): void {
  const { operationOf } = known;
  const state = readState(pm);
  const current = sequenceIn(state, { ...data, index: Number.MAX_SAFE_INTEGER });
  const base = pm.variables.replaceIn(`{{${data.base}}}`);
  const earlier = earlierIn(current, operationOf);
  const exchange = { ...below(base, exchangeOf(told, step.operation, pm)), earlier, attempts };
  const judgement = known.judge(exchange, pm);
  const all = [...earlier, exchange];
  const group = groupOf(state, data.sequence.group);
  const trusted = isTrusted(data.sequence, all, group, state.contract);
  const repeat = (again: CurrentSequence['again'], next: CurrentSequence): void => {
    state.current = { ...next, again };
    writeState(state, pm);
    pm.execution.setNextRequest(pm.info.requestId);
  };
  if (step.settles && attempts <= PAUSES.length && trusted && claimFails(judgement)) {
    repeat({ step: data.index, body, attempts: attempts + 1 }, current);
    return;
  }
  const lines = { trusted: lineOf(told.id, judgement), other: otherLine(told.id, judgement, exchange) };
  const settled = trusted || JSON.stringify(lines.trusted) === JSON.stringify(lines.other);
  if (settled) tell(lines.trusted, pm);
  else if (data.sequence.probes === undefined) tell(lines.other, pm);
  const open = settled || data.sequence.probes === undefined ? current.open : [...current.open, lines];
  const next: CurrentSequence = { ...current, exchanges: [...current.exchanges, saved(exchange)], open };
  const refused = step.expectation === 'accepted' && WRONG_BODY.has(exchange.response.status);
  if (refused && body + 1 < step.bodies.length) {
    repeat({ step: data.index, body: body + 1, attempts: 1 }, next);
    return;
  }
  if (step.walk !== undefined && readyStep(data.sequence, step, all, 0).kind === 'ready') {
    repeat({ step: data.index, body: 0, attempts: 1 }, next);
    return;
  }
  over(data, state, next, operationOf, pm);
}

function claimFails(judgement: Judgement): boolean {
  return judgement.kind === 'failed' && failsClaim(judgement.failures);
}

function otherLine(id: string, judgement: Judgement, exchange: Exchange): Line {
  const left = withoutClaims(judgement, exchange);
  switch (left.kind) {
    case 'as-it-is':
      return lineOf(id, judgement);
    case 'stateless':
      return lineOf(id, { kind: 'not-judged', reason: 'stateless' });
    case 'failed':
      return lineOf(id, left);
    default:
      return left satisfies never;
  }
}

/** A step is over: what had to wait for the last one is told, and what nobody needs any more is forgotten. */
function over(
  data: Pick<StepData, 'sequence' | 'ends' | 'closes'> & { readonly last?: true | undefined },
  state: RunState,
  current: CurrentSequence,
  operationOf: (key: string) => Operation | undefined,
  pm: Pm,
): void {
  let { open } = current;
  if (data.last === true) {
    const all = earlierIn(current, operationOf);
    const group = groupOf(state, data.sequence.group);
    const trusted = isTrusted(data.sequence, all, group, state.contract);
    noteRefusal(data.sequence, all, group);
    for (const lines of open) tell(trusted ? lines.trusted : lines.other, pm);
    open = [];
  }
  if (data.ends === true) for (const name of current.variables) pm.collectionVariables.unset(name);
  state.current = data.ends === true ? undefined : { ...current, open, again: undefined };
  if (data.closes === true) closeRun(state, pm);
  else writeState(state, pm);
}
