/**
 * A stage of API Gateway as those see it who test, judge and move it: plain values, without the service's client. One
 * REST API belongs to a document, and its stages are on it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html
 */

/** The names of the providers in `gateway/stages/index.ts`. */
export type ProviderName = 'url' | 'local' | 'aws';

/**
 * What a provider can do with a stage: send requests to it, put documents on it, split its traffic, and read what it
 * logged.
 */
export type Capability = 'send' | 'deploy' | 'canary' | 'logs';

/** Where a stage is, of one document. */
export interface GatewayStage {
  readonly provider: 'local' | 'aws';
  /** Its name in the configuration. */
  readonly name: string;
  /** Its name at the service. */
  readonly stageName: string;
  /** The document that the API was made of, by its name. */
  readonly document: string;
  readonly apiId: string;
  readonly region: string;
  /** Where the paths of the document begin. */
  readonly url: string;
}

/** What is on a stage. */
export interface StageState {
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly canary: CanaryState | undefined;
  /** By `*` and `/*`, or path without its first slash and verb: `pets/{petId}/GET`. */
  readonly methodSettings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly accessLog: { readonly destinationArn: string; readonly format: string } | undefined;
  readonly cacheClusterSize: string | undefined;
  readonly tracing: boolean;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly updated: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** The canary release of a stage. */
export interface CanaryState {
  readonly deploymentId: string;
  readonly percentTraffic: number;
  /** Over the variables of the stage. */
  readonly variables: Readonly<Record<string, string>>;
  readonly useStageCache: boolean;
}

/** One deployment of an API. */
export interface DeploymentState {
  readonly id: string;
  readonly description: string | undefined;
  /** Epoch milliseconds. */
  readonly created: number;
}

/** A change to a stage, as AWS's UpdateStage takes it; values are always texts. */
export interface StagePatch {
  readonly op: 'add' | 'remove' | 'replace' | 'copy';
  readonly path: string;
  readonly value?: string;
  readonly from?: string;
}

/**
 * A turn in the life of a canary, as hooks are told of it. Before a change: `moving`, `promoting`, `rolling-back`. When a
 * run has ended: `promoted`, `held`, `rolled-back`, `undone`, `inconclusive`.
 */
export interface Transition {
  readonly kind:
    | 'moving'
    | 'promoting'
    | 'rolling-back'
    | 'promoted'
    | 'held'
    | 'rolled-back'
    | 'undone'
    | 'inconclusive';
  /** The stage's name in the configuration. */
  readonly stage: string;
  readonly document: string;
  readonly apiId: string;
  /** Its name at the service. */
  readonly stageName: string;
  /** The same for all turns of one canary, also when a killed run is continued. */
  readonly run: string;
  /** The deployments that are compared. */
  readonly baseline: string;
  readonly canary: string;
  /** What the canary gets of the requests after the turn. */
  readonly percent: number;
  /** Why, one sentence. */
  readonly reason: string;
}

/** A change to a stage as people read it, with the patches that make it; where both sides are one, nothing to read. */
export interface StageChange {
  /** `variable release`, `setting * throttlingRateLimit`. */
  readonly what: string;
  /** Undefined: it was not there. */
  readonly from: string | undefined;
  /** Undefined: it goes. */
  readonly to: string | undefined;
  readonly patches: readonly StagePatch[];
}

/** Reads what a stage logged since it was last asked; the first time, since it was made. */
export type AccessLogReader = () => Promise<{
  readonly lines: readonly string[];
  /** There were more than could be read. */
  readonly lost: boolean;
}>;
