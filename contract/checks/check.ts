/** What a check is: one question put to an exchange, with everything people need to know about it. Types only. */

import type { Claim } from '../claim.ts';
import type { Exchange, FramingFault } from '../exchange.ts';
import type { Source } from '../source.ts';

export interface Check {
  /** Kebab-case; stands in reports, in `--check` and in the documentation, so it never changes. */
  readonly name: string;
  /** What holds when the answer is good, one line. */
  readonly title: string;
  readonly severity: FailureSeverity;
  /** Asked only when a person wants it: by its name, by a severity, by an option of its own. */
  readonly optional?: true;
  /** What it is about, for the kinds of stages that cannot do everything. Default: what HTTP asks of any server. */
  readonly asks?: Asked;
  /** Which exchanges it looks at, in words. */
  readonly appliesTo: string;
  /** One paragraph for the documentation: what it finds, and what it leaves alone. */
  readonly description: string;
  /** The section that obliges a server to it. */
  readonly specification: string;
  readonly samples: { readonly passing: Sample; readonly failing: Sample };
  /** All that is wrong; nothing when the question does not arise. Pure, and never throws. */
  readonly check: (exchange: Exchange, options?: CheckOptions) => readonly Finding[];
}

/**
 * - `refusal`: whether a wrong request is refused
 * - `answer`: whether the answer is the one that the document describes
 * - `connection`: whether there is an answer at all
 */
export type Asked = 'refusal' | 'answer' | 'connection';

/** What whoever runs the checks may choose. */
export interface CheckOptions {
  /** Milliseconds that an answer may take where the document names no budget. Default: as long as it likes. */
  readonly maxResponseMs?: number;
}

/** `error` breaks the contract; `warning` is told and changes no verdict. */
export type FailureSeverity = 'error' | 'warning';

/** One thing that is wrong with an answer. */
export interface Finding {
  /** What came: `status 418`. */
  readonly received: string;
  /** What the document promises: `200, 404`. */
  readonly documented: string;
  /** Where it does. */
  readonly source: Source;
  /** Where in the response body, as a JSON pointer, when it is there. */
  readonly instance?: string;
}

/** A finding, with the check that made it. */
export interface Failure extends Finding {
  readonly check: string;
  readonly severity: FailureSeverity;
}

/** An exchange as the documentation shows it. It is built into a real one by the check's test. */
export interface Sample {
  /** The members of one operation, in YAML: `responses` at least. */
  readonly operation: string;
  /** Its method, where the request is sent with another. */
  readonly method?: string;
  /** Default: `GET /pets`. */
  readonly request?: string;
  /** Default: `accepted`. */
  readonly expectation?: Exchange['case']['expectation'];
  /** Of a negative case: which part of the request is wrong. */
  readonly breaks?: Exchange['case']['breaks'];
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly requestBody?: string;
  readonly status: number;
  /** Those of one name stand in a list. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly framing?: FramingFault;
  /** Nothing came; the status is 0. */
  readonly dropped?: string;
  /** How long the answer took. Default: 1. */
  readonly ms?: number;
  readonly options?: CheckOptions;
  /** Of a sequence: the exchanges before, from step 0 on. */
  readonly earlier?: readonly EarlierSample[];
  /** Of a sequence: what this answer must show. */
  readonly claims?: readonly Claim[];
  /** Of a sequence: its number. Default: as many as stand before it. */
  readonly step?: number;
}

export type EarlierSample = Omit<Sample, 'earlier' | 'claims'>;
