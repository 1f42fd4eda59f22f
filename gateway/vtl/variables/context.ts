/**
 * `$context` (apigateway.md 3.5): what API Gateway knows of a request. It is a map that lives as long as the request:
 * what one template writes into it the next can read, and the overrides in it are applied at the end
 * (`overrides.ts`).
 */
import { HostObject, isMap, toValue, type Value, type ValueMap } from '../values.ts';

/** What is known before the integration is called. Whatever is left out is null in templates. */
export interface ContextFields {
  readonly accountId?: string;
  readonly apiId?: string;
  readonly authorizer?: AuthorizerFields;
  readonly awsEndpointRequestId?: string;
  readonly deploymentId?: string;
  readonly domainName?: string;
  readonly domainPrefix?: string;
  readonly extendedRequestId?: string;
  readonly httpMethod?: string;
  readonly identity?: IdentityFields;
  /** Only once the stage has a canary. */
  readonly isCanaryRequest?: boolean;
  /** With the stage in front. */
  readonly path?: string;
  readonly protocol?: string;
  readonly requestId?: string;
  /** `dd/MMM/yyyy:HH:mm:ss +0000` */
  readonly requestTime?: string;
  readonly requestTimeEpoch?: number;
  readonly resourceId?: string;
  /** As it is declared, without the stage. */
  readonly resourcePath?: string;
  readonly stage?: string;
  readonly wafResponseCode?: string;
  readonly webaclArn?: string;
  /** Only in access logs. */
  readonly customDomain?: { readonly basePathMatched?: string };
}

export interface IdentityFields {
  readonly accessKey?: string;
  readonly accountId?: string;
  readonly apiKey?: string;
  readonly apiKeyId?: string;
  readonly caller?: string;
  readonly clientCert?: {
    readonly clientCertPem?: string;
    readonly subjectDN?: string;
    readonly issuerDN?: string;
    readonly serialNumber?: string;
    readonly validity?: { readonly notBefore?: string; readonly notAfter?: string };
  };
  readonly cognitoAuthenticationProvider?: string;
  readonly cognitoAuthenticationType?: string;
  readonly cognitoIdentityId?: string;
  readonly cognitoIdentityPoolId?: string;
  readonly principalOrgId?: string;
  readonly sourceIp?: string;
  readonly user?: string;
  readonly userAgent?: string;
  readonly userArn?: string;
  readonly vpcId?: string;
  readonly vpceId?: string;
}

export interface AuthorizerFields {
  readonly principalId?: string;
  /** What a Lambda authorizer gave as its context. All of it is text. */
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
  /** Of a Cognito user pool. */
  readonly claims?: Readonly<Record<string, string>>;
}

/** What went wrong; only in gateway responses and access logs. */
export interface ErrorFields {
  /** Undefined for the errors of authorizers, which say nothing. */
  readonly message: string | undefined;
  readonly responseType: string;
  /** What each body said against its model. */
  readonly validationErrors?: readonly string[];
}

/** `$context` for one request, with empty overrides for templates to fill. */
export function contextVariable(fields: ContextFields): ValueMap {
  const { authorizer, ...plain } = fields;
  const context = toValue(plain) as ValueMap;
  for (const [name, value] of context) if (value === null) context.delete(name);
  if (authorizer !== undefined) context.set('authorizer', authorizerVariable(authorizer));
  if (!context.has('identity')) context.set('identity', new Map());
  context.set(
    'requestOverride',
    new Map<Value, Value>(['header', 'path', 'querystring'].map(name => [name, new Map()])),
  );
  context.set('responseOverride', new Map<Value, Value>([['header', new Map()]]));
  return context;
}

function authorizerVariable({ principalId, properties = {}, claims }: AuthorizerFields): ValueMap {
  const authorizer: ValueMap = new Map();
  for (const [name, value] of Object.entries(properties)) authorizer.set(name, String(value));
  if (principalId !== undefined) authorizer.set('principalId', principalId);
  if (claims !== undefined) authorizer.set('claims', new Claims(new Map(Object.entries(claims))));
  return authorizer;
}

/** Single claims can be read; all of them together print nothing. */
class Claims extends HostObject {
  readonly #claims: ReadonlyMap<string, string>;

  constructor(claims: ReadonlyMap<string, string>) {
    super('claims', {
      properties: Object.fromEntries([...claims.keys()].map(name => [name, () => this.claim(name)])),
      methods: { get: ([name]) => (typeof name === 'string' ? this.claim(name) : null) },
      text: () => '',
    });
    this.#claims = claims;
  }

  claim(name: string): string | null {
    return this.#claims.get(name) ?? null;
  }
}

/** Says in `$context.error` what went wrong. */
export function setError(context: ValueMap, { message, responseType, validationErrors }: ErrorFields): void {
  const error = new Map<Value, Value>([
    ['message', message ?? null],
    // The message in quotes, so that a template can print it as JSON; JSON's null where there is none.
    ['messageString', message === undefined ? 'null' : JSON.stringify(message)],
    ['responseType', responseType],
  ]);
  if (validationErrors !== undefined) error.set('validationErrorString', `[${validationErrors.join(', ')}]`);
  context.set('error', error);
}

/**
 * What stands at a dotted name such as `identity.sourceIp`, as mapping expressions (`context.…`) and access logs ask;
 * undefined where nothing does.
 *
 * @example
 * ```ts
 * import { contextField, contextVariable } from './gateway/vtl/variables/context.ts';
 *
 * const context = contextVariable({ stage: 'prod', identity: { sourceIp: '127.0.0.1' } });
 * console.log(contextField(context, 'identity.sourceIp')); // 127.0.0.1
 * ```
 */
export function contextField(context: ValueMap, name: string): Value | undefined {
  let found: Value | undefined = context;
  for (const part of name.split('.')) {
    if (isMap(found)) found = found.get(part);
    else if (found instanceof Claims) found = found.claim(part);
    else return undefined;
  }
  return found === null || found instanceof HostObject ? undefined : found;
}
