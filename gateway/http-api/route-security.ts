/**
 * Who may call a route of an HTTP API: a JWT authorizer, a Lambda function that sees the request, or IAM. There are no API
 * keys, no user pools by themselves and no functions that see a token alone; what is asked for so is told as a loss.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
 */
import { isObject, type Json, type JsonObject } from '../../contract/json/value.ts';
import type { Operation, RequiredScheme, SecurityScheme } from '../../contract/model.ts';
import {
  AUTH_TYPE,
  AUTHORIZER,
  type AuthorizerChoices,
  chosenScheme,
} from '../document/authorizer-choice.ts';

export interface RouteSecurity {
  /** The one scheme that the gateway asks for, as a requirement of OpenAPI; undefined for an open route. */
  readonly required: { readonly name: string; readonly scopes: readonly string[] } | undefined;
  /** As `securitySchemes` has it. */
  readonly scheme: Json | undefined;
}

const OPEN: RouteSecurity = { required: undefined, scheme: undefined };

/** @param lose - hears of what nothing asks for, and what to do about it */
export function routeSecurity(
  { key, security }: Operation,
  authorizers: AuthorizerChoices,
  lose: (message: string, fix: string) => void,
): RouteSecurity {
  const alternatives = security.map(schemes => schemes.flatMap(one => settled(one, authorizers)));
  if (alternatives.length === 0 || alternatives.some(schemes => schemes.length === 0)) return OPEN;
  // The first of those of which nothing is lost, else the first of which something is kept.
  const lost = (schemes: readonly RequiredScheme[]): number =>
    schemes.filter(one => routeScheme(one.scheme) === undefined).length + Math.max(0, schemes.length - 1);
  const [chosen = []] = alternatives.toSorted((a, b) => lost(a) - lost(b));
  const kept = chosen.find(one => routeScheme(one.scheme) !== undefined);
  const others = chosen.filter(one => one !== kept).map(({ name }) => name);
  if (others.length > 0) {
    lose(
      `HTTP APIs do not ask for the credentials of ${others.join(' and ')} that ${key} needs.`,
      `Give the scheme "${AUTHORIZER}" of the type jwt, with issuer and audience, or of the type request; or let the back end ask.`,
    );
  }
  if (kept === undefined) return OPEN;
  if (alternatives.length > 1)
    lose(`A route has one authorizer, so ${key} takes ${kept.name} only.`, 'Let one authorizer take either.');
  return { required: { name: kept.name, scopes: kept.scopes }, scheme: routeScheme(kept.scheme) };
}

function settled(one: RequiredScheme, authorizers: AuthorizerChoices): readonly RequiredScheme[] {
  const choice = Object.hasOwn(authorizers, one.name) ? authorizers[one.name] : undefined;
  if (one.scheme === undefined) return [one];
  const scheme = chosenScheme(one.scheme, choice);
  return scheme === undefined ? [] : [{ ...one, scheme }];
}

/** The scheme with an authorizer of HTTP APIs; undefined for one that they cannot have. */
function routeScheme(scheme: SecurityScheme | undefined): Json | undefined {
  if (scheme === undefined) return undefined;
  const { extensions } = scheme;
  if (/^awssigv4$/i.test(String(extensions.get(AUTH_TYPE))))
    return { type: 'apiKey', name: 'Authorization', in: 'header', [AUTH_TYPE]: 'awsSigv4' };
  const authorizer = extensions.get(AUTHORIZER);
  if (!isObject(authorizer)) return undefined;
  switch (String(authorizer['type']).toLowerCase()) {
    case 'jwt':
      return {
        ...tokenScheme(scheme),
        [AUTHORIZER]: { identitySource: '$request.header.Authorization', ...authorizer },
      };
    case 'request':
      return {
        type: 'apiKey',
        name: scheme.kind === 'apiKey' && scheme.in === 'header' ? scheme.parameter : 'Authorization',
        in: 'header',
        [AUTHORIZER]: requestAuthorizer(authorizer),
      };
    default:
      return undefined;
  }
}

function tokenScheme(scheme: SecurityScheme): JsonObject {
  // What flows there are is the document's matter; an HTTP API looks at tokens only.
  return scheme.kind === 'openIdConnect'
    ? { type: 'openIdConnect', openIdConnectUrl: scheme.url }
    : { type: 'oauth2', flows: {} };
}

/** A function that was made for a REST API is asked in the same words: format 1.0. */
function requestAuthorizer({ identitySource, ...authorizer }: JsonObject): JsonObject {
  const sources =
    typeof identitySource === 'string'
      ? identitySource.replaceAll('method.request.', '$request.')
      : undefined;
  const named = sources
    ?.split(',')
    .map(source => source.trim())
    .map(source => (/^(context|stageVariables)\./.test(source) ? `$${source}` : source));
  return {
    ...authorizer,
    ...(named === undefined ? {} : { identitySource: named.join(',') }),
    authorizerPayloadFormatVersion: authorizer['authorizerPayloadFormatVersion'] ?? '1.0',
  };
}
