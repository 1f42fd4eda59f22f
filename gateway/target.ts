/** The target `gateway`: for each document the one that API Gateway imports, with mock integrations. */
import { RehearsalError } from '../contract/errors.ts';
import type { Contract } from '../contract/model.ts';
import type { Problem } from '../contract/problem.ts';
import {
  defineTarget,
  type GeneratedFile,
  type Target,
  type TargetChoices,
  type TargetInput,
  type TargetLoss,
  type TargetStage,
} from '../contract/target.ts';
import { type GatewayDocumentOptions, gatewayDocument } from './document/gateway-document.ts';
import { placeOperations } from './document/resource-paths.ts';
import type { HttpDocumentOptions } from './http-api/http-document.ts';
import { httpPart, isHttp, refuseHttp } from './http-api/http-target.ts';
import { INTEGRATION_TYPES } from './integration/integration-choice.ts';
import { limitProblems } from './lint/gateway-lint.ts';
import { resources, tooManyResources } from './lint/rules/resources.ts';
import { splitPlan } from './lint/split-plan.ts';
import { type Effect, losesValidation } from './lower/loss.ts';
import { filesOf, type MadePart, templateNotes } from './part-files.ts';
import { type ContractPart, splitByTag } from './split-contract.ts';
import { type GatewayStageSettings, stageOptions } from './stage-settings.ts';
import { TEMPLATE_FORMATS, TEMPLATE_OPTIONS } from './template/template-file.ts';

const FORMATS = ['openapi', 'swagger', ...TEMPLATE_FORMATS] as const;

export const gatewayTarget: Target = defineTarget({
  name: 'gateway',
  summary: 'the document that API Gateway imports: mock integrations, models, validators',
  folder: 'gateway/generated',
  requires: [],
  options: [
    {
      flags: '--format <name>',
      summary: 'OpenAPI 3.0, Swagger 2.0, or a template with API and stage (default: openapi)',
      choices: FORMATS,
    },
    { flags: '--yaml', summary: 'YAML instead of JSON' },
    {
      flags: '--kind <kind>',
      summary: 'a REST API, or an HTTP API, which only passes requests on (default: rest)',
      choices: ['rest', 'http'],
    },
    {
      flags: '--mock',
      summary: 'mock integrations everywhere, open to everybody, whatever the document has',
    },
    {
      flags: '--integration <type>',
      summary: 'what answers where neither the document nor the stage has something for the operation',
      choices: INTEGRATION_TYPES,
    },
    {
      flags: '--backend <address>',
      summary:
        'for --integration: what stands before paths, or a function (default: named by a stage variable)',
    },
    {
      flags: '--echo',
      summary:
        'mocks repeat path, query and header values in properties of the same name, as the mock server does',
    },
    {
      flags: '--split <by>',
      summary: 'several APIs instead of one, by the first tag of operations',
      choices: ['tag'],
    },
    { flags: '--any-size', summary: 'also what is beyond quotas, where they were raised' },
    { flags: '--no-attribution', summary: 'no headers that say which release answered' },
    { flags: '--no-cors', summary: 'no preflights, and no answers to pages of other origins' },
    ...TEMPLATE_OPTIONS,
  ],
  refuse: refuseMany,
  emit,
  losses: input => partsOf(input).flatMap(part => [...lossesOf(part), ...templateNotes(input, part)]),
});

function lossesOf({ document }: MadePart): readonly TargetLoss[] {
  return document.losses.map(one => ({
    ...one,
    effectName: EFFECT_NAMES[one.effect],
    matters: one.effect === 'missing' || losesValidation(one),
  }));
}

const EFFECT_NAMES: Readonly<Record<Effect, string>> = {
  missing: 'missing',
  unvalidated: 'not validated',
  weaker: 'validated in part',
  changed: 'changed',
  dropped: 'left out',
};

const made = new WeakMap<Contract, { readonly key: string; readonly parts: readonly MadePart[] }>();

/** The files and the list of losses come of one making. */
function partsOf(input: TargetInput): readonly MadePart[] {
  const { contract, choices = {}, stage } = input;
  const options: GatewayDocumentOptions = {
    format: choices['format'] === 'swagger' ? 'swagger' : 'openapi',
    attribution: choices['attribution'] !== false,
    cors: choices['cors'] !== false,
    mockAll: choices['mock'] === true,
    echo: choices['echo'] === true,
    functions: ['cloudformation', 'sam'].includes(String(choices['format'])) ? 'keep' : 'fill',
    ...stageOptions(stage?.provider ?? '', settingsOf(stage, choices)),
  };
  refuseOtherStages(input, options);
  const bySplit = choices['split'] === 'tag';
  const key = JSON.stringify([options, bySplit, isHttp(choices)]);
  const known = made.get(contract);
  if (known?.key === key) return known.parts;
  const whole: readonly ContractPart[] = [{ name: undefined, contract }];
  const parts = (bySplit ? splitByTag(contract) : whole).map(part => ({
    ...part,
    document: isHttp(choices)
      ? httpPart(input, part.contract, httpOptions(options))
      : gatewayDocument(part.contract, options),
  }));
  made.set(contract, { key, parts });
  return parts;
}

/** @throws RehearsalError TARGET_REQUIREMENT for stages that cannot share a document, or outputs that know no stages */
function refuseOtherStages(input: TargetInput, options: GatewayDocumentOptions): void {
  const { name, choices = {}, stage, otherStages = [] } = input;
  const refused = (reason: string, fix: string): RehearsalError =>
    new RehearsalError('TARGET_REQUIREMENT', { target: 'gateway', name, reason, fix });
  if (otherStages.length === 0) return;
  if (!TEMPLATE_FORMATS.some(format => format === choices['format'])) {
    const reason = 'a document is imported without stages, so it has no place for several';
    throw refused(reason, 'Write a template with --format cloudformation or sam, or leave --and-stages out.');
  }
  for (const other of otherStages) {
    const wanted = { ...options, ...stageOptions(other.provider, settingsOf(other, choices)) };
    if (JSON.stringify(wanted) === JSON.stringify(options)) continue;
    const reason = `the stages ${stage?.name} and ${other.name} have different back ends or authorizers, and one API has one document`;
    throw refused(reason, 'Write a template for each, or let stage variables say what differs.');
  }
}

/** An HTTP API has no mocks, so who wants nothing else wants too much. */
function httpOptions({
  mockAll = false,
  integrations,
  authorizers,
  cors,
}: GatewayDocumentOptions): HttpDocumentOptions {
  return {
    integrations: mockAll ? { all: 'mock' } : (integrations ?? {}),
    ...(authorizers === undefined ? {} : { authorizers }),
    ...(cors === undefined ? {} : { cors }),
  };
}

/** Flags stand over the configuration, but what it says of tags and operations is about less. */
function settingsOf(stage: TargetStage | undefined, choices: TargetChoices): GatewayStageSettings {
  // The configuration was held against its schema.
  const settings = (stage?.settings ?? {}) as GatewayStageSettings;
  const { backend } = choices;
  const integration = INTEGRATION_TYPES.find(name => name === choices['integration']);
  return {
    ...settings,
    ...(integration === undefined ? {} : { integration }),
    ...(typeof backend === 'string' ? { backend } : {}),
  };
}

/** Quotas that decide whether a document can be imported at all. */
const SIZES = ['apigateway-resources', 'apigateway-document-size', 'apigateway-template-size'];

/** @throws RehearsalError TARGET_REQUIREMENT for an API that the service would not import */
function refuseLarge(input: TargetInput, parts: readonly MadePart[]): void {
  for (const { name, contract, document } of parts) {
    const problem = limitProblems(contract, document).find(({ rule }) => SIZES.includes(rule));
    if (problem !== undefined) throw tooLarge(input, problem, name);
  }
}

/** Paths alone show it, so that nobody waits for a document that is refused. */
function refuseMany(input: TargetInput): void {
  const { choices = {} } = input;
  if (isHttp(choices)) {
    refuseHttp(input);
    return;
  }
  if (choices['anySize'] === true || choices['split'] !== undefined) return;
  const placed = placeOperations(input.contract.operations, () => {});
  const message = tooManyResources(placed.map(({ path }) => path));
  if (message !== undefined) throw tooLarge(input, { ...resources, rule: resources.name, message });
}

function tooLarge(
  { name, contract }: TargetInput,
  { rule, message, fix }: Pick<Problem, 'rule' | 'message' | 'fix'>,
  part?: string,
): RehearsalError {
  const plan = splitPlan(contract).map(
    ({ tag, operations, resources: count }) => `\n  ${tag}: ${operations} operations, ${count} resources`,
  );
  const splits = part === undefined && rule !== 'apigateway-template-size' && plan.length > 1;
  return new RehearsalError('TARGET_REQUIREMENT', {
    target: 'gateway',
    name: part === undefined ? name : `${name}, ${part}`,
    reason: message.replace(/\.$/, '').replace(/^./, first => first.toLowerCase()),
    fix: splits
      ? `Split it with --split tag, or take any size with --any-size. Split, it would be:${plan.join('')}`
      : `${fix} Where the quota was raised, take any size with --any-size.`,
  });
}

function emit(input: TargetInput): readonly GeneratedFile[] {
  const { choices = {} } = input;
  refuseMany(input);
  const parts = partsOf(input);
  if (choices['anySize'] !== true && !isHttp(choices)) refuseLarge(input, parts);
  return parts.flatMap(part => filesOf(input, part));
}
