/** `rehearsal deploy`: puts documents on a stage of API Gateway, or on its canary, after it has said what will change. */
import type { Command } from 'commander';
import { RehearsalError } from '../../contract/errors.ts';
import { exitCodeOf } from '../../contract-tests/verdict.ts';
import { type Applied, applyDeployment } from '../../gateway/stages/apply-deployment.ts';
import { controlClock } from '../../gateway/stages/canary/control-clock.ts';
import { withAllMissing } from '../../gateway/stages/missing-actions.ts';
import { type DeployStep, planDeployment } from '../../gateway/stages/plan-deployment.ts';
import { withLock } from '../canary/stage-lock.ts';
import {
  type CommandContext,
  type CommandModule,
  listOption,
  type NamedContract,
  numberOption,
  type OptionValues,
  takesColour,
} from '../command.ts';
import { comparedWithStage, saveSource } from '../deploy/deployed-source.ts';
import { refuseForeignApi } from '../deploy/foreign-api.ts';
import { countOf, type PlannedDocument, printPlan } from '../deploy/print-plan.ts';
import { smokeStage } from '../deploy/smoke.ts';
import { type ReleaseChoices, requireKnownNames, wantedRelease } from '../deploy/wanted-release.ts';
import { documentName } from '../document-name.ts';
import { apiOf, type OpenPlane, openPlane } from '../gateway-stage.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { usage } from '../select-cases.ts';
import { rememberEvent } from '../stage-history.ts';
import { readTargetStage } from '../target-stage.ts';
import { wholeContracts } from '../whole-contracts.ts';

export const deployCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('--spec <document...>', 'the documents to deploy (default: all of the configuration)')
    .option(
      '--canary <percent>',
      'to a canary, which gets so much of the traffic; the rest stays where it is (0 to 100)',
    )
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--allow-breaking', 'also what breaks clients of the release that is there')
    .option('--force', 'also onto a REST API that belongs to another document')
    .option('--redeploy', 'make a new deployment also of a release that is there')
    .option('--take-over', 'also a stage that somebody else is at work on')
    .option('--no-lock', 'neither ask nor say who is at work on the stage')
    .option('--no-smoke', 'send no cases afterwards')
    .addHelpText(
      'after',
      `
Examples:
  $ rehearsal deploy dev
  $ rehearsal deploy prod --canary 10 --spec specs/petstore.yaml
  $ rehearsal deploy prod --dry-run

It can be stopped anywhere and repeated. Where nothing changed, nothing is deployed.
Exit codes: 0 done, 1 breaking changes without --allow-breaking, or smoke cases that fail, 2 wrong usage or a document that
cannot be deployed, 3 API Gateway does not answer or does not allow it.`,
    );
  defineSpecOptions(command);
}

interface Planned extends PlannedDocument {
  readonly tested: NamedContract;
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const stage = args[0] ?? '';
  const percent = percentOf(options);
  const opened = await openPlane(stage, percent === undefined ? 'deploy' : 'canary', 'deploy', context);
  const contracts = wholeContracts(
    await readSpecs(listOption(options, 'spec'), options, context, 'deploy'),
    context,
  );
  const planned = await planAll(opened, contracts, percent, options, context);
  const colour = takesColour(context.stdout, context.env);
  for (const one of planned) context.stdout.write(printPlan(one, colour));
  const breaking = planned.reduce((sum, one) => sum + countOf(one, 'breaking'), 0);
  if (breaking > 0 && options['allowBreaking'] !== true) {
    context.stdout.write(
      `\nNothing was deployed: ${breaking} ${breaking === 1 ? 'change breaks' : 'changes break'} clients of ${stage}. --allow-breaking deploys all the same.\n`,
    );
    return 1;
  }
  if (options['dryRun'] === true) return 0;
  for (const one of planned) await deploy(opened, one, options, context);
  return options['smoke'] === false ? 0 : await smokeAll(opened, planned, context);
}

function percentOf(options: OptionValues): number | undefined {
  const percent = numberOption(options, 'canary');
  if (percent === undefined || (percent >= 0 && percent <= 100)) return percent;
  throw usage(
    `--canary takes a share of the traffic from 0 to 100, not ${JSON.stringify(options['canary'])}.`,
    'deploy',
  );
}

/** All plans, before anything is changed. What is not allowed is told of all documents at once. */
async function planAll(
  opened: OpenPlane,
  contracts: readonly NamedContract[],
  percent: number | undefined,
  options: OptionValues,
  context: CommandContext,
): Promise<readonly Planned[]> {
  const named = await Promise.all(
    contracts.map(async tested => ({ tested, document: await documentName(tested.name, context) })),
  );
  const twice = named.find(({ document }, index) =>
    named.slice(0, index).some(other => other.document === document),
  );
  if (twice !== undefined)
    throw usage(`Two documents are called ${twice.document}; name one of them with --spec.`, 'deploy');
  if (listOption(options, 'spec').length === 0) {
    requireKnownNames(
      opened.name,
      opened.config,
      named.map(({ tested, document }) => ({ name: document, contract: tested.contract })),
    );
  }
  const target = await readTargetStage({ stage: opened.name }, contracts, context);
  const planned: Planned[] = [];
  const denied = new Map<string, string>();
  for (const { tested, document } of named) {
    try {
      planned.push(await planOne(opened, tested, { document, target, percent }, options, context));
    } catch (error) {
      if (!(error instanceof RehearsalError) || error.code !== 'PLANE_DENIED') throw error;
      denied.set(error.details['actions'] ?? '', error.details['operation'] ?? '');
    }
  }
  if (denied.size === 0) return planned;
  const [actions, operations] = [[...denied.keys()], [...new Set(denied.values())]];
  throw new RehearsalError('PLANE_DENIED', {
    operation: operations.join(' and '),
    actions: actions.join(', and '),
  });
}

async function planOne(
  opened: OpenPlane,
  tested: NamedContract,
  { document, target, percent }: Pick<ReleaseChoices, 'document' | 'target' | 'percent'>,
  options: OptionValues,
  context: CommandContext,
): Promise<Planned> {
  const { plane, config, stageName, name } = opened;
  const again = options['redeploy'] === true;
  const release = wantedRelease(tested, { document, stageName, config, target, percent, again }, context);
  const api = await apiOf(opened, document);
  if (api !== undefined && options['force'] !== true)
    await refuseForeignApi(plane, api, document, tested.contract);
  const plan = await planDeployment(plane, api, release);
  const folder = await context.configFolder();
  const compared = await comparedWithStage(plane, plan, tested.contract, folder);
  const log = release.wishes.accessLog ?? plan.state?.accessLog;
  const unattributed =
    hasProxies(release.definition) && !/\$context\.(isCanaryRequest|deploymentId)/.test(log?.format ?? '');
  return { path: tested.name, stage: name, plan, compared, unattributed, tested };
}

/** Proxies hand on what a back end answers, which knows nothing of releases. */
function hasProxies(definition: string): boolean {
  return /"type": ?"(http|aws)_proxy"/.test(definition);
}

async function deploy(
  { plane, name, stageOf }: OpenPlane,
  { plan, tested }: Planned,
  options: OptionValues,
  context: CommandContext,
): Promise<void> {
  const { release, state: before, to } = plan;
  const { document, hash, commit } = release;
  const folder = await context.configFolder();
  // Kept first: a run that is cut off after the stage was moved must find it.
  saveSource(folder, document, hash, tested.contract);
  if (plan.steps.length === 0) return;
  const apply = async (): Promise<Applied> => {
    try {
      return await applyDeployment(plane, plan, ({ kind }) => progress(document, kind, context));
    } catch (error) {
      if (!(error instanceof RehearsalError) || error.code !== 'PLANE_DENIED') throw error;
      throw await withAllMissing(plane, plan, error);
    }
  };
  const { apiId, state } = await (plan.api === undefined
    ? apply()
    : withLock(
        {
          address: { plane, apiId: plan.api.id, stageName: release.stageName },
          now: controlClock(plane),
          prefix: '',
        },
        options,
        context,
        apply,
      ));
  const deploymentId = (to === 'canary' ? state.canary?.deploymentId : state.deploymentId) ?? '';
  const share =
    to === 'canary' ? `${state.canary?.percentTraffic ?? 0} % of ${name} goes to` : `${name} serves`;
  if (!plan.sameAsStage)
    context.stdout.write(
      `${document}: ${share} deployment ${deploymentId}, ${stageOf(document, apiId).url}\n`,
    );
  rememberEvent(folder, name, {
    at: new Date().toISOString(),
    document,
    event: 'deployed',
    apiId,
    to,
    deploymentId,
    previous: before?.deploymentId,
    hash,
    commit,
  });
}

/** For people who wait while the service is throttling. */
function progress(document: string, step: DeployStep['kind'], { stderr }: CommandContext): void {
  if (stderr.isTTY) stderr.write(`${document}: ${step.replaceAll('-', ' ')} done\n`);
}

/** A canary's share is too small to be hit by a few cases, and has a judge of its own. */
async function smokeAll(
  opened: OpenPlane,
  planned: readonly Planned[],
  context: CommandContext,
): Promise<number> {
  const { name, config } = opened;
  const codes = [0];
  for (const { plan, tested } of planned) {
    const { document } = plan.release;
    if (plan.steps.length === 0) continue;
    if (plan.to === 'canary') {
      // Its settings may have changed all the same.
      if (plan.sameAsStage) continue;
      context.stdout.write(
        `${document}: whether the canary keeps its contract tells rehearsal canary check ${name}\n`,
      );
      continue;
    }
    const { summary, findings } = await smokeStage(name, config.provider, tested, context);
    if (summary.verdict !== 'kept') context.stdout.write(findings);
    const cases = `${summary.cases} smoke ${summary.cases === 1 ? 'case' : 'cases'}`;
    context.stdout.write(
      `${document}: ${cases}, ${summary.verdict}${wayBack(summary.verdict !== 'kept' ? plan.state?.deploymentId : undefined)}\n`,
    );
    codes.push(exitCodeOf(summary));
  }
  return Math.max(...codes);
}

function wayBack(previous: string | undefined): string {
  return previous === undefined ? '' : `; before, the stage was at deployment ${previous}`;
}
