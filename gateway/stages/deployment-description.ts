/**
 * What deploy writes into the description of a deployment, so that anybody can tell which document is on a stage, and the
 * next deploy whether there is anything to do: `rehearsal petstore sha256:0123456789ab git:1a2b3c4`.
 */

export interface DescribedRelease {
  readonly document: string;
  /** The first twelve digits of the definition's SHA-256. */
  readonly hash: string;
  readonly commit: string | undefined;
}

const DESCRIPTION = /^rehearsal (.+) sha256:([0-9a-f]{12})(?: git:([0-9a-f]{7,40}))?$/;

export function describeRelease({ document, hash, commit }: DescribedRelease): string {
  return `rehearsal ${document} sha256:${hash}${commit === undefined ? '' : ` git:${commit}`}`;
}

/** Undefined for a deployment that somebody else made. */
export function describedRelease(description: string | undefined): DescribedRelease | undefined {
  const [, document, hash, commit] = DESCRIPTION.exec(description ?? '') ?? [];
  return document === undefined || hash === undefined ? undefined : { document, hash, commit };
}
