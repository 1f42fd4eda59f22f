/**
 * Who may call a method: schemes that name an authorizer, IAM, or API keys of the service. A method has one authorizer
 * and may want a key beside it; what else a document asks for is told as a loss.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
import { type Json, own } from '../../contract/json/value.ts';
import type { Operation, RequiredScheme, SecurityScheme } from '../../contract/model.ts';
import { type Effect, type Loss, loss } from '../lower/loss.ts';
import { AUTH_TYPE, AUTHORIZER, type AuthorizerChoices, chosenScheme } from './authorizer-choice.ts';
import { filledScheme } from './template-functions.ts';

const AUTH = 'x-amazon-apigateway-auth';

/** What of an operation is about who may call it, and the schemes that this names. */
export interface MethodSecurity {
  readonly members: Readonly<Record<string, Json>>;
  readonly schemes: readonly SecurityScheme[];
}

/** @param lose - hears of what is asked for in the document and not by the service */
export function methodSecurity(
  operation: Operation,
  lose: (loss: Loss) => void,
  schemeOf: SchemeTaker,
): MethodSecurity {
  const auth = operation.extensions.get(AUTH);
  const own = auth === undefined ? {} : { [AUTH]: auth };
  const security = operation.security.map(schemes => chosenSchemes(schemes, schemeOf));
  const told = (effect: Effect, message: string, fix: string): void =>
    lose(loss(effect, { rule: 'apigateway-security', message, source: operation.source, fix }));
  if (security.length === 0 || security.some(schemes => schemes.length === 0)) {
    return { members: own, schemes: [] };
  }
  // The first of those of which the service can ask the most.
  const [chosen = []] = security.toSorted((a, b) => missing(a) - missing(b));
  const kept = chosen.filter(isAsked);
  if (kept.length === 0 && auth === undefined) {
    told(
      'unvalidated',
      `Nothing asks for the credentials that ${operation.key} needs.`,
      `Give a security scheme "${AUTHORIZER}", or let the back end ask.`,
    );
  } else if (kept.length < chosen.length && auth === undefined) {
    const names = chosen.filter(one => !isAsked(one)).map(({ name }) => name);
    told(
      'unvalidated',
      `Nothing asks for the credentials of ${names.join(' and ')} that ${operation.key} needs.`,
      `Give the security scheme "${AUTHORIZER}", or let the back end ask.`,
    );
  }
  const [first, second] = kept.filter(({ scheme }) => scheme !== undefined && !isKey(scheme));
  if (second !== undefined) {
    told(
      'unvalidated',
      `A method of API Gateway has one authorizer, so ${operation.key} does not ask for ${second.name}.`,
      'Ask for both in one authorizer.',
    );
  }
  if (security.length > 1 && kept.length > 0) {
    told(
      'changed',
      `API Gateway knows no alternatives, so ${operation.key} takes ${kept.map(({ name }) => name).join(' with ')} only.`,
      'Let one authorizer take either.',
    );
  }
  const asked = kept.filter(one => one === first || (one.scheme !== undefined && isKey(one.scheme)));
  const required = asked.map(({ name, scopes }) => ({ [name]: [...scopes] }));
  return {
    members: { ...(required.length === 0 ? {} : { security: required }), ...own },
    schemes: asked.flatMap(({ scheme }) => scheme ?? []),
  };
}

/** Without those that the back end asks for. */
function chosenSchemes(schemes: readonly RequiredScheme[], schemeOf: SchemeTaker): readonly RequiredScheme[] {
  return schemes.flatMap(one => {
    if (one.scheme === undefined) return [one];
    const scheme = schemeOf(one.scheme);
    return scheme === undefined ? [] : [{ ...one, scheme }];
  });
}

/** A scheme as the stage has it; undefined for one that the gateway does not ask for. */
export type SchemeTaker = (scheme: SecurityScheme) => SecurityScheme | undefined;

/**
 * Takes each scheme once, whichever operations ask for it.
 *
 * @param lose - hears of authorizers that only a template can fill in; undefined where they go into one
 */
export function schemeTaker(
  authorizers: AuthorizerChoices = {},
  lose: ((loss: Loss) => void) | undefined,
): SchemeTaker {
  const taken = new Map<SecurityScheme, SecurityScheme | undefined>();
  return scheme => {
    if (taken.has(scheme)) return taken.get(scheme);
    const choice = Object.hasOwn(authorizers, scheme.name) ? authorizers[scheme.name] : undefined;
    const usual = choice === undefined && lose !== undefined ? filledScheme(scheme, lose) : scheme;
    const chosen = chosenScheme(usual, choice);
    taken.set(scheme, chosen);
    return chosen;
  };
}

/** Of an API that asks nobody. */
export function openMethod({ security, key, source }: Operation, lose: (loss: Loss) => void): MethodSecurity {
  if (security.length > 0 && security.every(schemes => schemes.length > 0)) {
    const message = `Nothing asks for the credentials that ${key} needs: mocks are open to everybody.`;
    const fix = 'Serve it from its back end, with an authorizer.';
    lose(loss('unvalidated', { rule: 'apigateway-security', message, source, fix }));
  }
  return { members: {}, schemes: [] };
}

/** `securitySchemes`: REST APIs know them as API keys in a header, whatever they are, with what else is said of them. */
export function gatewayScheme(scheme: SecurityScheme): Json {
  const { extensions } = scheme;
  const inHeader = scheme.kind === 'apiKey' && scheme.in === 'header';
  const carried = [AUTH_TYPE, AUTHORIZER].flatMap(name => {
    const value = extensions.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const header = inHeader ? scheme.parameter : scheme.kind === 'apiKey' ? 'Unused' : 'Authorization';
  return { type: 'apiKey', name: header, in: 'header', ...Object.fromEntries(carried) };
}

function missing(schemes: readonly RequiredScheme[]): number {
  return schemes.filter(one => !isAsked(one)).length;
}

/** True for a scheme that the service itself can ask for. */
function isAsked({ scheme }: RequiredScheme): boolean {
  if (scheme === undefined) return false;
  const authorizer = scheme.extensions.get(AUTHORIZER);
  // HTTP APIs alone look into JWTs.
  if (authorizer !== undefined) return !/^jwt$/i.test(String(own(authorizer, 'type')));
  return isIam(scheme) || isKey(scheme);
}

function isIam({ extensions }: SecurityScheme): boolean {
  return String(extensions.get(AUTH_TYPE)).toLowerCase() === 'awssigv4';
}

/** The service's own API keys come in a header of this name. */
function isKey(scheme: SecurityScheme): boolean {
  const { extensions } = scheme;
  return (
    scheme.kind === 'apiKey' &&
    scheme.in === 'header' &&
    scheme.parameter.toLowerCase() === 'x-api-key' &&
    !extensions.has(AUTHORIZER) &&
    !isIam(scheme)
  );
}
