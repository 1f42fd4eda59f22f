/**
 * Security Scheme Object and Security Requirement Object.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#security-scheme-object
 */
import { isArray, isObject, own } from '../json/value.ts';
import type { OAuthFlow, SchemeCommon, SecurityRequirement, SecurityScheme } from '../model.ts';
import { below } from '../source.ts';
import {
  type BuildContext,
  child,
  children,
  extensionsOf,
  type Node,
  type ObjectNode,
  settleObject,
  stringOf,
} from './context.ts';
import { swaggerFlows } from './swagger-2.ts';

/** `components.securitySchemes`, or 2.0's `securityDefinitions`. */
export function buildSecuritySchemes(
  context: BuildContext,
  node: Node | undefined,
): ReadonlyMap<string, SecurityScheme> {
  const schemes = new Map<string, SecurityScheme>();
  for (const [name, written] of children(node, true)) {
    const settled = settleObject(context, written);
    const scheme = settled === undefined ? undefined : buildSecurityScheme(context, name, settled);
    if (scheme !== undefined) schemes.set(name, scheme);
  }
  return schemes;
}

function buildSecurityScheme(
  context: BuildContext,
  name: string,
  node: ObjectNode,
): SecurityScheme | undefined {
  const common: SchemeCommon = {
    source: node.source,
    name,
    description: stringOf(node.raw, 'description'),
    extensions: extensionsOf(node.raw),
  };
  const type = stringOf(node.raw, 'type');
  switch (type) {
    case 'apiKey': {
      const location = stringOf(node.raw, 'in');
      const parameter = stringOf(node.raw, 'name');
      if (
        parameter !== undefined &&
        (location === 'query' || location === 'header' || location === 'cookie')
      ) {
        return { kind: 'apiKey', in: location, parameter, ...common };
      }
      break;
    }
    case 'basic':
      return { kind: 'http', scheme: 'basic', bearerFormat: undefined, ...common };
    case 'http': {
      const scheme = stringOf(node.raw, 'scheme')?.toLowerCase();
      if (scheme !== undefined)
        return { kind: 'http', scheme, bearerFormat: stringOf(node.raw, 'bearerFormat'), ...common };
      break;
    }
    case 'oauth2':
      return {
        kind: 'oauth2',
        flows:
          own(node.raw, 'flows') === undefined ? swaggerFlows(node.raw) : buildFlows(child(node, 'flows')),
        ...common,
      };
    case 'openIdConnect':
      return { kind: 'openIdConnect', url: stringOf(node.raw, 'openIdConnectUrl') ?? '', ...common };
    case 'mutualTLS':
      return { kind: 'mutualTLS', ...common };
    default:
  }
  context.report({
    rule: 'security-scheme',
    severity: 'error',
    message: `The security scheme "${name}" is not complete: ${type === 'apiKey' ? '"name" and "in" (query, header, cookie) are needed' : type === 'http' ? '"scheme" is needed' : type === undefined ? '"type" is needed' : `${JSON.stringify(type)} is no type`}.`,
    source: node.source,
    fix: 'Use type apiKey, http, oauth2, openIdConnect or mutualTLS with the members each of them needs.',
  });
  return undefined;
}

function buildFlows(node: Node | undefined): ReadonlyMap<string, OAuthFlow> {
  return new Map(
    children(node).map(([name, flow]) => {
      const scopes = own(flow.raw, 'scopes');
      return [
        name,
        {
          authorizationUrl: stringOf(flow.raw, 'authorizationUrl'),
          tokenUrl: stringOf(flow.raw, 'tokenUrl'),
          refreshUrl: stringOf(flow.raw, 'refreshUrl'),
          scopes: new Map(
            isObject(scopes) ? Object.entries(scopes).map(([scope, text]) => [scope, String(text)]) : [],
          ),
        },
      ];
    }),
  );
}

/** The alternatives of a `security` list. A scheme nobody defined is reported and kept, so that nothing opens by a typing slip. */
export function buildSecurity(
  context: BuildContext,
  node: Node,
  schemes: () => ReadonlyMap<string, SecurityScheme>,
): readonly SecurityRequirement[] {
  return requirements(context, node).map(requirement =>
    (isObject(requirement.raw) ? Object.entries(requirement.raw) : []).map(([name, scopes]) => {
      const scheme = schemes().get(name);
      if (scheme === undefined) {
        context.report({
          rule: 'security-undefined',
          severity: 'error',
          message: `"${name}" is not among the document's security schemes.`,
          source: below(requirement.source, name),
          fix:
            context.dialect === '2.0'
              ? 'Define it under "securityDefinitions".'
              : 'Define it under "components.securitySchemes".',
        });
      }
      return { name, scheme, scopes: isArray(scopes) ? scopes.map(String) : [] };
    }),
  );
}

/** The list's entries. Some write one requirement without a list; read as none, it would open what they closed. */
function requirements(context: BuildContext, node: Node): readonly Node[] {
  if (isArray(node.raw)) return children(node, true).map(([, requirement]) => requirement);
  context.report({
    rule: 'security-form',
    severity: 'error',
    message: '"security" must be a list of requirements; this is read as one requirement.',
    source: node.source,
    fix: 'Put a dash before each alternative; what belongs together stays in one of them.',
  });
  return [node];
}
