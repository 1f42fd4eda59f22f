/** A plan in words: what comes, what changes, what goes, before anything is done. Pure. */
import { styleText } from 'node:util';
import type { ChangeSeverity } from '../../contract/diff/rule.ts';
import type { DeployPlan } from '../../gateway/stages/plan-deployment.ts';
import { countInWords } from '../changes/change-record.ts';
import { printChanges } from '../changes/print-changes.ts';
import type { Compared } from './deployed-source.ts';

export interface PlannedDocument {
  /** As it was typed or found. */
  readonly path: string;
  /** The stage's name in the configuration. */
  readonly stage: string;
  readonly plan: DeployPlan;
  readonly compared: Compared;
  /** True where nothing would say which release gave an answer. */
  readonly unattributed: boolean;
}

/** With a line end after the last line. */
export function printPlan(planned: PlannedDocument, colour: boolean): string {
  const { plan, compared, stage, path } = planned;
  const { release } = plan;
  const changes =
    compared.kind === 'changes' && compared.changes.length > 0
      ? printChanges(compared.changes, { format: 'text', colour, before: compared.before, after: path })
      : '';
  const head = `${release.document} on ${stage}: ${wayOf(plan)}`;
  const lines = [
    ...linesOf(planned),
    ...(plan.canaryInTheWay ? canaryLines(plan, stage) : []),
    ...(planned.unattributed && plan.to === 'canary' ? UNATTRIBUTED : []),
    ...(plan.sameAsStage
      ? [`! ${stage} serves this release already, so there is nothing to try on a canary.`]
      : []),
  ];
  const bold = colour ? styleText('bold', head, { validateStream: false }) : head;
  return `${bold}\n${changes}${lines.map(line => `  ${line}\n`).join('')}`;
}

function wayOf({ steps, release, state, to }: DeployPlan): string {
  if (steps.length === 0) return 'nothing to do';
  if (state === undefined)
    return release.percent === undefined
      ? 'a new stage'
      : 'a new stage, with nothing there to be a canary of';
  return to === 'canary' ? 'a canary' : 'the whole stage';
}

function linesOf({ plan, compared, stage }: PlannedDocument): readonly string[] {
  const { release, api, state, served, changes, deployment } = plan;
  const lines: string[] = [];
  const kinds = new Set(plan.steps.map(({ kind }) => kind));
  if (kinds.has('create-api')) lines.push(`+ REST API ${JSON.stringify(release.title)}`);
  else if (api !== undefined) lines.push(`  REST API ${JSON.stringify(api.name)}, ${api.id}`);
  lines.push(`  ${documentLine(compared, served !== undefined)}`);
  if (kinds.has('create-deployment')) lines.push(`+ deployment of ${releaseText(release)}`);
  else if (deployment !== undefined) lines.push(`  deployment ${deployment.id} of ${releaseText(release)}`);
  if (kinds.has('create-stage')) lines.push(`+ stage ${release.stageName}`);
  const moved = plan.steps.find(step => step.kind === 'update-stage' && step.points !== undefined);
  if (moved !== undefined && state !== undefined) {
    const was = served === undefined ? state.deploymentId : `${state.deploymentId}, ${releaseText(served)}`;
    if (plan.to === 'stage') lines.push(`~ stage ${stage} points at it instead of ${was}`);
    else
      lines.push(
        `~ ${release.percent ?? state.canary?.percentTraffic ?? 0} % of ${stage} goes to it, the rest to ${was}`,
      );
  }
  for (const { what, from, to } of changes) {
    if (from === to) continue;
    if (to === undefined) lines.push(`- ${what}`);
    else
      lines.push(
        from === undefined ? `+ ${what}: ${short(to)}` : `~ ${what}: ${short(from)} -> ${short(to)}`,
      );
  }
  return lines;
}

/** Formats of logs are long. */
function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function documentLine(compared: Compared, ours: boolean): string {
  switch (compared.kind) {
    case 'new':
      return 'document: the first on this stage';
    case 'unknown':
      return `document: not compared with what is there, which cannot be exported (${compared.reason})`;
    case 'changes':
      return `document: ${countInWords(compared.changes)}${ours ? '' : ', against what somebody else deployed'}`;
    default:
      return compared satisfies never;
  }
}

function releaseText({
  hash,
  commit,
}: {
  readonly hash: string;
  readonly commit: string | undefined;
}): string {
  return commit === undefined ? hash : `${hash} (commit ${commit})`;
}

function canaryLines({ state }: DeployPlan, stage: string): readonly string[] {
  const { deploymentId = '', percentTraffic = 0 } = state?.canary ?? {};
  return [
    `! ${stage} has a canary, deployment ${deploymentId} with ${percentTraffic} % of the traffic. API Gateway gives such a`,
    '  stage nothing but a new canary: the release takes its place, and the other traffic stays where it is.',
    `  To decide: rehearsal canary check ${stage}, rehearsal canary promote ${stage}, rehearsal canary rollback ${stage}.`,
    `  To give the canary another share: rehearsal deploy ${stage} --canary PERCENT.`,
  ];
}

const UNATTRIBUTED: readonly string[] = [
  '! Answers of a back end do not say which release gave them, and the stage has no access log that does: this canary cannot be',
  '  judged. accessLogSettings with $context.requestId, $context.isCanaryRequest and $context.deploymentId would do.',
];

/** How many changes of a severity a plan has. */
export function countOf({ compared }: PlannedDocument, severity: ChangeSeverity): number {
  return compared.kind === 'changes'
    ? compared.changes.filter(change => change.severity === severity).length
    : 0;
}
