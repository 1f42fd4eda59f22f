/**
 * The stages as requests find them: the release that serves production and the one of the canary. Looked up anew after
 * each change of the control plane, so that variables and settings count at once (apigateway.md 8.4); what a deployment
 * compiled to stays, since deployments never change.
 */
import type { StageObserver } from '../observe/stage-observer.ts';
import type { Stage } from '../state/records.ts';
import type { Store } from '../state/store.ts';
import { compileApi } from './compiled-api.ts';
import type { CompiledApi, Release } from './model.ts';

export interface StageServed {
  readonly production: Release;
  readonly canary: Release | undefined;
  /** 0 to 100. */
  readonly percentTraffic: number;
}

export interface StagesServed {
  /** Undefined for a stage that is not there. */
  readonly find: (apiId: string, stageName: string) => StageServed | undefined;
}

/** Deployments that stay compiled; beyond it the one that was asked for longest ago goes. */
const COMPILED = 200;

/** @param observer - counts what each release answers */
export function createStagesServed(store: Store, observer: StageObserver): StagesServed {
  const compiled = new Map<string, CompiledApi>();
  let served = new Map<string, StageServed>();
  let version = store.version();

  const apiOf = (apiId: string, deploymentId: string): CompiledApi | undefined => {
    const key = `${apiId}/${deploymentId}`;
    let api = compiled.get(key);
    if (api === undefined) {
      const snapshot = store.get('snapshot', apiId, deploymentId);
      if (snapshot === undefined) return undefined;
      api = compileApi(snapshot);
    }
    compiled.delete(key);
    compiled.set(key, api);
    if (compiled.size > COMPILED) compiled.delete(compiled.keys().next().value ?? '');
    return api;
  };

  const read = (apiId: string, stageName: string): StageServed | undefined => {
    const stage = store.get('stage', apiId, stageName);
    const api = stage && apiOf(apiId, stage.deploymentId);
    if (stage === undefined || api === undefined) return undefined;
    const canary = stage.canarySettings;
    const canaryApi = canary && apiOf(apiId, canary.deploymentId);
    return {
      production: release(apiId, stage, api, undefined, observer),
      canary: canaryApi && release(apiId, stage, canaryApi, canary, observer),
      percentTraffic: canary?.percentTraffic ?? 0,
    };
  };

  return {
    find: (apiId, stageName) => {
      const now = store.version();
      if (now !== version) {
        served = new Map();
        version = now;
      }
      const key = `${apiId}/${stageName}`;
      let stage = served.get(key);
      if (stage === undefined) {
        stage = read(apiId, stageName);
        // What is not there is looked for anew each time: anybody can ask for any name.
        if (stage !== undefined) served.set(key, stage);
      }
      return stage;
    },
  };
}

/** @param canary - undefined for production */
function release(
  apiId: string,
  stage: Stage,
  api: CompiledApi,
  canary: Stage['canarySettings'] | undefined,
  observer: StageObserver,
): Release {
  return {
    kind: canary === undefined ? 'production' : 'canary',
    apiId,
    stageName: stage.stageName,
    deploymentId: canary?.deploymentId ?? stage.deploymentId,
    api,
    // The canary's overrides lie over the stage's own, which stay visible through them (9.3).
    variables: { ...stage.variables, ...canary?.stageVariableOverrides },
    isCanary: stage.canarySettings === undefined ? undefined : canary !== undefined,
    methodSettings: stage.methodSettings,
    accessLogFormat: stage.accessLogSettings?.format,
    counters: observer.countersOf(apiId, stage.stageName, canary !== undefined),
  };
}
