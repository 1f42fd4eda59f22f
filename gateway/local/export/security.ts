/** Who may call, as security schemes and the security of operations. */
import { present } from '../control/members.ts';
import type { Authorizer, Method } from '../state/records.ts';
import type { ExportView, Written } from './export-view.ts';
import { wordsFor } from './words.ts';

/** The names under which schemes stand that are no authorizers. */
interface OwnNames {
  readonly key: string;
  readonly iam: string;
}

/** All authorizers, and a scheme for keys and one for IAM where a method asks for them. */
export function securitySchemesOf(view: ExportView): Written {
  const names = ownNames(view);
  const methods = view.snapshot.resources.flatMap(({ resourceMethods = {} }) =>
    Object.values(resourceMethods),
  );
  const schemes: (readonly [string, Written])[] = view.snapshot.authorizers.map(authorizer => [
    authorizer.name,
    authorizerScheme(view, authorizer),
  ]);
  if (methods.some(({ apiKeyRequired }) => apiKeyRequired)) {
    schemes.push([names.key, { type: 'apiKey', name: 'x-api-key', in: 'header' }]);
  }
  if (methods.some(({ authorizationType }) => authorizationType === 'AWS_IAM')) {
    schemes.push([
      names.iam,
      { type: 'apiKey', name: 'Authorization', in: 'header', ...authType(view, 'awsSigv4') },
    ]);
  }
  return Object.fromEntries(schemes);
}

/** Undefined for a method that anybody may call. */
export function operationSecurity(view: ExportView, method: Method): readonly Written[] | undefined {
  const { authorizationType, authorizerId, authorizationScopes, apiKeyRequired } = method;
  const names = ownNames(view);
  const authorizer = view.snapshot.authorizers.find(({ id }) => id === authorizerId);
  const security: Written[] = [];
  if (authorizationType === 'AWS_IAM') security.push({ [names.iam]: [] });
  else if (authorizer !== undefined)
    security.push(Object.fromEntries([[authorizer.name, authorizationScopes ?? []]]));
  if (apiKeyRequired) security.push({ [names.key]: [] });
  return security.length > 0 ? security : undefined;
}

function authorizerScheme(view: ExportView, authorizer: Authorizer): Written {
  const { name, identitySource, type } = authorizer;
  const header = /^method\.request\.header\.([^,\s]+)$/.exec(identitySource ?? '')?.[1];
  // A scheme has one header; what else is read stands in the extension only (reference 1.3).
  const needsSource = header === undefined || type === 'REQUEST';
  return {
    type: 'apiKey',
    name: header ?? 'Unused',
    in: 'header',
    ...wordsFor(view, { type: 'AUTHORIZER', name }, 'description'),
    ...authType(view, authorizer.authType),
    ...(view.authorizers && {
      'x-amazon-apigateway-authorizer': present({
        type: type.toLowerCase(),
        providerARNs: authorizer.providerARNs,
        authorizerUri: authorizer.authorizerUri,
        authorizerCredentials: authorizer.authorizerCredentials,
        identitySource: needsSource ? identitySource : undefined,
        identityValidationExpression: authorizer.identityValidationExpression,
        authorizerResultTtlInSeconds: authorizer.authorizerResultTtlInSeconds,
      }) as Written,
    }),
  };
}

function authType({ integrations, authorizers }: ExportView, type: string | undefined): Written {
  return type !== undefined && (integrations || authorizers) ? { 'x-amazon-apigateway-authtype': type } : {};
}

/** Authorizers keep their names, so a scheme of ours makes way for one that is called the same. */
function ownNames({ snapshot }: ExportView): OwnNames {
  const taken = new Set(snapshot.authorizers.map(({ name }) => name));
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  return { key: free('api_key'), iam: free('sigv4') };
}
