/** What whoever asks for cases may choose: how many, which variety, and what is sent along with each. */

/** The methods that change nothing (RFC 9110, 9.2.1), but for TRACE, which is not about a resource. */
export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * - `examples`: the document's examples, or one plain request where it has none
 * - `standard`: also required fields only, all fields, one violation of each constraint, missing and wrong credentials,
 *   wrong content types, malformed bodies, each documented media type of the answer, methods that are not documented, a
 *   value at each boundary that the document declares, optional parts in pairs, and all free texts at once unusual, which
 *   a server may refuse and must survive
 * - `deep`: also further samples, violations beyond the first hundred of a schema and boundaries beyond the first
 *   sixty, and what is allowed only because nothing forbids it: empty and long texts, texts of any script, integers
 *   beyond 2^53. Servers with limits on bodies that they do not document fail here, and rightly so; limits on parameters are left to them
 */
export type Depth = 'examples' | 'standard' | 'deep';

/** Every depth, the least first. */
export const DEPTHS: readonly Depth[] = ['examples', 'standard', 'deep'];

/** A credential that may do less than others. */
export interface LesserCredential {
  readonly secret: string;
  /** The scopes that it does have. */
  readonly scopes: readonly string[];
}

export interface CasePlanOptions {
  /** Default: `standard`. */
  readonly depth?: Depth;
  /** Varies the samples. Default: 0, the plainest ones and the examples. */
  readonly seed?: number;
  /** Cases of one operation. Default: no limit. */
  readonly maxCases?: number;
  /** Only requests that change nothing: GET, HEAD and OPTIONS. Default: false. */
  readonly safe?: boolean;
  /**
   * Secrets by the name of their security scheme, or by `scopedName` where a scheme has some for certain scopes only.
   * Without one, a placeholder of the right form is sent. Any text for a scheme of kind mutualTLS says that the
   * transport shows a certificate.
   */
  readonly credentials?: ReadonlyMap<string, string>;
  /** Secrets by scheme that are valid and lack scopes that operations ask for: those operations must refuse them. */
  readonly lesserCredentials?: ReadonlyMap<string, LesserCredential>;
  /** Sent with every case, in the place of headers of the same name. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
}
