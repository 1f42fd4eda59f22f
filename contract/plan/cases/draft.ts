/** What the makers of cases hand over: a case before it is proved, or the word that one could not be made. Types only. */
import type { MediaType, Operation, Parameter } from '../../model.ts';
import type { Source } from '../../source.ts';
import type { BrokenPart, Expectation, SkipReason } from './case.ts';
import type { Depth, LesserCredential } from './options.ts';
import type { RequestParts, WrittenBody, WrittenParameter } from './request-parts.ts';

export type Step = Draft | Skip;

export interface Draft {
  readonly kind: 'draft';
  readonly intent: 'positive' | 'negative';
  readonly expectation: Expectation;
  /** Of a negative one: which part of the request is wrong. */
  readonly breaks?: BrokenPart;
  /** For people. */
  readonly name: string;
  /** What the id is made of; the name where there is none. */
  readonly words?: string;
  readonly why: Source;
  readonly parts: RequestParts;
  /** A positive case that is not valid after all is the document's fault when it is made of examples. */
  readonly fromExample: boolean;
  /** The document itself pairs the example with a failure, by a response example of the same name. */
  readonly mayFail?: boolean;
  /** What goes on the wire says exactly what was found to be wrong, as JSON does, so reading it back proves nothing more. */
  readonly certain?: boolean;
}

export interface Skip {
  readonly kind: 'skip';
  readonly reason: SkipReason;
  /** What there is no case for, without the operation. */
  readonly what: string;
}

/** What all cases of an operation start from. */
export interface Basis {
  readonly operation: Operation;
  readonly depth: Depth;
  readonly seed: number;
  /** Nothing may change. */
  readonly safe: boolean;
  /** Secrets by scheme, and those that allow too little. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly lesser: ReadonlyMap<string, LesserCredential>;
  /** Everything that an ordinary request needs, with the first body when one is required. */
  readonly least: RequestParts;
  /** Everything that may be sent, without a body. */
  readonly most: RequestParts;
  /** The valid value of each parameter that has one. */
  readonly values: ReadonlyMap<Parameter, WrittenParameter>;
  readonly bodies: readonly UsableBody[];
}

/** A media type of the request body that can be written. */
export interface UsableBody {
  readonly content: MediaType;
  readonly least: WrittenBody;
}
