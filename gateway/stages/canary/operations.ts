/**
 * The changes that a canary's life consists of, each by the patch operations that AWS was recorded to take. A change is
 * made only to a stage that is as its caller knows it, and is believed only when the stage was read again; so a change
 * that was made and whose answer got lost counts as made.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch
 */
import { RehearsalError } from '../../../contract/errors.ts';
import { askPlane } from '../ask-plane.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { StagePatch } from '../stage.ts';
import { deploymentState, type StagePlace, stageState } from '../stage-state.ts';
import { differences, promoted, type Release, releaseOf } from './release.ts';

export interface StageAddress extends StagePlace {
  readonly plane: ControlPlane;
}

/** How a change is made. */
export interface ChangeOptions {
  /** Asked right before the patch is sent; what it throws stops the change. */
  readonly guard?: () => Promise<void>;
}

/**
 * What the stage serves now.
 *
 * @throws RehearsalError STAGE_GONE, and those of `askPlane`
 */
export async function readRelease(stage: StageAddress): Promise<Release> {
  const state = await stageState(stage.plane, stage);
  if (state === undefined)
    throw new RehearsalError('STAGE_GONE', { stage: stage.stageName, api: stage.apiId });
  return releaseOf(state);
}

/**
 * Gives the canary another share of the requests.
 *
 * @param known - what the stage serves as far as the caller knows
 * @returns what it serves then
 * @throws RehearsalError CANARY_NONE, CANARY_CHANGED, CANARY_UNVERIFIED
 */
export async function setPercent(
  stage: StageAddress,
  known: Release,
  percent: number,
  options: ChangeOptions = {},
): Promise<Release> {
  const { canary } = known;
  if (canary === undefined) throw noCanary(stage);
  const operations: readonly StagePatch[] = [
    { op: 'replace', path: '/canarySettings/percentTraffic', value: percentText(percent) },
  ];
  const wanted = { ...known, canary: { ...canary, percentTraffic: percent } };
  return change(stage, known, operations, wanted, options);
}

/**
 * Makes the canary production: its deployment and its variables become the stage's, and it gets no more requests of its
 * own. The canary's settings stay until `endCanary`, in a call of its own, since nobody has recorded both in one.
 *
 * @throws RehearsalError CANARY_NONE, CANARY_CHANGED, CANARY_UNVERIFIED
 */
export async function promote(
  stage: StageAddress,
  known: Release,
  options: ChangeOptions = {},
): Promise<Release> {
  if (known.canary === undefined) throw noCanary(stage);
  const operations: readonly StagePatch[] = [
    { op: 'replace', path: '/canarySettings/percentTraffic', value: percentText(0) },
    { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
    { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
  ];
  return change(stage, known, operations, promoted(known), options);
}

/**
 * Takes the canary away and leaves production as it is: the end of a promotion, and all of a rollback.
 *
 * @throws RehearsalError CANARY_CHANGED, CANARY_UNVERIFIED
 */
export async function endCanary(
  stage: StageAddress,
  known: Release,
  options: ChangeOptions = {},
): Promise<Release> {
  const operations: readonly StagePatch[] = [{ op: 'remove', path: '/canarySettings' }];
  return change(stage, known, operations, { ...known, canary: undefined }, options);
}

/**
 * Gives production back what it served before a promotion: the deployment, and each variable by its name, since no
 * operation takes them whole.
 *
 * @param before - what was saved before the promotion
 * @throws RehearsalError CANARY_CHANGED, CANARY_UNVERIFIED, DEPLOYMENT_GONE
 */
export async function undoPromotion(
  stage: StageAddress,
  known: Release,
  before: Pick<Release, 'deploymentId' | 'variables'>,
  options: ChangeOptions = {},
): Promise<Release> {
  const { deploymentId, variables } = before;
  await requireDeployment(stage, deploymentId);
  const operations: readonly StagePatch[] = [
    { op: 'replace', path: '/deploymentId', value: deploymentId },
    ...restored(known.variables, variables),
  ];
  return change(stage, known, operations, { ...known, deploymentId, variables }, options);
}

/** @throws RehearsalError DEPLOYMENT_GONE, and those of `askPlane` */
export async function requireDeployment(
  { plane, apiId, stageName }: StageAddress,
  deployment: string,
): Promise<void> {
  if ((await deploymentState(plane, apiId, deployment)) !== undefined) return;
  throw new RehearsalError('DEPLOYMENT_GONE', { deployment, stage: stageName });
}

function restored(now: Release['variables'], before: Release['variables']): readonly StagePatch[] {
  return [
    ...Object.entries(before)
      .filter(([name, value]) => now[name] !== value)
      .map(([name, value]) => ({ op: 'replace' as const, path: `/variables/${name}`, value })),
    ...Object.keys(now)
      .filter(name => !Object.hasOwn(before, name))
      .map(name => ({ op: 'remove' as const, path: `/variables/${name}` })),
  ];
}

/** As AWS writes it: `25.0`. */
function percentText(percent: number): string {
  return Number.isInteger(percent) ? `${percent}.0` : String(percent);
}

async function change(
  stage: StageAddress,
  known: Release,
  operations: readonly StagePatch[],
  wanted: Release,
  { guard }: ChangeOptions,
): Promise<Release> {
  const found = await readRelease(stage);
  if (differences(wanted, found).length === 0) return found;
  const changed = differences(known, found);
  if (changed.length > 0) throw changedMeanwhile(stage, changed);
  await guard?.();
  const { plane, apiId, stageName } = stage;
  let refusal: unknown;
  try {
    const update = { restApiId: apiId, stageName, patchOperations: operations.map(each => ({ ...each })) };
    await askPlane('UpdateStage', () => plane.updateStage(update));
  } catch (error) {
    refusal = error;
  }
  const after = await readRelease(stage).catch((error: unknown) => {
    throw refusal ?? error;
  });
  const missing = differences(wanted, after);
  if (missing.length === 0) return after;
  if (refusal !== undefined) throw refusal;
  throw new RehearsalError('CANARY_UNVERIFIED', { stage: stageName, differences: missing.join(', ') });
}

function changedMeanwhile({ stageName }: StageAddress, changed: readonly string[]): RehearsalError {
  return new RehearsalError('CANARY_CHANGED', { stage: stageName, differences: changed.join(', ') });
}

function noCanary({ stageName }: StageAddress): RehearsalError {
  return new RehearsalError('CANARY_NONE', { stage: stageName });
}
