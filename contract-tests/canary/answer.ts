/** One attributed answer, as the statistics see it: which side gave it, and what was wrong with it. Types only. */

/** Which deployment of a stage answered. What is `unknown` decides nothing. */
export type Side = KnownSide | 'unknown';
export type KnownSide = 'baseline' | 'canary';

/**
 * - `cases`: sent by us one by one and held against the document
 * - `sequences`: a step of a sequence; who is to blame for what fails there is found out by trials alone
 * - `traffic`: what access logs or counters say of others
 */
export type AnswerSource = 'cases' | 'sequences' | 'traffic';

export interface Answer {
  readonly source: AnswerSource;
  readonly side: Side;
  /** `GET /pets`; undefined for traffic that belongs to no operation of the documents. */
  readonly operation: string | undefined;
  /** The id of the case; undefined for traffic. */
  readonly case?: string;
  /** It broke the contract, or was refused where it must not be; of traffic, a 5xx. */
  readonly failed: boolean;
  /** The answer was held against the document. Refusals of credentials and 429 are not; they count as failed. */
  readonly judged: boolean;
  /** From the first byte sent to the last received; undefined when nobody measured it. */
  readonly ms: number | undefined;
}

/** Answers that are known only by their number, as CloudWatch counts them. */
export interface AnswerCounts {
  readonly side: KnownSide;
  readonly operation: string | undefined;
  readonly answers: number;
  readonly failed: number;
}
