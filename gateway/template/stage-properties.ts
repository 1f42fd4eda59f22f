/** What a stage is in a template, for CloudFormation's own resources and for SAM's: variables, settings, cache, logs. */
import type { Json, JsonObject } from '../../contract/json/value.ts';
import type { PlacedOperation } from '../document/resource-paths.ts';
import type { TemplateMethodSettings, TemplateStage } from './template-stage.ts';

/** What of a stage comes from elsewhere in its template. */
export interface StageSurroundings {
  readonly variables: Readonly<Record<string, Json>>;
  /** Undefined for no access log. */
  readonly accessLog: Json | undefined;
  /** Where the operations are, whose paths may be called otherwise there. */
  readonly placed: readonly PlacedOperation[];
  /** Hears of what the stage is to have and the template cannot say. */
  readonly lose: (message: string) => void;
}

/** Members that `AWS::ApiGateway::Stage` and `AWS::Serverless::Api` have alike. */
export function restStageProperties(stage: TemplateStage, around: StageSurroundings): JsonObject {
  const { settings = {}, cacheClusterSize, tracingEnabled } = stage;
  const { variables, accessLog, lose } = around;
  const methods = Object.entries(settings).flatMap(([operation, one]) => {
    for (const name of UNSAID) {
      if (one[name] !== undefined)
        lose(`CloudFormation has no word for ${name}, so ${operation} goes without it.`);
    }
    const place = placeOf(operation, around);
    return place === undefined ? [] : [methodSetting(place, one)];
  });
  return {
    ...(Object.keys(variables).length === 0 ? {} : { Variables: variables }),
    ...(methods.length === 0 ? {} : { MethodSettings: methods }),
    ...(cacheClusterSize === undefined
      ? {}
      : { CacheClusterEnabled: true, CacheClusterSize: cacheClusterSize }),
    ...(tracingEnabled === undefined ? {} : { TracingEnabled: tracingEnabled }),
    ...(accessLog === undefined ? {} : { AccessLogSetting: accessLog }),
  };
}

/** Members that `AWS::ApiGatewayV2::Stage` and `AWS::Serverless::HttpApi` have alike. */
export function httpStageProperties(stage: TemplateStage, around: StageSurroundings): JsonObject {
  const { settings = {}, cacheClusterSize, tracingEnabled } = stage;
  const { variables, accessLog, lose } = around;
  if (cacheClusterSize !== undefined)
    lose(`HTTP APIs have no cache, so the stage ${stage.name} goes without one.`);
  if (tracingEnabled === true) lose(`HTTP APIs are not traced, so the stage ${stage.name} is not.`);
  const routes: Record<string, Json> = {};
  let common: Json | undefined;
  for (const [operation, one] of Object.entries(settings)) {
    const { throttlingRateLimit, throttlingBurstLimit, metricsEnabled, ...others } = one;
    for (const name of Object.keys(others))
      lose(`HTTP APIs have no ${name}, so ${operation} goes without it.`);
    const given = present({
      ThrottlingRateLimit: throttlingRateLimit,
      ThrottlingBurstLimit: throttlingBurstLimit,
      DetailedMetricsEnabled: metricsEnabled,
    });
    const place = placeOf(operation, around);
    if (place === undefined || Object.keys(given).length === 0) continue;
    if (place === 'all') common = given;
    else routes[`${place.method} ${place.path}`] = given;
  }
  return {
    ...(Object.keys(variables).length === 0 ? {} : { StageVariables: variables }),
    ...(common === undefined ? {} : { DefaultRouteSettings: common }),
    ...(Object.keys(routes).length === 0 ? {} : { RouteSettings: routes }),
    ...(accessLog === undefined ? {} : { AccessLogSettings: accessLog }),
  };
}

/** Settings of a stage that no property of CloudFormation's stands for. */
const UNSAID = ['requireAuthorizationForCacheControl', 'unauthorizedCacheControlHeaderStrategy'] as const;

interface Place {
  readonly method: string;
  readonly path: string;
}

/** @param operation - `GET /pets`, or `*` for every method */
function placeOf(operation: string, { placed, lose }: StageSurroundings): Place | 'all' | undefined {
  if (operation === '*') return 'all';
  const found = placed.find(one => one.operation.key === operation);
  if (found === undefined) lose(`There is no operation ${operation}, so its settings are left out.`);
  return found && { method: found.operation.method, path: found.path };
}

function methodSetting(place: Place | 'all', settings: TemplateMethodSettings): Json {
  const { throttlingRateLimit, throttlingBurstLimit, cachingEnabled, cacheTtlInSeconds } = settings;
  const { cacheDataEncrypted, metricsEnabled, loggingLevel, dataTraceEnabled } = settings;
  return {
    HttpMethod: place === 'all' ? '*' : place.method,
    ResourcePath: place === 'all' ? '/*' : resourcePath(place.path),
    ...present({
      ThrottlingRateLimit: throttlingRateLimit,
      ThrottlingBurstLimit: throttlingBurstLimit,
      CachingEnabled: cachingEnabled,
      CacheTtlInSeconds: cacheTtlInSeconds,
      CacheDataEncrypted: cacheDataEncrypted,
      MetricsEnabled: metricsEnabled,
      LoggingLevel: loggingLevel,
      DataTraceEnabled: dataTraceEnabled,
    }),
  };
}

function present(values: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** Slashes within a path are written `~1` there, and the root is one slash. */
function resourcePath(path: string): string {
  return path === '/' ? path : `/${path.replaceAll('/', '~1')}`;
}
