/**
 * The two ways in which templates are rendered, and every rule in which they differ. All other rules are those of
 * Apache Velocity 1.7, recorded in `test/velocity/`; `docs/reference/mapping-templates.md` has them side by side.
 */

export interface Dialect {
  /** True when a reference without a value prints nothing; otherwise it prints itself. Measured on AWS. */
  readonly quiet: boolean;
  /** True when null equals the empty text. Measured on AWS. */
  readonly nullIsEmpty: boolean;
}

/** Apache Velocity 1.7 as it comes out of the box. */
export const VELOCITY: Dialect = { quiet: false, nullIsEmpty: false };

/** Mapping templates of API Gateway. */
export const API_GATEWAY: Dialect = { quiet: true, nullIsEmpty: true };
