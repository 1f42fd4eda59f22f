/** `rehearsal lint`: everything that is wrong with documents, each with its place and how to mend it. */
import { type Command, Option } from 'commander';
import { RehearsalError } from '../../contract/errors.ts';
import { type LintOptions, lintContract } from '../../contract/lint/lint.ts';
import { PROBLEM_RULES } from '../../contract/lint/problem-rules.ts';
import { type LoadedContract, unreadableDocument } from '../../contract/load/load-contracts.ts';
import type { Problem } from '../../contract/problem.ts';
import { HTTP_RULES, lintForHttpApi } from '../../gateway/http-api/http-rules.ts';
import { lintForGateway } from '../../gateway/lint/gateway-lint.ts';
import { GATEWAY_RULES } from '../../gateway/lint/gateway-rules.ts';
import {
  type CommandContext,
  type CommandModule,
  listOption,
  type OptionValues,
  takesColour,
  textOption,
} from '../command.ts';
import { FORMATS, type Format, printProblems } from '../problems/print-problems.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';

export const lintCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .addOption(
      new Option('--format <name>', `how problems are printed: ${FORMATS.join(', ')} (default: text)`)
        .choices([...FORMATS])
        .default('text'),
    )
    .option(
      '--max-problems <number>',
      'text: how many are shown, the gravest first; 0 shows all (default: 100)',
      '100',
    )
    .addOption(
      new Option(
        '--fail-on <severity>',
        'the least severity that makes the exit code 1: error, warning (default: error)',
      )
        .choices(['error', 'warning'])
        .default('error'),
    )
    .addOption(
      new Option(
        '--for <service>',
        'also what this service would refuse of the document, or lose: apigateway, apigateway-http',
      ).choices(['apigateway', 'apigateway-http']),
    )
    .option('--rule <name...>', 'only these rules; rules of taste run when they are named')
    .option('--exclude <name...>', 'not these rules')
    .addHelpText(
      'after',
      `
Exit code: 0 nothing worse than a warning, 1 errors, 2 a document that cannot be used at all.
Rules: docs/reference/problems.md, docs/reference/apigateway.md, docs/reference/http-apis.md

Examples:
  $ rehearsal lint specs/petstore.yaml
  $ rehearsal lint specs --format github --fail-on warning
  $ rehearsal lint --rule component-unused tag-undeclared
  $ rehearsal lint specs/petstore.yaml --for apigateway
  $ generate-document | rehearsal lint -`,
    );
  defineSpecOptions(command);
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const format = (textOption(options, 'format') ?? 'text') as Format;
  const maxProblems = wholeNumber(textOption(options, 'maxProblems') ?? '100');
  const rules = known(listOption(options, 'rule'));
  const exclude = known(listOption(options, 'exclude'));
  const { loaded, refusals } = await readAll(args, options, context);
  const problems: Problem[] = [...refusals];
  for (const document of loaded) {
    const onProgress = progressLine(document.name, context);
    const lint: LintOptions = { rules, exclude, onProgress };
    problems.push(...(await lintContract(document.contract, document.problems, lint)));
    if (options['for'] !== undefined && document.contract !== undefined) {
      onProgress('making the document for API Gateway');
      const found = (options['for'] === 'apigateway' ? lintForGateway : lintForHttpApi)(document.contract);
      problems.push(...found.filter(({ rule }) => isWanted(rule, rules, exclude)));
    }
    onProgress('');
  }
  const told = onlyOnce(problems);
  const documents = [
    ...refusals.map(({ source }) => source.document.name),
    ...loaded.map(({ name }) => name),
  ];
  const colour = takesColour(context.stdout, context.env);
  context.stdout.write(
    printProblems(told, { format, maxProblems, colour, documents: [...new Set(documents)] }),
  );
  return exitCode(told, textOption(options, 'failOn') ?? 'error');
}

function exitCode(problems: readonly Problem[], failOn: string): number {
  const has = (severity: Problem['severity']): boolean =>
    problems.some(problem => problem.severity === severity);
  if (has('fatal')) return 2;
  return has('error') || (failOn === 'warning' && has('warning')) ? 1 : 0;
}

/** Documents may share parts, and what is wrong there is wrong once. */
function onlyOnce(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ rule, source, message }) => {
    const key = `${rule} ${source.document.uri}#${source.pointer} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Every document that can be read. One that cannot does not hide what is wrong with the others. */
async function readAll(
  args: readonly string[],
  options: OptionValues,
  context: CommandContext,
): Promise<{ readonly loaded: readonly LoadedContract[]; readonly refusals: readonly Problem[] }> {
  const loaded = new Map<string, LoadedContract>();
  const refusals: Problem[] = [];
  for (const list of args.length === 0 ? [[]] : args.map(arg => [arg])) {
    try {
      for (const document of await readSpecs(list, options, context, 'lint')) {
        const key = document.files[0] ?? document.name;
        if (!loaded.has(key)) loaded.set(key, document);
      }
    } catch (error) {
      const refusal = error instanceof RehearsalError ? refusalProblem(error) : undefined;
      if (refusal === undefined) throw error;
      refusals.push(refusal);
    }
  }
  return { loaded: [...loaded.values()], refusals };
}

/** What a named document is refused for; undefined for misuse. */
function refusalProblem(error: RehearsalError): Problem | undefined {
  const { path } = error.details;
  if (path === undefined) return undefined;
  const problem = unreadableDocument(path, error);
  switch (error.code) {
    case 'DOCUMENT_NOT_FOUND':
    case 'DOCUMENT_NO_MATCH':
    case 'DOCUMENT_EMPTY_FOLDER':
      return { ...problem, rule: 'document-not-found' };
    case 'DOCUMENT_REMOTE':
      return { ...problem, rule: 'reference-remote' };
    default:
      return problem;
  }
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RehearsalError('USAGE', {
    reason: `--max-problems takes a whole number, not ${JSON.stringify(text)}.`,
    command: 'lint',
  });
}

function isWanted(rule: string, rules: readonly string[], exclude: readonly string[]): boolean {
  return !exclude.includes(rule) && (rules.length === 0 || rules.includes(rule));
}

function known(names: readonly string[]): readonly string[] {
  const rules = [...PROBLEM_RULES, ...GATEWAY_RULES, ...HTTP_RULES];
  const unknown = names.find(name => !rules.some(rule => rule.name === name));
  if (unknown === undefined) return names;
  throw new RehearsalError('USAGE', {
    reason: `There is no rule ${JSON.stringify(unknown)}; docs/reference/problems.md, docs/reference/apigateway.md and docs/reference/http-apis.md list them.`,
    command: 'lint',
  });
}

/** One line that is written over and over, on a terminal only. */
function progressLine(name: string, { stderr }: CommandContext): (step: string) => void {
  return step => {
    if (stderr.isTTY)
      stderr.write(`\r\u001b[K${step === '' ? '' : `${name}: ${step} …`.slice(0, stderr.columns - 1)}`);
  };
}
