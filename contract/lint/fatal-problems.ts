/**
 * What keeps a contract from being used as a whole, for who is about to use all of it. Reads every node, and leaves to
 * `lint` whatever is merely wrong.
 */
import type { Contract } from '../model.ts';
import type { Problem } from '../problem.ts';
import { patternInvalid } from './rules/pattern-invalid.ts';
import { surveyContract } from './survey.ts';

/**
 * All fatal problems of a contract: references that lead nowhere or where they may not, patterns that are none.
 *
 * @example
 * ```ts
 * import { fatalProblems } from './contract/lint/fatal-problems.ts';
 * import { contractFromText } from './contract/read.ts';
 *
 * const { contract } = contractFromText("openapi: 3.1.1\npaths: { /pets: { $ref: '#/nowhere' } }\n");
 * if (contract !== undefined) console.log(fatalProblems(contract).length); // 1
 * ```
 */
export function fatalProblems(contract: Contract): readonly Problem[] {
  const survey = surveyContract(contract);
  const found: Problem[] = [];
  const { name: rule, severity, fix } = patternInvalid;
  patternInvalid.check(survey, (source, message) => {
    found.push({ rule, severity, message, source, fix });
  });
  return [...contract.problems.filter(problem => problem.severity === 'fatal'), ...found];
}
