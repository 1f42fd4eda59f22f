/**
 * Who lets callers in on a stage, by the document's security schemes: a Lambda function, a user pool, IAM, API keys of
 * the service, who issues JWTs, or the back end alone. What the document says of a scheme itself holds where nothing is chosen.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
 */
import type { Json } from '../../contract/json/value.ts';
import type { SecurityScheme } from '../../contract/model.ts';
import { functionAddress } from '../integration/back-end-address.ts';

/** `back_end`: the gateway lets everybody through, and what stands behind it asks. */
export type AuthorizerChoice =
  | 'iam'
  | 'api_key'
  | 'back_end'
  | LambdaAuthorizer
  | UserPoolAuthorizer
  | JwtAuthorizer;

interface AuthorizerSettings {
  /** Where the credentials are, as `method.request.header.X`; several, with commas between. Default: where the scheme has them. */
  readonly identitySource?: string;
  /** Seconds for which a result is kept, 0 to 3600. Default: the service's own, 300. */
  readonly ttl?: number;
}

export interface LambdaAuthorizer extends AuthorizerSettings {
  readonly type: 'token' | 'request';
  /** By name or ARN; `${stageVariables.…}` may stand in it. */
  readonly function: string;
  /** The role that the service takes on to call the function. */
  readonly credentials?: string;
  /** Tokens that do not fit this pattern are refused without asking the function. */
  readonly pattern?: string;
}

export interface UserPoolAuthorizer extends AuthorizerSettings {
  readonly type: 'cognito_user_pools';
  /** ARNs of the pools. */
  readonly userPools: readonly string[];
}

/** HTTP APIs have these, REST APIs do not. */
export interface JwtAuthorizer {
  readonly type: 'jwt';
  /** Who issues the tokens, as they say it. */
  readonly issuer: string;
  /** Whom tokens are for; one of these is enough. */
  readonly audience: readonly string[];
  /** Where tokens are, as `$request.header.X`. Default: `$request.header.Authorization`. */
  readonly identitySource?: string;
}

export type AuthorizerChoices = Readonly<Record<string, AuthorizerChoice>>;

export const AUTHORIZER = 'x-amazon-apigateway-authorizer';
export const AUTH_TYPE = 'x-amazon-apigateway-authtype';

/** The scheme as the choice makes it; undefined for one that the gateway does not ask for. */
export function chosenScheme(
  scheme: SecurityScheme,
  choice: AuthorizerChoice | undefined,
): SecurityScheme | undefined {
  if (choice === undefined) return scheme;
  if (choice === 'back_end') return undefined;
  const others = [...scheme.extensions].filter(([name]) => name !== AUTHORIZER && name !== AUTH_TYPE);
  const withExtensions = (more: Readonly<Record<string, Json>>): SecurityScheme => ({
    ...scheme,
    extensions: new Map([...others, ...Object.entries(more)]),
  });
  if (choice === 'iam' || choice === 'api_key') {
    const { source, name, description } = scheme;
    const isIam = choice === 'iam';
    const extensions = new Map<string, Json>([
      ...others,
      ...(isIam ? [[AUTH_TYPE, 'awsSigv4'] as const] : []),
    ]);
    const parameter = isIam ? 'Authorization' : 'x-api-key';
    return { kind: 'apiKey', source, name, description, in: 'header', parameter, extensions };
  }
  if (choice.type === 'jwt') return withExtensions({ [AUTHORIZER]: jwtJson(choice) });
  return choice.type === 'cognito_user_pools'
    ? withExtensions({ [AUTH_TYPE]: 'cognito_user_pools', [AUTHORIZER]: userPoolJson(choice) })
    : withExtensions({ [AUTH_TYPE]: 'custom', [AUTHORIZER]: lambdaJson(choice, scheme) });
}

function userPoolJson({ userPools, ...settings }: UserPoolAuthorizer): Json {
  return { type: 'cognito_user_pools', providerARNs: [...userPools], ...common(settings) };
}

function jwtJson({ issuer, audience, identitySource }: JwtAuthorizer): Json {
  return {
    type: 'jwt',
    jwtConfiguration: { issuer, audience: [...audience] },
    ...(identitySource === undefined ? {} : { identitySource }),
  };
}

function lambdaJson(choice: LambdaAuthorizer, scheme: SecurityScheme): Json {
  const { type, credentials, pattern, identitySource = sourceOf(choice, scheme) } = choice;
  return {
    type,
    authorizerUri: functionAddress(choice.function),
    ...(credentials === undefined ? {} : { authorizerCredentials: credentials }),
    ...(pattern === undefined ? {} : { identityValidationExpression: pattern }),
    ...common({ ...choice, ...(identitySource === undefined ? {} : { identitySource }) }),
  };
}

/** A function of type `request` is told where to look; one of type `token` looks into the scheme's header. */
function sourceOf({ type }: LambdaAuthorizer, scheme: SecurityScheme): string | undefined {
  if (type !== 'request') return undefined;
  if (scheme.kind !== 'apiKey') return 'method.request.header.Authorization';
  // There is no expression for one cookie.
  if (scheme.in === 'cookie') return 'method.request.header.Cookie';
  return `method.request.${scheme.in === 'query' ? 'querystring' : 'header'}.${scheme.parameter}`;
}

function common({ identitySource, ttl }: AuthorizerSettings): Readonly<Record<string, Json>> {
  return {
    ...(identitySource === undefined ? {} : { identitySource }),
    ...(ttl === undefined ? {} : { authorizerResultTtlInSeconds: ttl }),
  };
}
