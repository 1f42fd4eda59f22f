/**
 * What the gateway keeps, in the shapes in which AWS writes them on the wire (service model 2015-07-09), so that a read
 * is an answer. Dates are epoch seconds. A member that was never set is absent, not null.
 */

export interface EndpointConfiguration {
  readonly types: readonly string[];
  readonly ipAddressType?: string;
  readonly vpcEndpointIds?: readonly string[];
}

export interface RestApi {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly createdDate: number;
  readonly apiKeySource: string;
  readonly binaryMediaTypes?: readonly string[];
  readonly minimumCompressionSize?: number;
  readonly disableExecuteApiEndpoint: boolean;
  readonly endpointConfiguration: EndpointConfiguration;
  /** A policy document as text. */
  readonly policy?: string;
  readonly rootResourceId: string;
  readonly securityPolicy?: string;
  readonly endpointAccessMode?: string;
  readonly tags?: Texts;
}

export type Texts = Readonly<Record<string, string>>;

/** A path with the methods on it. The root has neither `parentId` nor `pathPart`. */
export interface Resource {
  readonly id: string;
  readonly parentId?: string;
  readonly pathPart?: string;
  /** Whole, with its braces: `/pets/{petId}`. */
  readonly path: string;
  /** By verb, `ANY` among them. */
  readonly resourceMethods?: Readonly<Record<string, Method>>;
}

export interface Method {
  readonly httpMethod: string;
  readonly authorizationType: string;
  readonly authorizerId?: string;
  readonly authorizationScopes?: readonly string[];
  readonly apiKeyRequired: boolean;
  readonly operationName?: string;
  readonly requestValidatorId?: string;
  /** `method.request.path.petId` to whether it is required. */
  readonly requestParameters?: Readonly<Record<string, boolean>>;
  /** Media type to the name of a model. */
  readonly requestModels?: Texts;
  /** By status. */
  readonly methodResponses?: Readonly<Record<string, MethodResponse>>;
  readonly methodIntegration?: Integration;
}

export interface MethodResponse {
  readonly statusCode: string;
  readonly responseParameters?: Readonly<Record<string, boolean>>;
  readonly responseModels?: Texts;
}

export interface Integration {
  /** `MOCK`, `HTTP`, `HTTP_PROXY`, `AWS` or `AWS_PROXY`. */
  readonly type: string;
  /** The verb used toward the back end. */
  readonly httpMethod?: string;
  readonly uri?: string;
  readonly connectionType?: string;
  readonly connectionId?: string;
  readonly credentials?: string;
  readonly requestParameters?: Texts;
  /** Media type, or `$default`, to a mapping template; null where an empty text was put. */
  readonly requestTemplates?: Readonly<Record<string, string | null>>;
  readonly passthroughBehavior: string;
  readonly contentHandling?: string;
  readonly timeoutInMillis: number;
  readonly cacheNamespace: string;
  readonly cacheKeyParameters: readonly string[];
  readonly tlsConfig?: { readonly insecureSkipVerification?: boolean; readonly serverNameToVerify?: string };
  readonly responseTransferMode?: string;
  readonly integrationTarget?: string;
  /** By status, in the order in which they were put. */
  readonly integrationResponses?: Readonly<Record<string, IntegrationResponse>>;
}

export interface IntegrationResponse {
  readonly statusCode: string;
  /** A pattern over the back end's status; absent or empty in the response for everything else. */
  readonly selectionPattern?: string;
  readonly responseParameters?: Texts;
  readonly responseTemplates?: Readonly<Record<string, string | null>>;
  readonly contentHandling?: string;
}

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly contentType: string;
  /** JSON Schema draft 4, as text. */
  readonly schema: string;
}

export interface RequestValidator {
  readonly id: string;
  readonly name: string;
  readonly validateRequestBody: boolean;
  readonly validateRequestParameters: boolean;
}

/** A gateway response that was put; the types nobody put are filled in when they are read. */
export interface GatewayResponse {
  readonly responseType: string;
  readonly statusCode?: string;
  readonly responseParameters: Texts;
  readonly responseTemplates: Texts;
  readonly defaultResponse: boolean;
}

export interface Authorizer {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly authType?: string;
  readonly providerARNs?: readonly string[];
  readonly authorizerUri?: string;
  readonly authorizerCredentials?: string;
  readonly identitySource?: string;
  readonly identityValidationExpression?: string;
  readonly authorizerResultTtlInSeconds?: number;
}

/** Words about a part of an API. */
export interface DocumentationPart {
  readonly id: string;
  readonly location: DocumentationLocation;
  /** A JSON object as text, as it travels. */
  readonly properties: string;
}

/** What the words are about. An absent member stands for the default: path `/`, method and status `*`. */
export interface DocumentationLocation {
  readonly type: string;
  readonly path?: string;
  readonly method?: string;
  readonly statusCode?: string;
  readonly name?: string;
}

export interface Deployment {
  readonly id: string;
  readonly description?: string;
  readonly createdDate: number;
}

export interface Stage {
  readonly stageName: string;
  readonly deploymentId: string;
  readonly clientCertificateId?: string;
  readonly description?: string;
  readonly cacheClusterEnabled: boolean;
  readonly cacheClusterSize?: string;
  readonly cacheClusterStatus: string;
  /** By `*` + `/*`, or by the path without its first slash + `/` + verb. */
  readonly methodSettings: Readonly<Record<string, MethodSetting>>;
  readonly variables?: Texts;
  readonly documentationVersion?: string;
  readonly accessLogSettings?: { readonly destinationArn?: string; readonly format?: string };
  readonly canarySettings?: CanarySettings;
  readonly tracingEnabled: boolean;
  readonly webAclArn?: string;
  readonly tags?: Texts;
  readonly createdDate: number;
  readonly lastUpdatedDate: number;
}

export interface CanarySettings {
  /** 0 to 100. */
  readonly percentTraffic: number;
  readonly deploymentId: string;
  readonly stageVariableOverrides?: Texts;
  readonly useStageCache: boolean;
}

export interface MethodSetting {
  readonly metricsEnabled: boolean;
  readonly loggingLevel?: string;
  readonly dataTraceEnabled: boolean;
  readonly throttlingBurstLimit: number;
  readonly throttlingRateLimit: number;
  readonly cachingEnabled: boolean;
  readonly cacheTtlInSeconds: number;
  readonly cacheDataEncrypted: boolean;
  readonly requireAuthorizationForCacheControl: boolean;
  readonly unauthorizedCacheControlHeaderStrategy: string;
}

export interface Account {
  readonly cloudwatchRoleArn?: string;
  readonly throttleSettings: { readonly burstLimit: number; readonly rateLimit: number };
  readonly features: readonly string[];
  readonly apiKeyVersion: string;
}

/** The definition of one API at one moment: its working copy, or what a deployment froze. */
export interface Snapshot {
  readonly restApi: RestApi;
  /** In the order of their creation, the root first. */
  readonly resources: readonly Resource[];
  readonly models: readonly Model[];
  readonly requestValidators: readonly RequestValidator[];
  readonly authorizers: readonly Authorizer[];
  /** Only those that were put. */
  readonly gatewayResponses: readonly GatewayResponse[];
  readonly documentationParts: readonly DocumentationPart[];
}

/** Each kind of record with its shape. The first ones belong to no API, so their scope is the empty text. */
export interface Records {
  readonly account: Account;
  readonly 'rest-api': RestApi;
  readonly resource: Resource;
  readonly model: Model;
  readonly 'request-validator': RequestValidator;
  readonly authorizer: Authorizer;
  readonly 'gateway-response': GatewayResponse;
  readonly 'documentation-part': DocumentationPart;
  readonly deployment: Deployment;
  /** What a deployment froze, under the deployment's id. Never written again. */
  readonly snapshot: Snapshot;
  readonly stage: Stage;
}

export type Kind = keyof Records;
