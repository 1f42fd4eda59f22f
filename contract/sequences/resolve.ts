/** A step made into a case, with what the exchanges before it brought to light; or why there is none. Pure. */
import { answerBody, resourceIn } from '../compare/bodies.ts';
import { type Exchange, isAccepted } from '../exchange.ts';
import { declaredProperty, objectFacts } from '../http/schema-views.ts';
import { type Json, own, setOwn } from '../json/value.ts';
import type { MediaType, Schema } from '../model.ts';
import { writeBody } from '../plan/cases/body-value.ts';
import type { Case, SkipReason } from '../plan/cases/case.ts';
import { slug } from '../plan/cases/case-id.ts';
import { writeValid } from '../plan/cases/parameter-value.ts';
import { assemble, type RequestParts, type WrittenBody } from '../plan/cases/request-parts.ts';
import { isValid } from '../schema/validate.ts';
import type { Input, Need, Sequence, Step, StepBody } from './sequence.ts';
import { type StepExchange, valueFrom, withValue } from './values.ts';
import { nextPage, type Page, withPage } from './walk.ts';

export type Resolved = Ended | { readonly kind: 'case'; readonly case: Case };

/** A step whose values are there, before its request is put together. */
export type Ready =
  | Ended
  | {
      readonly kind: 'ready';
      readonly parts: RequestParts;
      /** What went into the body, by pointer. */
      readonly intoBody: readonly IntoBody[];
      readonly page: Page | undefined;
      readonly told: Omit<Case, 'request'>;
    };

type Ended =
  /** Of a walk: the page before was the last. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'not-made'; readonly reason: SkipReason; readonly what: string };

export type IntoBody = readonly [pointer: string, value: Json];

/**
 * The case of a step.
 *
 * @param exchanges - those of the steps before, in order
 * @param body - which of the step's bodies, from 0
 */
export function resolveStep(
  sequence: Pick<Sequence, 'id'>,
  step: Step,
  exchanges: readonly Exchange[],
  body = 0,
): Resolved {
  const ready = readyStep(sequence, step, exchanges, body);
  if (ready.kind !== 'ready') return ready;
  const { parts, page, told } = ready;
  const assembled = assemble(parts);
  if (assembled === undefined) return notMade(sequence, step, 'value-missing');
  const request = page?.kind === 'address' ? { ...assembled, path: page.path, query: page.query } : assembled;
  return { kind: 'case', case: { ...told, request } };
}

/**
 * The values of a step, for whoever puts the request together, as a Postman item does.
 *
 * @param exchanges - those of the steps before, in order
 * @param body - which of the step's bodies, from 0
 */
export function readyStep(
  sequence: Pick<Sequence, 'id'>,
  step: Step,
  exchanges: readonly Exchange[],
  body = 0,
): Ready {
  const exchangeOf: StepExchange = index =>
    exchanges.findLast(({ case: { step: place } }) => place?.index === index);
  for (const need of step.needs) {
    const missing = unmet(need, exchangeOf(need.step));
    if (missing !== undefined) return notMade(sequence, step, missing);
  }
  const pages = exchanges.filter(({ case: { step: place } }) => place?.index === step.index);
  const page = step.walk === undefined ? undefined : nextPage(step.walk, pages);
  if (page?.kind === 'last') return { kind: 'ended' };
  const filled = fill(withPage(step, page), step.bodies[body], exchangeOf);
  if (filled === undefined) return notMade(sequence, step, 'value-missing');
  const about = step.about.map(sources => valueFrom(sources, exchangeOf));
  const ids = about.flatMap(value => (value === undefined || value === null ? [] : [String(value)]));
  return { kind: 'ready', ...filled, page, told: toldOf(sequence, step, pages.length, body, ids) };
}

function notMade(
  { id }: Pick<Sequence, 'id'>,
  { name }: Step,
  reason: SkipReason,
): Extract<Ended, { readonly kind: 'not-made' }> {
  return { kind: 'not-made', reason, what: `${id}: ${name}` };
}

/** Everything of a case but its request. */
function toldOf(
  sequence: Pick<Sequence, 'id'>,
  step: Step,
  pages: number,
  body: number,
  ids: readonly string[],
): Omit<Case, 'request'> {
  const { operation, expectation, claims, index } = step;
  const numbered = pages === 0 ? step.name : `${step.name}, page ${pages + 1}`;
  const stepName = body === 0 ? numbered : `${numbered}, other body ${body}`;
  return {
    id: `${operation.key} sequence ${sequence.id.split(' ').map(slug).join(' ')} ${slug(stepName)}`,
    operation,
    intent: expectation === 'accepted' || expectation === 'any' ? 'positive' : 'negative',
    breaks:
      step.breaks ??
      (expectation === 'unauthenticated' ? 'credentials' : expectation === 'refused' ? 'body' : undefined),
    name: `${sequence.id}: ${stepName}`,
    why: step.why,
    expectation,
    step: {
      sequence: sequence.id,
      index,
      claims: claims.map(claim =>
        claim.kind === 'lists' || claim.kind === 'unlisted' ? { ...claim, ids } : claim,
      ),
    },
  };
}

/** Why a step cannot go on; undefined when what it needs has come to pass. */
function unmet({ outcome }: Need, exchange: Exchange | undefined): SkipReason | undefined {
  if (outcome === 'not-accepted')
    return exchange !== undefined && isAccepted(exchange) ? 'step-failed' : undefined;
  if (exchange === undefined) return 'step-failed';
  const { status } = exchange.response;
  if (outcome === 'refused') {
    const refused = status >= 400 && status < 500 && status !== 401 && status !== 403 && status !== 429;
    return refused ? undefined : 'step-failed';
  }
  if (status === 202) return 'asynchronous';
  return isAccepted(exchange) ? undefined : 'step-failed';
}

/** The request's parts with every input in its slot; undefined when one has no value, or none that fits its slot. */
function fill(
  step: Step,
  body: StepBody | undefined,
  exchangeOf: StepExchange,
): { readonly parts: RequestParts; readonly intoBody: readonly IntoBody[] } | undefined {
  const parameters = new Map(step.parts.parameters);
  const given: (readonly [string, string])[] = [];
  const intoBody: IntoBody[] = [];
  for (const { into, from, optional = false } of step.inputs) {
    const value = valueFrom(from, exchangeOf);
    if (value === undefined && optional) continue;
    if (value === undefined) return undefined;
    if (into.kind === 'body') intoBody.push([into.pointer, inType(into.schema, value)]);
    else if (into.kind === 'header') given.push([into.name, String(value)]);
    else {
      const written = fitting(into, value);
      if (written === undefined) return undefined;
      parameters.set(into.parameter, written);
    }
  }
  const written = body === undefined ? step.parts.body : bodyOf(body, intoBody, exchangeOf);
  if (body !== undefined && written === undefined) return undefined;
  const parts = { ...step.parts, parameters, body: written, given: [...step.parts.given, ...given] };
  return { parts, intoBody };
}

/** The value as a schema has it: an id read from an address is a text, whatever it is in a body. */
export function inType(schema: Schema | undefined, value: Json): Json {
  if (schema === undefined || isValid(schema, value, 'request')) return value;
  const other = typeof value === 'string' ? numberOf(value) : String(value);
  return other !== undefined && isValid(schema, other, 'request') ? other : value;
}

function numberOf(text: string): number | bigint | undefined {
  if (!/^-?(0|[1-9]\d*)$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** A number in a body is a text in a header, and the other way round. */
function fitting(
  { parameter }: Extract<Input['into'], { kind: 'parameter' }>,
  value: Json,
): ReturnType<typeof writeValid> {
  const written = writeValid(parameter, value);
  if (written !== undefined) return written;
  if (typeof value === 'number' || typeof value === 'bigint') return writeValid(parameter, String(value));
  const number = typeof value === 'string' ? numberOf(value) : undefined;
  return number === undefined ? undefined : writeValid(parameter, number);
}

function bodyOf(
  body: StepBody,
  intoBody: readonly IntoBody[],
  exchangeOf: StepExchange,
): WrittenBody | undefined {
  switch (body.kind) {
    case 'bytes':
      return body.written;
    case 'again': {
      const request = exchangeOf(body.step)?.case.request;
      return request?.body === undefined
        ? undefined
        : { contentType: request.contentType, bytes: request.body };
    }
    case 'shown': {
      const answer = exchangeOf(body.step);
      const shown = answer === undefined ? undefined : answerBody(answer)?.value;
      const value = shown === undefined ? undefined : sendable(body.content, shown);
      const made = value === undefined ? undefined : writeBody(body.content, value);
      return made !== undefined && 'body' in made ? made.body : undefined;
    }
    case 'value': {
      let { value } = body;
      for (const [pointer, part] of intoBody) value = withValue(value, pointer, part);
      const made = writeBody(body.content, value);
      return 'body' in made ? made.body : undefined;
    }
    default:
      return body satisfies never;
  }
}

/** What an answer shows as a body of a request: only what is declared for it; undefined where that may not be sent. */
function sendable({ schema }: MediaType, shown: Json): Json | undefined {
  if (schema === undefined) return undefined;
  const names = [...objectFacts(schema).names].filter(
    name => declaredProperty(schema, name)?.readOnly !== true,
  );
  const thing = resourceIn(shown, names)?.value;
  if (thing === undefined) return undefined;
  const body: Record<string, Json> = {};
  for (const name of names) {
    const value = own(thing, name);
    if (value !== undefined) setOwn(body, name, value);
  }
  return isValid(schema, body, 'request') ? body : undefined;
}
