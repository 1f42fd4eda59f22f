/**
 * A contract as the document that API Gateway imports as an HTTP API: routes to proxies, authorizers and CORS. HTTP APIs
 * check no request, render no template and have no mocks, so most of what a document says is for the back end; everything
 * that a REST API would have kept is told as a loss. Same contract, same document, byte for byte.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 */
import { isObject, type Json, type JsonObject } from '../../contract/json/value.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { AuthorizerChoices } from '../document/authorizer-choice.ts';
import type { GatewayDocument } from '../document/gateway-document.ts';
import { pathParameters } from '../document/method-parameters.ts';
import { placeOperations } from '../document/resource-paths.ts';
import {
  chosenIntegration,
  type IntegrationChoices,
  type IntegrationSettings,
} from '../integration/integration-choice.ts';
import { proxyIntegration } from '../integration/proxy-integration.ts';
import { type Effect, type Loss, loss, sortLosses } from '../lower/loss.ts';
import { routeIntegration } from './route-integration.ts';
import { routeSecurity } from './route-security.ts';

export interface HttpDocumentOptions {
  /** What answers each operation. Default: the document's own integration. */
  readonly integrations?: IntegrationChoices;
  /** Who lets callers in, by security scheme. Default: what the document says. */
  readonly authorizers?: AuthorizerChoices;
  /** Lets pages of any origin read the answers, unless the document says itself which may. Default: true. */
  readonly cors?: boolean;
}

export interface HttpDocument extends GatewayDocument {
  /** Operations that nothing could answer, each with the type of integration that HTTP APIs do not have. */
  readonly unanswered: readonly { readonly key: string; readonly type: string }[];
}

const INTEGRATION = 'x-amazon-apigateway-integration';
const CORS = 'x-amazon-apigateway-cors';

/** Extensions of the root that only a REST API heeds, and what becomes of what they say. */
const REST_ONLY: readonly (readonly [name: string, effect: Effect, what: string])[] = [
  ['x-amazon-apigateway-policy', 'unvalidated', 'no resource policies, so nothing keeps callers out by it'],
  [
    'x-amazon-apigateway-gateway-responses',
    'changed',
    'no gateway responses, so refusals are in its own words',
  ],
  ['x-amazon-apigateway-minimum-compression-size', 'changed', 'no compression of their own'],
  ['x-amazon-apigateway-documentation', 'dropped', 'no documentation parts'],
];

/**
 * The document for an HTTP API, and what it could not take along.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { httpDocument } from './gateway/http-api/http-document.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /pets: { get: { responses: { "204": {} } } } }\n');
 * if (contract !== undefined) console.log(httpDocument(contract, { integrations: { all: 'http_proxy' } }).document);
 * ```
 */
export function httpDocument(contract: Contract, options: HttpDocumentOptions = {}): HttpDocument {
  const { integrations = {}, authorizers = {}, cors = true } = options;
  const losses: Loss[] = [];
  const lose = (one: Loss): void => {
    losses.push(one);
  };
  const ownCors = contract.extensions.get(CORS);
  const isCors = ownCors !== undefined || cors;
  const unanswered: { key: string; type: string }[] = [];
  const paths: Record<string, Record<string, Json>> = {};
  const schemes: Record<string, Json> = {};
  const placed = placeOperations(contract.operations, lose).filter(({ operation, path }) => {
    const told = teller(operation, lose);
    if (isCors && isPreflight(operation)) {
      told(
        'changed',
        'integration',
        `HTTP APIs answer preflights themselves, so ${operation.key} is left to that.`,
        'Leave it out of the document, if it is only there for preflights.',
      );
      return false;
    }
    const integration = integrationOf(operation, path, integrations, told);
    if (typeof integration === 'string') {
      unanswered.push({ key: operation.key, type: integration });
      return true;
    }
    if (operation.parameters.length > 0 || operation.requestBody !== undefined) {
      told(
        'unvalidated',
        'validation',
        `HTTP APIs check neither parameters nor bodies, so nothing that ${operation.key} demands of them is asked for.`,
        'Validate requests behind the gateway, or make a REST API of it.',
      );
    }
    const { required, scheme } = routeSecurity(operation, authorizers, (message, fix) =>
      told('unvalidated', 'security', message, fix),
    );
    if (required !== undefined && scheme !== undefined) schemes[required.name] = scheme;
    const parameters = pathParameters(path);
    const item = (paths[path] ??= {});
    item[memberOf(operation)] = {
      ...(operation.id === undefined ? {} : { operationId: operation.id }),
      ...(parameters.length === 0 ? {} : { parameters }),
      responses: { default: { description: `The answer of ${operation.key}` } },
      ...(required === undefined ? {} : { security: [{ [required.name]: [...required.scopes] }] }),
      [INTEGRATION]: integration,
    };
    return true;
  });
  for (const [name, effect, what] of REST_ONLY) {
    if (!contract.extensions.has(name)) continue;
    const message = `HTTP APIs have ${what}.`;
    const fix = 'Make a REST API of it if that matters.';
    lose(loss(effect, { rule: 'apigateway-http-setting', message, source: contract.source, fix }));
  }
  const { title, version, description } = contract;
  const document: JsonObject = {
    openapi: '3.0.1',
    info: { title, version, ...(description === undefined ? {} : { description }) },
    paths,
    ...(Object.keys(schemes).length === 0 ? {} : { components: { securitySchemes: schemes } }),
    ...(isCors ? { [CORS]: ownCors ?? ANYBODY } : {}),
    'x-amazon-apigateway-importexport-version': '1.0',
  };
  return { document, losses: sortLosses(losses), placed, models: new Map(), unanswered };
}

const ANYBODY: Json = { allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'] };

type Teller = (effect: Effect, rule: string, message: string, fix: string) => void;

function teller({ source }: Operation, lose: (loss: Loss) => void): Teller {
  return (effect, rule, message, fix) =>
    lose(loss(effect, { rule: `apigateway-http-${rule}`, message, source, fix }));
}

/** Answered by a mock, it is there for nothing else. */
function isPreflight({ method, extensions }: Operation): boolean {
  const own = extensions.get(INTEGRATION);
  return method === 'OPTIONS' && isObject(own) && /^mock$/i.test(String(own['type']));
}

/** @returns the type of an integration that HTTP APIs do not have, where there is no other */
function integrationOf(
  operation: Operation,
  path: string,
  choices: IntegrationChoices,
  told: Teller,
): JsonObject | string {
  const own = operation.extensions.get(INTEGRATION);
  const ownType = isObject(own) ? String(own['type']).toLowerCase() : undefined;
  const isOwnProxy = ownType === 'http_proxy' || ownType === 'aws_proxy';
  const lose = (what: string): void =>
    told(
      'changed',
      'integration',
      `The integration of ${operation.key} ${what}, which HTTP APIs do not.`,
      'Do it in the back end, or make a REST API of it.',
    );
  const chosen = chosenIntegration(choices, operation, isOwnProxy);
  if (chosen === undefined) return isObject(own) ? routeIntegration(own, '1.0', lose) : 'mock';
  if (chosen.type !== 'http_proxy' && chosen.type !== 'aws_proxy') return ownType ?? chosen.type;
  if (ownType !== undefined && !isOwnProxy) {
    told(
      'changed',
      'integration',
      `HTTP APIs have no integration of the type ${ownType}, so ${operation.key} goes to the back end that was chosen.`,
      'Make a REST API of it to keep the integration.',
    );
  }
  return routeIntegration(proxied(chosen, path, operation.method), '2.0', lose);
}

/** What was said is taken as it is, over what would be made. */
function proxied(settings: IntegrationSettings, path: string, method: string): JsonObject {
  const { type: _type, backend: _backend, ...said } = settings;
  return { ...proxyIntegration(settings, path, method), ...(said as JsonObject) };
}

function memberOf({ method }: Operation): string {
  return method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase();
}
