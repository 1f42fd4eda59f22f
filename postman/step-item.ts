/**
 * A step of a sequence as an item: the request as people read it, with variables where values of earlier answers go, and
 * the step as data for the script that puts them there.
 */
import { byteString } from '../contract/http/body/bytes.ts';
import { isJson } from '../contract/http/media-type.ts';
import { valueAt } from '../contract/json/pointer.ts';
import { stringifyJson } from '../contract/json/stringify.ts';
import type { Json } from '../contract/json/value.ts';
import type { Operation, Parameter } from '../contract/model.ts';
import { writeBody } from '../contract/plan/cases/body-value.ts';
import { writeValid } from '../contract/plan/cases/parameter-value.ts';
import {
  assemble,
  type RequestParts,
  type WrittenBody,
  type WrittenParameter,
} from '../contract/plan/cases/request-parts.ts';
import { inType } from '../contract/sequences/resolve.ts';
import type { PageWalk, Sequence, Step, StepBody } from '../contract/sequences/sequence.ts';
import { withValue } from '../contract/sequences/values.ts';
import { type Item, written } from './format.ts';
import { type ItemContext, itemName, itemRequest, type MadeItem, scriptEvent } from './item.ts';
import { nameInQuery, textOf } from './sandbox/put-values.ts';
import type { BodyData, InputData, StepData, WalkData } from './sandbox/step-data.ts';
import { stableId } from './stable-id.ts';

/** What hangs on the place of an item in its collection. */
export type Place = Pick<StepData, 'begins' | 'last' | 'ends' | 'cleans' | 'closes'>;

/** The item of a step; undefined where its parts make no request. */
export function stepItem(
  sequence: Sequence,
  step: Step,
  context: ItemContext,
): MadeItem | ((place: Place) => Item) {
  const { operation } = step;
  const draft = draftOf(step);
  const request = draft === undefined ? undefined : assemble(draft.parts);
  if (draft === undefined || request === undefined)
    return { kind: 'unsendable', reason: 'its values have no place in the request' };
  const own = new Set(draft.inputs.flatMap(({ variable }) => variable ?? []));
  const made = itemRequest(operation, request, context, own);
  if (made.kind === 'unsendable') return made;
  const { description: _, ...plain } = made.request;
  return place =>
    written({
      id: stableId(`${context.key} sequence ${sequence.id} step ${step.index}`),
      name: itemName(operation, request.method, step.name),
      event: [
        scriptEvent(
          'prerequest',
          `rehearsal.step(${stringifyJson(dataOf(sequence, step, draft, place, context))}, pm);`,
        ),
        scriptEvent('test', 'rehearsal.answered(pm);'),
      ],
      request: plain,
      protocolProfileBehavior: made.behaviour,
    }) as Item;
}

interface Draft {
  /** With variables in them. */
  readonly parts: RequestParts;
  readonly inputs: readonly InputData[];
  readonly bodies: readonly StepBody[];
  readonly rewrites: boolean;
}

/** Undefined where a value is to go into something that the operation does not have. */
function draftOf(step: Step): Draft | undefined {
  const { operation } = step;
  const inputs: InputData[] = [];
  const parameters = new Map(step.parts.parameters);
  const given = [...step.parts.given];
  const name = newNames();
  let bodies = step.bodies;
  for (const input of step.inputs) {
    const { into, from } = input;
    const [first] = from;
    const constant = first?.kind === 'constant' ? first.value : undefined;
    const common = { from, ...(input.optional === true ? { optional: true as const } : {}) };
    switch (into.kind) {
      case 'parameter': {
        const { parameter } = into;
        const number = operation.parameters.indexOf(parameter);
        if (number === -1) return undefined;
        const fixed = constant === undefined ? undefined : writtenConstant(parameter, constant);
        if (fixed !== undefined) {
          parameters.set(parameter, fixed);
          break;
        }
        const usual = parameters.get(parameter);
        const usualText = usual === undefined ? undefined : textOf(usual);
        const variable = name(parameter.name);
        parameters.set(parameter, variableFor(parameter, variable));
        inputs.push({
          into: { kind: 'parameter', parameter: number },
          ...common,
          variable,
          ...(usualText === undefined || input.optional !== true ? {} : { usual: usualText }),
        });
        break;
      }
      case 'header': {
        if (constant !== undefined) {
          given.push([into.name, String(constant)]);
          break;
        }
        const variable = name(into.name);
        given.push([into.name, `{{${variable}}}`]);
        inputs.push({ into, ...common, variable });
        break;
      }
      case 'body': {
        const { pointer, schema } = into;
        if (constant !== undefined) {
          bodies = bodies.map(body =>
            body.kind === 'value'
              ? { ...body, value: withValue(body.value, pointer, inType(schema, constant)) }
              : body,
          );
          break;
        }
        const variable = name(pointer.slice(pointer.lastIndexOf('/') + 1));
        inputs.push({ into: { kind: 'body', pointer }, ...common, variable });
        break;
      }
      default:
        into satisfies never;
    }
  }
  const body = shownBody(bodies[0], inputs);
  const [shown] = bodies;
  const kept = inputs.flatMap(input => {
    if (input.into.kind !== 'body') return input;
    // What has no place in this body may have one in another.
    if (!body.variables.has(input.variable ?? ''))
      return bodies.length > 1 || input.optional !== true || body.rewrites ? withoutVariable(input) : [];
    const usual = shown?.kind === 'value' ? valueAt(shown.value, input.into.pointer) : undefined;
    return input.optional !== true || usual === undefined ? input : { ...input, usual: stringifyJson(usual) };
  });
  const parts = {
    ...step.parts,
    parameters,
    given,
    body: bodies.length === 0 ? step.parts.body : body.written,
  };
  return { parts, inputs: kept, bodies, rewrites: body.rewrites };
}

function withoutVariable({ variable: _, ...input }: InputData): InputData {
  return input;
}

/** `rehearsal.petId`; a second one of a step is `rehearsal.petId2`. */
function newNames(): (word: string) => string {
  const taken = new Set<string>();
  return word => {
    const stem = `rehearsal.${word.replace(/[^\w-]+/g, '_')}`;
    let name = stem;
    for (let count = 2; taken.has(name); count += 1) name = `${stem}${count}`;
    taken.add(name);
    return name;
  };
}

function writtenConstant(parameter: Parameter, value: Json): WrittenParameter | undefined {
  return writeValid(parameter, value) ?? writeValid(parameter, String(value));
}

function variableFor(parameter: Parameter, variable: string): WrittenParameter {
  const text = `{{${variable}}}`;
  switch (parameter.in) {
    case 'query':
      return { where: 'query', pairs: [[nameInQuery(parameter), text]] };
    case 'header':
      return { where: 'header', name: parameter.name, text };
    case 'path':
    case 'cookie':
    case 'querystring':
      return { where: parameter.in, text };
    default:
      return parameter.in satisfies never;
  }
}

/** The first body as people read it. */
function shownBody(
  body: StepBody | undefined,
  inputs: readonly InputData[],
): {
  readonly written: WrittenBody | undefined;
  readonly variables: ReadonlySet<string>;
  readonly rewrites: boolean;
} {
  const none: ReadonlySet<string> = new Set();
  if (body === undefined) return { written: undefined, variables: none, rewrites: false };
  if (body.kind === 'bytes') return { written: body.written, variables: none, rewrites: false };
  if (body.kind !== 'value') {
    const contentType = body.kind === 'shown' ? body.content.mediaType : undefined;
    return { written: { contentType, bytes: new Uint8Array() }, variables: none, rewrites: true };
  }
  const { content } = body;
  const into = inputs.filter(input => input.into.kind === 'body');
  let { value } = body;
  if (isJson(content.mediaType))
    for (const { into: place, variable = '' } of into)
      if (place.kind === 'body') value = withValue(value, place.pointer, `{{${variable}}}`);
  const made = writeBody(content, value);
  if (!('body' in made)) return { written: undefined, variables: none, rewrites: true };
  let text = new TextDecoder().decode(made.body.bytes);
  const variables = new Set<string>();
  for (const { variable = '' } of into) {
    // A value stands for itself, quotes and all.
    if (!text.includes(`"{{${variable}}}"`)) continue;
    text = text.replace(`"{{${variable}}}"`, () => `{{${variable}}}`);
    variables.add(variable);
  }
  const bytes = variables.size === 0 ? made.body.bytes : new TextEncoder().encode(text);
  return {
    written: { ...made.body, bytes },
    variables,
    rewrites: !isJson(content.mediaType) && into.length > 0,
  };
}

function dataOf(
  { id, group, remembers, probes }: Sequence,
  step: Step,
  { inputs, bodies, rewrites }: Draft,
  place: Place,
  { variables }: ItemContext,
): Json {
  const { operation, needs, claims, about, walk, breaks } = step;
  const data: { readonly [Key in keyof StepData]: StepData[Key] | undefined } = {
    sequence: { id, group, remembers, probes },
    index: step.index,
    name: step.name,
    operation: operation.key,
    base: variables.baseUrlOf(operation),
    expectation: step.expectation,
    breaks,
    bodies:
      bodies.length === 0
        ? undefined
        : bodies.map((body, index) => bodyData(body, operation, !rewrites && index === 0)),
    rewrites: rewrites ? true : undefined,
    inputs: inputs.length === 0 ? undefined : inputs,
    needs: needs.length === 0 ? undefined : needs,
    claims: claims.length === 0 ? undefined : claims,
    about: about.length === 0 ? undefined : about,
    walk: walk === undefined ? undefined : walkData(walk, operation),
    optional: step.optional ? true : undefined,
    settles: step.settles ? true : undefined,
    ...place,
  };
  return plain(data);
}

function walkData(walk: PageWalk, { parameters }: Operation): WalkData {
  if (!('parameter' in walk)) return walk;
  const { parameter, ...rest } = walk;
  return { ...rest, parameter: parameters.indexOf(parameter) };
}

function bodyData(body: StepBody, { requestBody }: Operation, inItem: boolean): BodyData {
  const contents = requestBody?.content ?? [];
  if (inItem && (body.kind === 'value' || body.kind === 'bytes'))
    return { kind: 'item', media: body.kind === 'value' ? contents.indexOf(body.content) : -1 };
  switch (body.kind) {
    case 'value': {
      const example = body.content.examples.findIndex(({ value }) => value === body.value);
      if (example !== -1) return { kind: 'example', media: contents.indexOf(body.content), example };
      return { kind: 'value', media: contents.indexOf(body.content), value: body.value };
    }
    case 'shown':
      return { kind: 'shown', media: contents.indexOf(body.content), step: body.step };
    case 'bytes': {
      const { contentType, bytes } = body.written;
      const type = contentType === undefined ? {} : { type: contentType };
      return { kind: 'bytes', ...type, bytes: byteString(bytes) };
    }
    case 'again':
      return body;
    default:
      return body satisfies never;
  }
}

/** Without the members that are undefined, at any depth. */
function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, plain(member)]])),
  );
}
