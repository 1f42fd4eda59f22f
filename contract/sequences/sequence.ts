/**
 * What a sequence is: requests in an order, where later ones take values from earlier answers. Types only. A step says
 * in data what it takes from where, and not in code, so that the runner and a Postman collection follow the same plan.
 */

import type { Claim, ListShape } from '../claim.ts';
import type { Json } from '../json/value.ts';
import type { MediaType, Operation, Parameter, Schema } from '../model.ts';
import type { BrokenPart, Expectation } from '../plan/cases/case.ts';
import type { RequestParts, WrittenBody } from '../plan/cases/request-parts.ts';
import type { Source } from '../source.ts';

export interface Sequence {
  /** `/pets created`: unique in a contract, the same as long as the document means the same. */
  readonly id: string;
  /** For people: `/pets: what is created can be read`. */
  readonly name: string;
  /** Sequences of one group share what is known about the server's memory, and run one after another. */
  readonly group: string;
  /** It sends more than safe methods. */
  readonly writes: boolean;
  /** It counts things, so nothing else may be made or removed meanwhile. */
  readonly alone: boolean;
  /** What it claims holds only of a server that keeps what it is told. */
  readonly remembers: boolean;
  /** It shows whether the server keeps what it is told, for all sequences of its group. */
  readonly probes: Probe | undefined;
  readonly steps: readonly Step[];
  /** Sent last, in this order, whatever became of the steps. */
  readonly cleanUp: readonly Step[];
  /** Steps that could not be planned. */
  readonly without?: readonly Unplanned[];
}

/** Which steps show whether a server has a memory. */
export interface Probe {
  /** Asks for something that nobody made. */
  readonly unknown: number | undefined;
  /** Reads what there is before it is changed, where it is always there. */
  readonly before?: number;
  /** Undefined where nothing is made. */
  readonly made: number | undefined;
  /** Reads what was made. */
  readonly read: number | undefined;
}

export interface Step {
  /** The number by which claims and other steps name it. */
  readonly index: number;
  /** For people: `create`, `read what was created`. */
  readonly name: string;
  readonly operation: Operation;
  /** Where the document says so. */
  readonly why: Source;
  /** What goes on the wire before anything is put in. */
  readonly parts: RequestParts;
  /** Bodies in the order in which they are tried; the next one when the server refuses one. Empty: as in `parts`. */
  readonly bodies: readonly StepBody[];
  readonly inputs: readonly Input[];
  /** Steps that must have come to pass first. */
  readonly needs: readonly Need[];
  readonly expectation: Expectation;
  /** Which part it gets wrong on purpose. Default: what is refused has a wrong body. */
  readonly breaks?: BrokenPart;
  readonly claims: readonly Claim[];
  /** Where the ids stand of the things that `lists` and `unlisted` are about. */
  readonly about: readonly (readonly ValueSource[])[];
  /** Asks again for each further page. */
  readonly walk: PageWalk | undefined;
  /** Makes something that stays until it is removed. */
  readonly makes: boolean;
  /** Left out without a word where the value it asks with is not there. */
  readonly optional: boolean;
  /** Only worth asking again while a claim fails: a server may need a moment to show what it was told. */
  readonly settles: boolean;
}

/** How a next page is asked for. */
export type Walk =
  | { readonly kind: 'none' }
  | { readonly kind: 'page'; readonly parameter: Parameter; readonly first: number }
  | { readonly kind: 'offset'; readonly parameter: Parameter }
  /** With the token that the page before gave. */
  | { readonly kind: 'token'; readonly parameter: Parameter; readonly pointer: string }
  /** At the address that the page before gave in Link. */
  | { readonly kind: 'link' };

export type PageWalk = Walk & {
  readonly shape: ListShape;
  /** Items asked for on a page. */
  readonly size: number | undefined;
  /** The document says how long a page may be. */
  readonly firm: boolean;
  /** Pages after which it ends, whatever else there is. */
  readonly most: number;
};

/** A body as a value, into which inputs may go, or as bytes. */
export type StepBody =
  | { readonly kind: 'value'; readonly content: MediaType; readonly value: Json }
  | { readonly kind: 'bytes'; readonly written: WrittenBody }
  /** What the answer to step `step` shows, as far as it may be sent. */
  | { readonly kind: 'shown'; readonly content: MediaType; readonly step: number }
  /** What step `step` sent. */
  | { readonly kind: 'again'; readonly step: number };

export interface Need {
  readonly step: number;
  /** `accepted`: the server did it. `refused`: it said no with a 4xx. `not-accepted`: whatever else. */
  readonly outcome: 'accepted' | 'refused' | 'not-accepted';
}

/** A value of an earlier exchange, and where it goes. */
export interface Input {
  readonly into: Slot;
  /** The first of these that yields a value is taken. */
  readonly from: readonly ValueSource[];
  /** Without a value the request goes as it is; otherwise it is not made. */
  readonly optional?: boolean;
}

export type Slot =
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'body'; readonly pointer: string; readonly schema: Schema | undefined };

/** Where a value stands, in the words of OpenAPI's runtime expressions, and Location taken apart by a path template. */
export type ValueSource =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'response-body'; readonly step: number; readonly pointer: string }
  | { readonly kind: 'response-header'; readonly step: number; readonly name: string }
  /** The variable `name` of the path template `path`, read from the address in Location. */
  | { readonly kind: 'location'; readonly step: number; readonly path: string; readonly name: string }
  | { readonly kind: 'request-body'; readonly step: number; readonly pointer: string }
  | { readonly kind: 'request-path'; readonly step: number; readonly name: string }
  | { readonly kind: 'request-query'; readonly step: number; readonly name: string }
  | { readonly kind: 'request-header'; readonly step: number; readonly name: string }
  /** The whole address that was asked, its method, and the status of the answer. */
  | { readonly kind: 'url' | 'method' | 'status-code'; readonly step: number }
  /** A text with values in it. */
  | { readonly kind: 'text'; readonly parts: readonly ValueSource[] };

/** A sequence, or part of one, that could not be planned, and why. */
export interface Unplanned {
  readonly reason: 'no-sample' | 'value-missing' | 'would-write' | 'stateless' | 'left-out';
  readonly what: string;
}
