/**
 * Everything that can be said about a document: what reading it brings up, what the rules find and what the
 * specification's own meta-schema refuses. Knows nothing of files, formats and exit codes.
 */
import type { Contract } from '../model.ts';
import type { Problem } from '../problem.ts';
import { LINT_RULES } from './lint-rules.ts';
import { metaSchemaProblems } from './meta-schema.ts';
import { planProblems } from './plan-problems.ts';
import { surveyContract } from './survey.ts';

export interface LintOptions {
  /** Only these rules, besides what is fatal; optional rules run when they are named here. */
  readonly rules?: readonly string[];
  /** Not these rules. */
  readonly exclude?: readonly string[];
  /** Told what is being done, for somebody who waits. */
  readonly onProgress?: (step: string) => void;
}

/**
 * All problems of a contract, in the order of the document.
 *
 * @param contract - undefined when the document could not be read as one; then only `problems` are handed back
 * @param problems - what reading met
 * @example
 * ```ts
 * import { lintContract } from './contract/lint/lint.ts';
 * import { contractFromText } from './contract/read.ts';
 *
 * const { contract, problems } = contractFromText('openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { pets: {} }\n');
 * for (const { rule, message } of await lintContract(contract, problems)) console.log(rule, message);
 * ```
 */
export async function lintContract(
  contract: Contract | undefined,
  problems: readonly Problem[],
  options: LintOptions = {},
): Promise<readonly Problem[]> {
  if (contract === undefined) return [...problems];
  const progress = options.onProgress ?? (() => {});
  progress('reading every part');
  const survey = surveyContract(contract);
  const found: Problem[] = [];
  const structure = wanted('document-structure', options);
  for (const rule of LINT_RULES) {
    const asked =
      wanted(rule.name, options) && (rule.optional !== true || options.rules?.includes(rule.name) === true);
    // What the meta-schema need not repeat is known only from the rules, even from those that are not asked for.
    if (!asked && (!structure || rule.optional === true)) continue;
    progress(rule.name);
    rule.check(survey, (source, message, other = {}) => {
      found.push({
        rule: rule.name,
        severity: other.severity ?? rule.severity,
        message,
        source,
        fix: other.fix ?? rule.fix,
      });
    });
  }
  progress('planning every answer');
  const own = unique([...problems, ...contract.problems, ...found, ...planProblems(survey)]);
  if (structure && !own.some(isBrokenReference)) {
    progress('checking the structure');
    own.push(...(await metaSchemaProblems(survey, own)));
  }
  return inOrder(own.filter(problem => problem.severity === 'fatal' || wanted(problem.rule, options)));
}

function wanted(rule: string, { rules = [], exclude = [] }: LintOptions): boolean {
  return !exclude.includes(rule) && (rules.length === 0 || rules.includes(rule));
}

function isBrokenReference({ rule, severity }: Problem): boolean {
  return severity === 'fatal' && (rule.startsWith('reference-') || rule.startsWith('document-'));
}

function unique(problems: readonly Problem[]): Problem[] {
  const byKey = new Map<string, Problem>();
  for (const problem of problems) {
    const { rule, source, message } = problem;
    const key = `${rule} ${source.document.uri}#${source.pointer} ${message}`;
    if (!byKey.has(key)) byKey.set(key, problem);
  }
  return [...byKey.values()];
}

/** By document, then by place: the order in which a person goes through a file. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const documents = new Map<string, number>();
  const placed = problems.map(problem => {
    const { document, pointer } = problem.source;
    if (!documents.has(document.uri)) documents.set(document.uri, documents.size);
    const { line, column } = document.locate(pointer);
    return { problem, document: documents.get(document.uri) ?? 0, line, column };
  });
  placed.sort((a, b) => a.document - b.document || a.line - b.line || a.column - b.column);
  return placed.map(({ problem }) => problem);
}
