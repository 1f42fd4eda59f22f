/** What is asked of answers inside Postman's sandbox. */
import type { Check, CheckOptions, FailureSeverity } from '../../contract/checks/check.ts';
import { CHECKS, DEFAULT_CHECKS } from '../../contract/checks/index.ts';
import type { StageKind } from '../../contract/stage-kind.ts';

/** What a run asks otherwise than a collection that is run by itself. */
export interface JudgeSettings {
  /** Names and severities. Default: all that are not optional. */
  readonly checks?: readonly (readonly [name: string, severity: FailureSeverity])[];
  readonly options?: CheckOptions;
  /** Whether it is noted what single items make, for the items that remove it. Default: true. */
  readonly notes?: boolean;
  /** Default: what the environment says, else `server`. */
  readonly stage?: StageKind;
}

/** The checks to ask. */
export function checksOf({ checks }: JudgeSettings): readonly Check[] {
  if (checks === undefined) return DEFAULT_CHECKS;
  const severities = new Map(checks);
  return CHECKS.flatMap(check => {
    const severity = severities.get(check.name);
    return severity === undefined ? [] : [{ ...check, severity }];
  });
}
