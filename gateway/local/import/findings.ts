/**
 * What an import finds wrong. Errors end it, warnings are told with the result; both are collected first, so that one
 * answer names them all, as AWS's does.
 */
import { badRequest } from '../control/aws-error.ts';

export interface Findings {
  readonly errors: string[];
  readonly warnings: string[];
}

export function noFindings(): Findings {
  return { errors: [], warnings: [] };
}

/**
 * Ends the import when there is an error, or a warning that was not to be let pass.
 *
 * @throws AwsError BadRequestException, whose message lists everything found (reference 6.5)
 */
export function endOnFindings({ errors, warnings }: Findings, failOnWarnings: boolean): void {
  if (errors.length > 0) {
    const also = warnings.length > 0 ? `\nAdditionally, these warnings were found:${listed(warnings)}` : '';
    throw badRequest(`Errors found during import:${listed(errors)}${also}`);
  }
  if (failOnWarnings && warnings.length > 0) {
    throw badRequest(`Warnings found during import:${listed(warnings)}`);
  }
}

/** A definition of a few megabytes can be wrong in as many places as it has letters. */
const MOST = 1000;

function listed(lines: readonly string[]): string {
  const shown = lines.slice(0, MOST).map(line => `\n\t${line}`);
  return shown.join('') + (lines.length > MOST ? `\n\t… and ${lines.length - MOST} more` : '');
}
