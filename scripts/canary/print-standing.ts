/** What a stage serves and where its canary stands, in words and for machines. Values of variables are nobody's matter. Pure. */
import type { Journal } from '../../gateway/stages/canary/journal.ts';
import type { Holder } from '../../gateway/stages/canary/lock.ts';
import type { Release } from '../../gateway/stages/canary/release.ts';
import { standing } from '../../gateway/stages/canary/standing.ts';
import type { GatewayStage } from '../../gateway/stages/stage.ts';

export interface CanaryStatus {
  readonly stage: GatewayStage;
  readonly release: Release;
  readonly journal: Journal | undefined;
  readonly holder: Holder | undefined;
}

/** With a line end after the last line. */
export function printStatus({ stage, release, journal, holder }: CanaryStatus): string {
  const { canary } = release;
  const lines = [
    ['production', `deployment ${release.deploymentId}${namesOf(release.variables)}`],
    [
      'canary',
      canary === undefined
        ? 'none'
        : `deployment ${canary.deploymentId}, ${canary.percentTraffic} % of the requests${namesOf(canary.variables)}`,
    ],
    ...(holder === undefined ? [] : [['lock', `${holder.owner}, until ${holder.until}`]]),
    ...(journal === undefined ? [] : [['last run', runWords(journal, release)]]),
  ];
  const rows = lines.map(([name = '', text = '']) => `  ${name.padEnd(11)} ${text}\n`);
  return `${stage.document} on ${stage.name} (API ${stage.apiId}, stage ${stage.stageName})\n${rows.join('')}`;
}

/** The same for machines, on one line. */
export function statusRecord({ stage, release, journal, holder }: CanaryStatus): string {
  const { canary } = release;
  return `${JSON.stringify({
    stage: stage.name,
    document: stage.document,
    apiId: stage.apiId,
    stageName: stage.stageName,
    production: { deploymentId: release.deploymentId, variables: Object.keys(release.variables) },
    canary:
      canary === undefined
        ? null
        : {
            deploymentId: canary.deploymentId,
            percent: canary.percentTraffic,
            variables: Object.keys(canary.variables),
            useStageCache: canary.useStageCache,
          },
    lock: holder ?? null,
    lastRun:
      journal === undefined
        ? null
        : {
            run: journal.run,
            phase: journal.phase,
            steps: journal.steps,
            ending: journal.ending,
            began: journal.began,
            changed: journal.changed,
            standing: standing(journal, release),
          },
  })}\n`;
}

function namesOf(variables: Release['variables']): string {
  const names = Object.keys(variables);
  return names.length === 0 ? '' : `, with ${names.join(', ')}`;
}

function runWords(journal: Journal, release: Release): string {
  const { phase, stage, changed } = journal;
  const when = changed.slice(0, 19).replace('T', ' ');
  if (phase.kind === 'ended') return `${when} UTC: ${phase.outcome}. ${phase.reason}`;
  const left = standing(journal, release);
  return left.kind === 'as-left'
    ? `${when} UTC: cut off, ${left.words}; rehearsal canary run ${stage} goes on from there`
    : `${when} UTC: cut off, and somebody changed the stage after it: ${left.differences.join(', ')}`;
}
