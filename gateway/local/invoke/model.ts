/**
 * The words of the data plane, types only: a request on its way through the steps (an invocation), what serves it (a
 * release of a stage), and what was read of an API once, so that no request reads it again. Steps know this file and
 * never each other.
 */
import type { ValueMap } from '../../vtl/values.ts';
import type { AccountIdentity } from '../control/operation.ts';
import type { ResponseType } from '../gateway-responses/response-types.ts';
import type { Counters } from '../observe/counters.ts';
import type {
  Authorizer,
  GatewayResponse,
  Integration,
  Method,
  Resource,
  RestApi,
  Stage,
  Texts,
} from '../state/records.ts';
import type { ExecutionLog } from './execution-log.ts';
import type { GatewayFailure } from './failure.ts';
import type { MultiValues } from './multi-values.ts';
import type { BinaryTypes, Payload } from './payload.ts';

/** A request to a stage, as the client sent it. */
export interface ClientRequest {
  readonly verb: string;
  /** Below the stage, still encoded: empty, or from its slash on. */
  readonly path: string;
  /** Still encoded, without the question mark. */
  readonly query: string;
  /** Name, value, name, value, in the order and spelling of the client. */
  readonly headers: readonly string[];
  readonly body: Uint8Array;
  readonly sourceIp: string;
  /** `1.1`. */
  readonly httpVersion: string;
  readonly domainName: string;
  /** Where the gateway listens; 0 for a request that came by no socket. */
  readonly port: number;
}

/** What the client gets. */
export interface StageAnswer {
  readonly status: number;
  /** Name, value, name, value. */
  readonly headers: string[];
  readonly body: Payload;
}

/** One request on its way. Members that are not readonly are what steps find out. */
export interface Invocation {
  readonly request: ClientRequest;
  readonly release: Release;
  readonly account: AccountIdentity;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** Of the monotonic clock. */
  readonly startedAt: number;
  /** Undefined while nobody asked for one. */
  log: ExecutionLog | undefined;
  method: CompiledMethod | undefined;
  /** The verb that was routed by, which a header may override. */
  verb: string;
  pathParameters: MultiValues;
  /** `$context` of both templates, which share what they set there. Undefined until one asks for it. */
  context: RequestContextMap | undefined;
  /** Undefined until somebody asks for it. */
  traceId: string | undefined;
  integrationStatus: number | undefined;
  /** Milliseconds. */
  integrationLatency: number | undefined;
  /** Why API Gateway answered itself. */
  failure: GatewayFailure | undefined;
  parsedHeaders: MultiValues | undefined;
  parsedQuery: MultiValues | undefined;
}

/** `$context`, which knows what of it nobody has asked for yet. */
export interface RequestContextMap extends ValueMap {
  readonly isUntouched: (name: string) => boolean;
}

/**
 * What serves a request: a deployment with the variables and settings of its stage. A stage has one, and a second one
 * while a canary is out; TestInvokeMethod makes one of the working copy.
 */
export interface Release {
  readonly kind: 'production' | 'canary' | 'test';
  readonly apiId: string;
  readonly stageName: string;
  readonly deploymentId: string;
  readonly api: CompiledApi;
  readonly variables: Texts;
  /** `$context.isCanaryRequest`; undefined on a stage without a canary. */
  readonly isCanary: boolean | undefined;
  readonly methodSettings: Stage['methodSettings'];
  /** The format of access logs. */
  readonly accessLogFormat: string | undefined;
  readonly counters: Counters | undefined;
}

export interface CompiledApi {
  readonly restApi: RestApi;
  readonly authorizers: readonly Authorizer[];
  readonly binary: BinaryTypes;
  /** Undefined where nothing matches path and verb. */
  readonly find: (verb: string, path: string) => Route | undefined;
  /** A method by the id of its resource and its verb as it was defined. */
  readonly methodOf: (resourceId: string, verb: string) => CompiledMethod | undefined;
  readonly gatewayResponse: (type: ResponseType) => CompiledGatewayResponse;
}

export interface Route {
  readonly method: CompiledMethod;
  /** One value each. */
  readonly pathParameters: MultiValues;
}

export interface CompiledMethod {
  readonly resource: Resource;
  readonly method: Method;
  /** What a validator asks for, by the order of messages; empty without one. */
  readonly requiredParameters: readonly RequestParameter[];
  /** Undefined without a validator of bodies. */
  readonly bodyModels: BodyModels | undefined;
  readonly integration: CompiledIntegration | undefined;
}

export interface RequestParameter {
  readonly place: 'path' | 'querystring' | 'header';
  readonly name: string;
}

/** By media type, `$default` among them. */
export type BodyModels = ReadonlyMap<string, BodyCheck>;

/** A model that bodies are held against. */
export interface BodyCheck {
  /** What is wrong with a body, each in a sentence; undefined when it is right. */
  readonly validate: (body: string) => readonly string[] | undefined;
  /** What of the model bodies are not held against, each in a sentence. */
  readonly unchecked: () => readonly string[];
}

export interface CompiledIntegration {
  readonly integration: Integration;
  readonly requestParameters: readonly RequestMapping[];
  /** A header that may not be mapped and is: it fails each request. */
  readonly forbiddenHeader: string | undefined;
  readonly requestTemplates: Templates;
  readonly responses: readonly CompiledResponse[];
  /** By what was held against the patterns before. */
  readonly chosen: Map<string, CompiledResponse | undefined>;
}

export interface RequestMapping {
  readonly place: 'path' | 'querystring' | 'header';
  readonly name: string;
  readonly from: Expression;
}

export interface CompiledResponse {
  /** Where the integration response stands, which names the method response too. */
  readonly status: number;
  readonly selects: ((text: string) => boolean) | undefined;
  readonly isDeclared: boolean;
  readonly headers: readonly { readonly name: string; readonly from: Expression }[];
  readonly templates: Templates;
  readonly contentHandling: string | undefined;
}

/** A mapping template, or `pass` where an empty text was put: the payload passes as it is. */
export type TemplateChoice = MappingTemplate | 'pass';

export interface MappingTemplate {
  /** @throws GatewayFailure for a template that cannot be read or rendered */
  readonly render: (invocation: Invocation, body: string) => string;
}

export interface Templates {
  readonly byType: ReadonlyMap<string, TemplateChoice>;
  readonly first: TemplateChoice | undefined;
  /** For requests of any other type. */
  readonly fallback: TemplateChoice | undefined;
}

/** Where the value of a mapped parameter or header comes from (apigateway.md 16.1). */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string }
  | {
      readonly kind: 'request';
      readonly place: RequestParameter['place'];
      readonly name: string;
      readonly multi: boolean;
    }
  | { readonly kind: 'response-header'; readonly name: string; readonly multi: boolean }
  /** A path into the body of the method's request, or of the integration's response. */
  | { readonly kind: 'body'; readonly of: 'request' | 'response'; readonly path: string | undefined }
  | { readonly kind: 'stage-variable'; readonly name: string }
  | { readonly kind: 'context'; readonly name: string }
  /** What nobody understands: it has no value. */
  | { readonly kind: 'unknown' };

export interface CompiledGatewayResponse {
  readonly response: GatewayResponse;
  /** True while neither the type nor what it inherits from was put. */
  readonly untouched: boolean;
}

/** What an integration answered. */
export interface IntegrationAnswer {
  readonly status: number;
  readonly headers: MultiValues;
  readonly body: Payload;
}
