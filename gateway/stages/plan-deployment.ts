/**
 * What a deployment comes to: the steps from what is at the service to what is wanted, found out by reading alone. A run
 * that was cut off finds what it made, so that repeating it ends the same; where all is there, no step is left.
 */
import { allPages } from './all-pages.ts';
import { findOnPlane } from './ask-plane.ts';
import type { ControlPlane } from './control-plane.ts';
import { describedRelease, describeRelease } from './deployment-description.ts';
import type { FoundApi } from './find-api.ts';
import type { DeploymentState, StageChange, StagePatch, StageState } from './stage.ts';
import { type StageWishes, stageChanges, variableChanges } from './stage-changes.ts';
import { deploymentState, stageState } from './stage-state.ts';

/** What is to be on a stage. */
export interface WantedRelease {
  /** The document, by its name. */
  readonly document: string;
  /** What its REST API is called. */
  readonly title: string;
  /** What the service imports. */
  readonly definition: string;
  readonly hash: string;
  readonly commit: string | undefined;
  readonly stageName: string;
  readonly wishes: StageWishes;
  /** Of the traffic, for a canary beside what is on the stage. */
  readonly percent: number | undefined;
  /** Makes a deployment also where there is one of this release. Default: false. */
  readonly again?: boolean;
}

export type DeployStep =
  | { readonly kind: 'create-api' }
  | { readonly kind: 'put-definition' }
  | { readonly kind: 'create-deployment'; readonly description: string }
  | { readonly kind: 'create-stage' }
  | {
      readonly kind: 'update-stage';
      readonly patches: readonly StagePatch[];
      readonly points: 'stage' | 'canary' | undefined;
    };

export interface DeployPlan {
  readonly release: WantedRelease;
  readonly api: FoundApi | undefined;
  /** What is on the stage now; undefined where there is no such stage. */
  readonly state: StageState | undefined;
  /** Which release the stage serves, where deploy put it there. */
  readonly served: { readonly hash: string; readonly commit: string | undefined } | undefined;
  /** A deployment of this release that is at the service already. */
  readonly deployment: DeploymentState | undefined;
  /** Where the release goes: to all traffic, or to a canary's share. */
  readonly to: 'stage' | 'canary';
  /** True where a canary that nobody spoke of takes the release. */
  readonly canaryInTheWay: boolean;
  /** True for a canary that would be what all of the stage is already. */
  readonly sameAsStage: boolean;
  readonly changes: readonly StageChange[];
  readonly steps: readonly DeployStep[];
}

/**
 * Reads what is there and says what is to be done.
 *
 * @throws RehearsalError as `askPlane`
 * @example
 * ```ts
 * import { applyDeployment } from './gateway/stages/apply-deployment.ts';
 * import { openControlPlane } from './gateway/stages/control-plane.ts';
 * import { findApi } from './gateway/stages/find-api.ts';
 * import { planDeployment, type WantedRelease } from './gateway/stages/plan-deployment.ts';
 *
 * export async function deploy(release: WantedRelease): Promise<string> {
 *   const plane = await openControlPlane();
 *   const api = await findApi(plane, release.document, undefined);
 *   const { state } = await applyDeployment(plane, await planDeployment(plane, api, release));
 *   return state.deploymentId;
 * }
 * ```
 */
export async function planDeployment(
  plane: ControlPlane,
  api: FoundApi | undefined,
  release: WantedRelease,
): Promise<DeployPlan> {
  const { stageName, hash } = release;
  const state = api === undefined ? undefined : await stageState(plane, { apiId: api.id, stageName });
  const current =
    api === undefined || state === undefined
      ? undefined
      : await deploymentState(plane, api.id, state.deploymentId);
  const served = describedRelease(current?.description);
  const known =
    release.again === true
      ? undefined
      : served?.hash === hash
        ? current
        : api && (await deploymentOf(plane, api.id, hash));
  const canaryInTheWay = state?.canary !== undefined && release.percent === undefined;
  const to = state !== undefined && (release.percent !== undefined || canaryInTheWay) ? 'canary' : 'stage';
  const changes = changesOf(state, release, to);
  const sameAsStage =
    to === 'canary' &&
    state?.canary === undefined &&
    known !== undefined &&
    known.id === state?.deploymentId &&
    !changes.some(({ patches }) => patches.some(({ path }) => path.startsWith('/canarySettings/')));
  return {
    release,
    api,
    state,
    served: served === undefined ? undefined : { hash: served.hash, commit: served.commit },
    deployment: known,
    to,
    canaryInTheWay,
    sameAsStage,
    changes,
    steps: stepsOf({ api, state, known, to, changes, release, sameAsStage }),
  };
}

/** The newest deployment of a release: one that a run made before it was cut off, or an older release to go back to. */
async function deploymentOf(
  plane: ControlPlane,
  apiId: string,
  hash: string,
): Promise<DeploymentState | undefined> {
  const all = await allPages(from =>
    findOnPlane('GetDeployments', () => plane.getDeployments({ restApiId: apiId, ...from })),
  );
  const found = all
    .filter(({ description }) => describedRelease(description)?.hash === hash)
    .map(({ id = '', description, createdDate }) => ({
      id,
      description,
      created: createdDate?.getTime() ?? 0,
    }));
  return found.toSorted((a, b) => b.created - a.created)[0];
}

/** A canary has variables of its own over those of the stage, which stay as they are until it is promoted. */
function changesOf(
  state: StageState | undefined,
  { wishes }: WantedRelease,
  to: 'stage' | 'canary',
): readonly StageChange[] {
  if (to === 'stage' || state === undefined)
    return stageChanges(
      state ?? {
        variables: {},
        methodSettings: {},
        accessLog: undefined,
        cacheClusterSize: undefined,
        tracing: false,
      },
      wishes,
    );
  const overrides = Object.fromEntries(
    Object.entries(wishes.variables ?? {}).filter(([name, value]) => state.variables[name] !== value),
  );
  const ofCanary = variableChanges(state.canary?.variables ?? {}, overrides, wishes.secret).map(change => ({
    ...change,
    what: `canary's ${change.what}`,
    patches: change.patches.map(patch => ({
      ...patch,
      path: patch.path.replace('/variables/', '/canarySettings/stageVariableOverrides/'),
    })),
  }));
  return [...ofCanary, ...stageChanges(state, { ...wishes, variables: undefined })];
}

interface Known extends Pick<DeployPlan, 'api' | 'state' | 'to' | 'changes' | 'release' | 'sameAsStage'> {
  readonly known: DeploymentState | undefined;
}

function stepsOf({ api, state, known, to, changes, release, sameAsStage }: Known): readonly DeployStep[] {
  const make: readonly DeployStep[] =
    known === undefined
      ? [{ kind: 'put-definition' }, { kind: 'create-deployment', description: describeRelease(release) }]
      : [];
  const patches = changes.flatMap(change => change.patches);
  if (state === undefined) {
    // Variables are there from the first request on; settings of methods can only be patched.
    const rest = patches.filter(({ path }) => !path.startsWith('/variables/'));
    return [
      ...(api === undefined ? [{ kind: 'create-api' } as const] : []),
      ...make,
      { kind: 'create-stage' },
      ...(rest.length === 0 ? [] : [{ kind: 'update-stage', patches: rest, points: undefined } as const]),
    ];
  }
  const points = sameAsStage ? [] : pointer(state, known, to, release.percent);
  if (points.length === 0 && patches.length === 0) return make;
  return [
    ...make,
    { kind: 'update-stage', patches: [...points, ...patches], points: points.length === 0 ? undefined : to },
  ];
}

/** The deployment of the release stands for its id, which may not be known yet. */
export const NEW_DEPLOYMENT = '(new)';

function pointer(
  state: StageState,
  known: DeploymentState | undefined,
  to: 'stage' | 'canary',
  percent: number | undefined,
): readonly StagePatch[] {
  const value = known?.id ?? NEW_DEPLOYMENT;
  if (to === 'stage')
    return state.deploymentId === value ? [] : [{ op: 'replace', path: '/deploymentId', value }];
  const share = percent ?? state.canary?.percentTraffic ?? 0;
  return [
    // The deployment first: what makes a canary begins without traffic.
    ...(state.canary?.deploymentId === value
      ? []
      : [{ op: 'replace', path: '/canarySettings/deploymentId', value } as const]),
    ...(state.canary?.percentTraffic === share
      ? []
      : [{ op: 'replace', path: '/canarySettings/percentTraffic', value: String(share) } as const]),
  ];
}
