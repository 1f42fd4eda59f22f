/** What a case is: one request worth sending, why, and what must come back. Types only. */

import type { SequencePlace } from '../../claim.ts';
import type { Operation } from '../../model.ts';
import type { Source } from '../../source.ts';

export interface Case {
  /** `GET /pets/{id} negative query-limit-maximum`: unique in a contract, the same as long as the document means the same. */
  readonly id: string;
  readonly operation: Operation;
  /** Positive: the document allows the request. Negative: it breaks exactly one rule. */
  readonly intent: 'positive' | 'negative';
  /** Which part of the request a negative case gets wrong; undefined for a positive one. */
  readonly breaks: BrokenPart | undefined;
  /** What is special about it, for people: `all fields`, `query parameter "limit": above the maximum`. */
  readonly name: string;
  /** Where the document says so: the example, the violated keyword, the parameter that is missing. */
  readonly why: Source;
  readonly request: CaseRequest;
  readonly expectation: Expectation;
  /** Of a case that is a step of a sequence: where it stands there, and what its answer must show. */
  readonly step?: SequencePlace;
}

/** A request as it goes on the wire, below whatever base address it is sent to. */
export interface CaseRequest {
  readonly method: string;
  /** Percent-encoded, beginning with a slash, without the base path. */
  readonly path: string;
  /** Without the question mark; empty for none. */
  readonly query: string;
  /** Without Content-Type, Host and Content-Length. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly contentType: string | undefined;
  readonly body: Uint8Array | undefined;
}

/**
 * - `accepted`: the request is valid, so it must not be refused as invalid
 * - `refused`: a 4xx; anything else means that the broken rule is not enforced
 * - `unauthenticated`: 401 or 403, for nobody said who is asking
 * - `any`: nothing about the status, because the document documents no success, or because HTTP leaves the answer to
 *   the server; only that it does not fail
 */
export type Expectation = 'accepted' | 'refused' | 'unauthenticated' | 'any';

/**
 * The part of a request that breaks a rule. `accept` asks for a media type that the operation does not offer, `method`
 * uses one that the path does not have.
 */
export type BrokenPart = 'parameter' | 'body' | 'content-type' | 'accept' | 'method' | 'credentials';

/** Why a case that might have been was not made. A closed list, so that reports can count by it. */
export type SkipReason =
  /** No value is known for something that every request of the operation needs. */
  | 'no-sample'
  /** The body's media type is not one that can be written. */
  | 'unsupported-body'
  /** A constraint that no value was found to break, such as a limit too large to cross or a format nobody asserts. */
  | 'no-violation'
  /** A boundary on which no value was found, such as a text too long to be sent. */
  | 'no-boundary'
  /** Written down, the value is no longer wrong: `null` in a query is a valid text. */
  | 'valid-on-the-wire'
  /** The value cannot be written where it belongs, such as a line break in a header. */
  | 'not-writable'
  /** An example breaks the document's own rules, as `rehearsal lint` says. */
  | 'example-invalid'
  /** An example that is not in the document, such as one behind a URL. */
  | 'example-elsewhere'
  /** A request made to be valid is not, once it is written down and read back. */
  | 'sample-invalid'
  /** Nobody can say beforehand what the right answer is, such as to an Accept that only one of several statuses can meet. */
  | 'open'
  /** A method that may change something, where only safe ones are to be sent. */
  | 'unsafe'
  /** The path would be another operation's, or none. */
  | 'other-route'
  /** The operation asks for credentials that no request can carry by itself, such as a client certificate. */
  | 'credentials-unsupported'
  /** Nobody gave a credential that lacks the scopes, and is valid otherwise. */
  | 'no-lesser-credential'
  /** A method that is not sent, such as CONNECT. */
  | 'method'
  /** More than `maxCases`, or more violations of one schema than are tried. */
  | 'limit'
  /** The runner that was chosen cannot send it, as newman bytes that are no text. */
  | 'not-sendable'
  /** Of a sequence: a step it builds on was refused or not answered. */
  | 'step-failed'
  /** Of a sequence: the server only promised to do what an earlier step asked for (202). */
  | 'asynchronous'
  /** Of a sequence: no earlier answer holds the value that goes into the request, such as the id of what was made. */
  | 'value-missing'
  /** Of a sequence: the server forgets what it is told, as a mock does. */
  | 'stateless'
  /** Of a sequence: it would change something where only safe methods are sent. */
  | 'would-write'
  /** Of a sequence: the document or the configuration says to leave the operation out of sequences. */
  | 'left-out';

export interface Skipped {
  readonly reason: SkipReason;
  readonly count: number;
  /** The first few, in words. */
  readonly examples: readonly string[];
}
