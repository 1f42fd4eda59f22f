/**
 * Who may call: security schemes become authorizers, and the security of an operation picks one of them, IAM, or an API
 * key. The document's own security holds for operations without any, as AWS was recorded to do (reference 6.4).
 */
import { isArray, isObject, type Json, type JsonObject, own } from '../../../contract/json/value.ts';
import { present } from '../control/members.ts';
import type { Authorizer, Method } from '../state/records.ts';
import {
  arrayAt,
  type ImportScope,
  membersAt,
  numberOf,
  objectAt,
  shown,
  textAt,
  textsAt,
  wrongType,
} from './scope.ts';
import { authorizerNotCreated, type MethodPlace, unknownScheme, unsupportedScheme } from './wording.ts';

export type Scheme =
  | { readonly kind: 'authorizer'; readonly authorizer: Authorizer }
  | { readonly kind: 'iam' }
  | { readonly kind: 'api-key' }
  | { readonly kind: 'ignored' };

export type Schemes = ReadonlyMap<string, Scheme>;

/** What of a method is about who may call it. */
export type MethodSecurity = Pick<
  Method,
  'authorizationType' | 'authorizerId' | 'authorizationScopes' | 'apiKeyRequired'
>;

/** The schemes of a document by name. */
export function securitySchemes(scope: ImportScope): Schemes {
  const { root } = scope.document;
  // Seen: AWS's own samples carry the definitions of Swagger 2.0 in OpenAPI 3 documents, and are served with them.
  const holders: readonly (readonly [string, Json | undefined])[] = [
    ['components.securitySchemes', own(own(root, 'components'), 'securitySchemes')],
    ['securityDefinitions', own(root, 'securityDefinitions')],
  ];
  const schemes = new Map<string, Scheme>();
  for (const [holder, members] of holders) {
    for (const [name, value] of membersAt(scope, members, holder)) {
      const place = `${holder}.${name}`;
      const node = objectAt(scope, value, place);
      if (node !== undefined) schemes.set(name, schemeOf(scope, name, node, place));
    }
  }
  return schemes;
}

function schemeOf(scope: ImportScope, name: string, node: JsonObject, place: string): Scheme {
  const extension = own(node, 'x-amazon-apigateway-authorizer');
  const authType = own(node, 'x-amazon-apigateway-authtype');
  if (extension !== undefined) {
    const object = objectAt(scope, extension, `${place}.x-amazon-apigateway-authorizer`);
    if (object === undefined) return { kind: 'ignored' };
    return { kind: 'authorizer', authorizer: authorizerOf(scope, name, node, object, place) };
  }
  if (typeof authType === 'string' && authType.toLowerCase() === 'awssigv4') return { kind: 'iam' };
  if (own(node, 'type') === 'apiKey') {
    const header = own(node, 'name');
    if (typeof header === 'string' && header.toLowerCase() === 'x-api-key') return { kind: 'api-key' };
    return { kind: 'ignored' };
  }
  scope.findings.warnings.push(unsupportedScheme(shown(own(node, 'type')), name));
  return { kind: 'ignored' };
}

function authorizerOf(
  scope: ImportScope,
  name: string,
  scheme: JsonObject,
  extension: JsonObject,
  place: string,
): Authorizer {
  const text = (key: string): string | undefined =>
    textAt(scope, own(extension, key), `${place}.x-amazon-apigateway-authorizer.${key}`);
  const type = (text('type') ?? '').toUpperCase();
  if (!['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS'].includes(type)) {
    scope.findings.errors.push(
      authorizerNotCreated(name, 'Authorizer type must be one of: [TOKEN, REQUEST, COGNITO_USER_POOLS]'),
    );
  }
  const isCognito = type === 'COGNITO_USER_POOLS';
  const arns = textsAt(scope, own(extension, 'providerARNs'), `${place}.providerARNs`);
  const authType = own(scheme, 'x-amazon-apigateway-authtype');
  const header = own(scheme, 'name');
  const named = typeof header === 'string' ? `method.request.header.${header}` : undefined;
  // A REQUEST authorizer names its sources itself, and its scheme is called `Unused` where they are no header.
  const identitySource = text('identitySource') ?? (type === 'REQUEST' ? undefined : named);
  const ttl = numberOf(own(extension, 'authorizerResultTtlInSeconds'));
  return present({
    id: scope.idOf('authorizer', name),
    name,
    type,
    authType: typeof authType === 'string' ? authType : isCognito ? 'cognito_user_pools' : 'custom',
    providerARNs: isCognito ? (arns ?? []) : undefined,
    authorizerUri: text('authorizerUri'),
    authorizerCredentials: text('authorizerCredentials'),
    identitySource,
    identityValidationExpression: text('identityValidationExpression'),
    authorizerResultTtlInSeconds: Number.isInteger(ttl) ? ttl : undefined,
  });
}

/** The security of one operation: `x-amazon-apigateway-auth` before its own security before the document's. */
export function methodSecurityOf(
  scope: ImportScope,
  schemes: Schemes,
  operation: JsonObject,
  at: MethodPlace & { readonly place: string },
): MethodSecurity {
  const security = readSecurity(
    scope,
    schemes,
    own(operation, 'security') ?? own(scope.document.root, 'security'),
    at,
  );
  const auth = objectAt(
    scope,
    own(operation, 'x-amazon-apigateway-auth'),
    `${at.place}.x-amazon-apigateway-auth`,
  );
  const type = own(auth, 'type');
  if (typeof type !== 'string') return security;
  const { apiKeyRequired } = security;
  switch (type.toUpperCase()) {
    case 'NONE':
      return { authorizationType: 'NONE', apiKeyRequired };
    case 'AWS_IAM':
      return { authorizationType: 'AWS_IAM', apiKeyRequired };
    default:
      // CUSTOM and COGNITO_USER_POOLS need an authorizer, which only security names.
      return security;
  }
}

function readSecurity(
  scope: ImportScope,
  schemes: Schemes,
  value: Json | undefined,
  at: MethodPlace & { readonly place: string },
): MethodSecurity {
  let apiKeyRequired = false;
  let chosen: Omit<MethodSecurity, 'apiKeyRequired'> | undefined;
  for (const [index, requirement] of arrayAt(scope, value, `${at.place}.security`).entries()) {
    if (!isObject(requirement)) {
      wrongType(scope, `${at.place}.security.[${index}]`, 'object');
      continue;
    }
    for (const [name, scopes] of Object.entries(requirement)) {
      const scheme = schemes.get(name);
      if (scheme === undefined) scope.findings.warnings.push(unknownScheme(name, at));
      else if (scheme.kind === 'api-key') apiKeyRequired = true;
      else if (scheme.kind === 'iam') chosen ??= { authorizationType: 'AWS_IAM' };
      else if (scheme.kind === 'authorizer') chosen ??= byAuthorizer(scheme.authorizer, scopes);
    }
  }
  return { authorizationType: 'NONE', ...chosen, apiKeyRequired };
}

function byAuthorizer({ id, type }: Authorizer, value: Json): Omit<MethodSecurity, 'apiKeyRequired'> {
  const isCognito = type === 'COGNITO_USER_POOLS';
  const scopes = isArray(value) ? value.filter(scope => typeof scope === 'string') : [];
  return {
    authorizationType: isCognito ? 'COGNITO_USER_POOLS' : 'CUSTOM',
    authorizerId: id,
    ...(isCognito && scopes.length > 0 && { authorizationScopes: scopes }),
  };
}
