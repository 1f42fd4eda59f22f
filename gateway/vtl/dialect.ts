/**
 * The two ways in which templates are rendered, and every rule in which they differ. Rules that are not named here are
 * the same in both, and are those of Apache Velocity 1.7, recorded in `fixtures/`.
 */

/** Where a rule was learnt: recorded on AWS, from AWS's documents, or from Apache Velocity 1.7. */
export type Evidence = 'measured on AWS' | 'AWS docs' | 'Java 1.7' | 'decided here';

export interface Dialect {
  /** True when a reference without a value prints nothing; otherwise it prints itself. */
  readonly quiet: boolean;
  /** True when null equals the empty text. */
  readonly nullIsEmpty: boolean;
}

/** What API Gateway does otherwise, one line a rule, as `docs/reference/mapping-templates.md` shows it. */
export const DIFFERENCES: readonly {
  readonly rule: string;
  readonly velocity: string;
  readonly apiGateway: string;
  readonly evidence: Evidence;
}[] = [
  {
    rule: 'A reference without a value',
    velocity: 'prints itself: `$none`',
    apiGateway: 'prints nothing',
    evidence: 'measured on AWS',
  },
  {
    rule: '`$none == ""`',
    velocity: 'false',
    apiGateway: 'true, and `$none == $null` too',
    evidence: 'measured on AWS',
  },
  {
    rule: 'An array of a JSON payload',
    velocity: 'has no such thing',
    apiGateway: 'prints as compact JSON, within other values too',
    evidence: 'measured on AWS',
  },
  {
    rule: 'Turns of one `#foreach`',
    velocity: 'without limit',
    apiGateway: '1,000',
    evidence: 'AWS docs',
  },
];

/** Apache Velocity 1.7 as it comes out of the box. */
export const VELOCITY: Dialect = { quiet: false, nullIsEmpty: false };

/** Mapping templates of API Gateway. */
export const API_GATEWAY: Dialect = { quiet: true, nullIsEmpty: true };
