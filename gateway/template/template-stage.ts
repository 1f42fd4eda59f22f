/**
 * A stage as a template is told of it, in AWS's words. Whoever has a configuration says what of it belongs here; a value
 * that is secret is named by its environment variable and never stands in a template.
 */

export interface TemplateStage {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  readonly variables?: Readonly<Record<string, string | { readonly env: string }>>;
  /** By operation (`GET /pets`), or `*` for all that have none of their own. */
  readonly settings?: Readonly<Record<string, TemplateMethodSettings>>;
  /** Gigabytes of the cache, as AWS writes them. Default: no cache. */
  readonly cacheClusterSize?: string;
  readonly tracingEnabled?: boolean;
  /** Default: a log group of the template, with lines that say which release answered. */
  readonly accessLogSettings?: { readonly destinationArn: string; readonly format: string };
}

/** Of the methods of a stage. What is not named is AWS's default. */
export interface TemplateMethodSettings {
  readonly throttlingRateLimit?: number;
  readonly throttlingBurstLimit?: number;
  readonly cachingEnabled?: boolean;
  readonly cacheTtlInSeconds?: number;
  readonly cacheDataEncrypted?: boolean;
  readonly metricsEnabled?: boolean;
  readonly loggingLevel?: 'OFF' | 'ERROR' | 'INFO';
  readonly dataTraceEnabled?: boolean;
  /** These two a template cannot say; they are told as losses. */
  readonly requireAuthorizationForCacheControl?: boolean;
  readonly unauthorizedCacheControlHeaderStrategy?: string;
}

/** A new release that gets some of the traffic, beside the one that a stage has. */
export interface TemplateCanary {
  readonly percent: number;
  /** The deployment that the stage keeps, by its logical id in the template that was deployed before. */
  readonly kept: string;
}

/** What a REST API, or an HTTP API, writes for each request: who asked for what, which release answered, and how. */
export function accessLogFormat(kind: 'rest' | 'http'): string {
  const common = ['requestId', 'requestTime', 'stage', 'httpMethod', 'path', 'status', 'responseLatency'];
  const own =
    kind === 'rest'
      ? ['deploymentId', 'isCanaryRequest', 'resourcePath', 'integrationLatency', 'error.responseType']
      : ['routeKey', 'integrationLatency', 'integrationErrorMessage'];
  return JSON.stringify(
    Object.fromEntries([...common, ...own].map(name => [name.replace('.', '-'), `$context.${name}`])),
  );
}
