/** What reports say of coverage, as plain data, and its one line for people. */
export interface Ratio {
  readonly seen: number;
  readonly of: number;
}

export interface CoverageRecord {
  /** Operations that answered. Those that were not selected count as never seen. */
  readonly operations: Ratio;
  /** Documented statuses that came back. */
  readonly statuses: Ratio;
  /** Documented media types of answers that came back. */
  readonly mediaTypes: Ratio;
  /** Examples of answers that came back as they are. */
  readonly examples: Ratio;
  /** Keywords of request schemas that a request has broken. */
  readonly constraints: Ratio;
  readonly byOperation: readonly OperationCoverage[];
}

export interface OperationCoverage {
  readonly document: string;
  readonly operation: string;
  /** Cases that were answered. */
  readonly cases: number;
  readonly responses: readonly ResponseCoverage[];
  readonly examples: Ratio;
  readonly constraints: ConstraintCoverage;
}

export interface ResponseCoverage {
  /** As documented, `4XX` and `default` among them, or as it came. */
  readonly status: string;
  readonly documented: boolean;
  readonly cases: number;
  readonly mediaTypes: readonly {
    readonly mediaType: string;
    readonly documented: boolean;
    readonly cases: number;
  }[];
}

export interface ConstraintCoverage extends Ratio {
  /** Those that a positive case was made for, such as one at the limit. */
  readonly met: number;
  /** The first of those that no request has broken. */
  readonly never: readonly {
    readonly keyword: string;
    readonly document: string;
    readonly pointer: string;
  }[];
}

const PARTS = ['operations', 'statuses', 'mediaTypes', 'examples', 'constraints'] as const;
export type CoveragePart = (typeof PARTS)[number];

export const COVERAGE_PARTS: readonly CoveragePart[] = PARTS;

/** What the parts are called. */
export const COVERAGE_WORDS: Readonly<Record<CoveragePart, string>> = {
  operations: 'operations',
  statuses: 'statuses',
  mediaTypes: 'media types',
  examples: 'examples',
  constraints: 'constraints',
};

/** `5/5 operations, 9/12 statuses`; parts of which the documents have none are left out. */
export function coverageLine(coverage: CoverageRecord): string {
  return COVERAGE_PARTS.filter(part => coverage[part].of > 0)
    .map(part => `${coverage[part].seen}/${coverage[part].of} ${COVERAGE_WORDS[part]}`)
    .join(', ');
}

/** What of an operation was never seen, in words. */
export function neverSeen({ cases, responses, constraints }: OperationCoverage): readonly string[] {
  if (cases === 0) return ['no answer at all'];
  const found: string[] = [];
  for (const { status, documented, cases: count, mediaTypes } of responses) {
    if (!documented) continue;
    if (count === 0) found.push(`status ${status}`);
    else
      for (const type of mediaTypes)
        if (type.documented && type.cases === 0) found.push(`${type.mediaType} with status ${status}`);
  }
  const missed = constraints.of - constraints.seen;
  if (missed > 0) found.push(`${missed} of ${constraints.of} constraints`);
  return found;
}
