/** A step of a sequence as data in an item's script, and the step made of it again. Values stand in it, and no code. */
import { stringBytes } from '../../contract/http/body/bytes.ts';
import { parsePathTemplate } from '../../contract/http/path-template.ts';
import { declaredAt } from '../../contract/http/schema-views.ts';
import type { Json } from '../../contract/json/value.ts';
import type { MediaType, Operation, Parameter } from '../../contract/model.ts';
import { NO_CREDENTIALS } from '../../contract/plan/cases/credentials.ts';
import type { RequestParts } from '../../contract/plan/cases/request-parts.ts';
import type {
  Input,
  PageWalk,
  Sequence,
  Step,
  StepBody,
  ValueSource,
} from '../../contract/sequences/sequence.ts';

/** A step, with what has to be known of its sequence. What is not there is as for most steps. */
export interface StepData extends Partial<Pick<Step, 'needs' | 'breaks' | 'claims' | 'about'>> {
  readonly sequence: Pick<Sequence, 'id' | 'group' | 'remembers' | 'probes'>;
  readonly index: number;
  readonly name: string;
  /** `GET /pets/{id}` */
  readonly operation: string;
  /** The variable of the base address. */
  readonly base: string;
  readonly expectation: Step['expectation'];
  readonly bodies?: readonly BodyData[];
  /** The first body goes with values that no variable in the item stands for. */
  readonly rewrites?: true;
  readonly inputs?: readonly InputData[];
  readonly walk?: WalkData;
  readonly optional?: true;
  readonly settles?: true;
  /** The first step of the first sequence: nothing is known about the server. */
  readonly begins?: true;
  /** The last step before the clean-up. */
  readonly last?: true;
  /** Nothing of the sequence comes after it. */
  readonly ends?: true;
  readonly cleans?: true;
  /** The last item of all: what stays on the server is told. */
  readonly closes?: true;
}

export type BodyData =
  /** As the item has it, whatever comes. */
  | { readonly kind: 'item'; readonly media: number }
  /** One of the document's own, by its number. */
  | { readonly kind: 'example'; readonly media: number; readonly example: number }
  | { readonly kind: 'value'; readonly media: number; readonly value: Json }
  | { readonly kind: 'bytes'; readonly type?: string; readonly bytes: string }
  | { readonly kind: 'shown'; readonly media: number; readonly step: number }
  | { readonly kind: 'again'; readonly step: number };

export interface InputData {
  readonly into: /** The number of one of the operation's parameters. */
    | { readonly kind: 'parameter'; readonly parameter: number }
    | { readonly kind: 'header'; readonly name: string }
    | { readonly kind: 'body'; readonly pointer: string };
  readonly from: readonly ValueSource[];
  readonly optional?: true;
  /** The variable in the item that stands for it. */
  readonly variable?: string;
  /** What is sent where there is no value and none is needed. */
  readonly usual?: string;
}

export type WalkData = Omit<PageWalk, 'parameter' | 'shape'> & {
  readonly shape: PageWalk['shape'];
  readonly parameter?: number;
};

/** The step again. Undefined where the document has changed under it. */
export function stepOf(data: StepData, operation: Operation): Step | undefined {
  const { requestBody, parameters } = operation;
  const contents = requestBody?.content ?? [];
  const bodies = (data.bodies ?? []).map(body => bodyOf(body, contents));
  const [first] = data.bodies ?? [];
  const media = first !== undefined && 'media' in first ? contents[first.media] : undefined;
  const inputs = (data.inputs ?? []).map(input => inputOf(input, parameters, media));
  const walk = data.walk === undefined ? undefined : walkOf(data.walk, parameters);
  if (bodies.includes(undefined) || inputs.includes(undefined)) return undefined;
  if (walk === undefined && data.walk !== undefined) return undefined;
  return {
    index: data.index,
    name: data.name,
    operation,
    why: operation.source,
    parts: bareParts(operation),
    bodies: bodies.filter(body => body !== undefined),
    inputs: inputs.filter(input => input !== undefined),
    needs: data.needs ?? [],
    expectation: data.expectation,
    ...(data.breaks === undefined ? {} : { breaks: data.breaks }),
    claims: data.claims ?? [],
    about: data.about ?? [],
    walk,
    makes: false,
    optional: data.optional === true,
    settles: data.settles === true,
  };
}

/** Nothing: all that stays the same in each run stands in the item. */
export function bareParts({ method, path }: Operation): RequestParts {
  return {
    method,
    template: parsePathTemplate(path),
    parameters: new Map(),
    body: undefined,
    credentials: NO_CREDENTIALS,
    given: [],
  };
}

function bodyOf(body: BodyData, contents: readonly MediaType[]): StepBody | undefined {
  switch (body.kind) {
    case 'again':
      return body;
    case 'item':
      return { kind: 'bytes', written: { contentType: undefined, bytes: new Uint8Array() } };
    case 'example': {
      const content = contents[body.media];
      const value = content?.examples[body.example]?.value;
      return content === undefined || value === undefined ? undefined : { kind: 'value', content, value };
    }
    case 'bytes': {
      const bytes = stringBytes(body.bytes);
      return bytes === undefined ? undefined : { kind: 'bytes', written: { contentType: body.type, bytes } };
    }
    case 'value':
    case 'shown': {
      const content = contents[body.media];
      if (content === undefined) return undefined;
      return body.kind === 'value'
        ? { kind: 'value', content, value: body.value }
        : { kind: 'shown', content, step: body.step };
    }
    default:
      return body satisfies never;
  }
}

function inputOf(
  { into, from, optional }: InputData,
  parameters: readonly Parameter[],
  media: MediaType | undefined,
): Input | undefined {
  const rest = { from, ...(optional === true ? { optional } : {}) };
  switch (into.kind) {
    case 'header':
      return { into, ...rest };
    case 'parameter': {
      const parameter = parameters[into.parameter];
      return parameter === undefined ? undefined : { into: { kind: 'parameter', parameter }, ...rest };
    }
    case 'body': {
      const schema = declaredAt(media?.schema, into.pointer);
      return { into: { kind: 'body', pointer: into.pointer, schema }, ...rest };
    }
    default:
      return into satisfies never;
  }
}

function walkOf(data: WalkData, parameters: readonly Parameter[]): PageWalk | undefined {
  const { parameter: number, ...walk } = data;
  if (walk.kind === 'none' || walk.kind === 'link') return walk as PageWalk;
  const parameter = number === undefined ? undefined : parameters[number];
  return parameter === undefined ? undefined : ({ ...walk, parameter } as PageWalk);
}
