/**
 * A contract as the document that API Gateway imports as a REST API: OpenAPI 3.0.1 with its extensions, mock
 * integrations that answer as the mock server does, models, validators, gateway responses. Everything that is not
 * carried over whole is told as a loss. Same contract, same document, byte for byte.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
import { isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import type { Contract, Operation, Schema } from '../../contract/model.ts';
import { backEndIntegration } from '../integration/back-end-integration.ts';
import type { Carrier } from '../integration/carriers.ts';
import { chosenIntegration, type IntegrationChoices } from '../integration/integration-choice.ts';
import {
  ATTRIBUTION,
  type Attribution,
  type MockIntegration,
  mockIntegration,
} from '../integration/mock-integration.ts';
import { type Loss, loss, sortLosses } from '../lower/loss.ts';
import { type LoweredModel, schemaLowering } from '../lower/lower-schema.ts';
import { modelNames, withSubstance } from '../lower/model-names.ts';
import { asSwagger, DEFINITIONS } from './as-swagger.ts';
import type { AuthorizerChoices } from './authorizer-choice.ts';
import { ALLOW_ORIGIN, preflight } from './cors.ts';
import { gatewayResponses } from './gateway-responses.ts';
import { tellLeftOut } from './left-out.ts';
import { methodBody } from './method-body.ts';
import { methodParameters, pathParameters } from './method-parameters.ts';
import { gatewayScheme, methodSecurity, openMethod, schemeTaker } from './method-security.ts';
import { placedIntegration, withMapped } from './own-integration.ts';
import { requestValidators, VALIDATOR } from './request-validators.ts';
import { type PlacedOperation, placeOperations } from './resource-paths.ts';
import { rootSettings } from './root-settings.ts';
import { filledIntegration } from './template-functions.ts';

export interface GatewayDocumentOptions {
  /** Says on every answer which release gave it. Default: true. */
  readonly attribution?: boolean;
  /** Lets pages of any origin read the answers, and answers their preflights. Default: true. */
  readonly cors?: boolean;
  /** Gives every operation a mock integration, also those that have another one in the document. Default: false. */
  readonly mockAll?: boolean;
  /** Puts values of requests into the answers of mocks, as the mock server does. Default: false. */
  readonly echo?: boolean;
  /** What answers each operation. Default: the document's own integration, and a mock where it has none. */
  readonly integrations?: IntegrationChoices;
  /** Who lets callers in, by security scheme, over what the document says. Default: what the document says. */
  readonly authorizers?: AuthorizerChoices;
  /** Lets the service ask for credentials. Default: unless everything is a mock, which has nothing to guard. */
  readonly security?: boolean;
  /** Functions of CloudFormation in the document: filled in as an import can, or kept for a template. Default: fill. */
  readonly functions?: 'fill' | 'keep';
  /** OpenAPI 3.0.1, or Swagger 2.0, which says less. Default: openapi. */
  readonly format?: 'openapi' | 'swagger';
}

export interface GatewayDocument {
  readonly document: Json;
  /** The most serious first. */
  readonly losses: readonly Loss[];
  /** Which operation stands at which path. */
  readonly placed: readonly PlacedOperation[];
  /** Which schema each model was made of, by the model's name. */
  readonly models: ReadonlyMap<string, Schema>;
}

const INTEGRATION = 'x-amazon-apigateway-integration';

/**
 * The document for API Gateway, and what it could not take along.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { gatewayDocument } from './gateway/document/gateway-document.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /pets: { get: { responses: { "204": {} } } } }\n');
 * if (contract !== undefined) console.log(gatewayDocument(contract).losses.length);
 * ```
 */
export function gatewayDocument(contract: Contract, options: GatewayDocumentOptions = {}): GatewayDocument {
  const { attribution = true, cors = true, mockAll = false, format = 'openapi' } = options;
  const { authorizers, security: secured = authorizers !== undefined || !mockAll } = options;
  const { functions = 'fill' } = options;
  const choices: IntegrationChoices = mockAll ? { all: 'mock' } : (options.integrations ?? {});
  const prefix = format === 'swagger' ? DEFINITIONS : '#/components/schemas/';
  const losses: Loss[] = [];
  const lose = (one: Loss): void => {
    losses.push(one);
  };
  const lowering = schemaLowering(modelNames(), prefix, lose);
  const marks: Attribution = [...(attribution ? ATTRIBUTION : []), ...(cors ? [ALLOW_ORIGIN] : [])];
  const binaryTypes = new Set<string>();
  const schemes = new Map<string, Json>();
  const paths: Record<string, Record<string, Json>> = {};
  const isMocked = (operation: Operation): boolean =>
    chosenIntegration(choices, operation, true) !== undefined;
  const schemeOf = schemeTaker(authorizers, functions === 'keep' ? undefined : lose);
  const validators = requestValidators(contract, lose);
  const placed = placeOperations(contract.operations, lose);
  for (const one of placed) {
    const item = (paths[one.path] ??= {});
    const own =
      functions === 'keep'
        ? one.operation.extensions.get(INTEGRATION)
        : filledIntegration(one.operation, INTEGRATION, isMocked(one.operation) ? () => {} : lose);
    const chosen = chosenIntegration(choices, one.operation, own !== undefined);
    const mock = mockIntegration(
      one.operation,
      marks,
      chosen?.type === 'mock' ? lose : () => {},
      options.echo === true ? one.renamed : undefined,
    );
    for (const type of mock.binaryTypes) binaryTypes.add(type);
    const body = methodBody(one.operation, lowering, lose);
    const declared = methodParameters(one.operation, one.path, lose);
    const security = secured
      ? methodSecurity(one.operation, lose, schemeOf)
      : openMethod(one.operation, lose);
    const integration =
      chosen === undefined
        ? own === undefined
          ? mock.integration
          : placedIntegration(own, one, INTEGRATION, lose)
        : backEndIntegration(
            chosen,
            { ...one, parameters: declared, responses: mock.responses, attribution: marks },
            mock.integration,
          );
    const parameters = withMapped(declared, integration);
    for (const scheme of security.schemes) schemes.set(scheme.name, gatewayScheme(scheme));
    item[memberOf(one.operation)] = {
      ...(one.operation.id === undefined ? {} : { operationId: one.operation.id }),
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(body === undefined ? {} : { requestBody: body.json }),
      responses: methodResponses(answeredBy(integration, mock), one.operation),
      ...security.members,
      [VALIDATOR]: validators.nameFor(one.operation, body?.validated === true),
      [INTEGRATION]: integration,
    };
  }
  tellLeftOut(contract, placed, lose);
  if (cors) addPreflights(paths);
  const modelled = lowering.models();
  const models = Object.fromEntries(modelled.map(({ name, json }) => [name, withSubstance(json, name)]));
  const { title, version, description } = contract;
  const document: JsonObject = {
    openapi: '3.0.1',
    info: { title, version, ...(description === undefined ? {} : { description }) },
    paths,
    components: {
      ...(modelled.length === 0 ? {} : { schemas: models }),
      ...(schemes.size === 0 ? {} : { securitySchemes: Object.fromEntries(schemes) }),
    },
    'x-amazon-apigateway-request-validators': validators.json,
    [VALIDATOR]: validators.parameters,
    'x-amazon-apigateway-gateway-responses': gatewayResponses(contract, placed, marks, lose),
    ...rootSettings(contract, { placed, binaryTypes, functions }, lose),
  };
  const written = format === 'swagger' ? swaggerOf(document, placed, modelled, lose) : document;
  return {
    document: written,
    losses: sortLosses(losses),
    placed,
    models: new Map(modelled.map(({ name, schema }) => [name, schema])),
  };
}

function swaggerOf(
  document: JsonObject,
  placed: readonly PlacedOperation[],
  models: readonly LoweredModel[],
  lose: (loss: Loss) => void,
): Json {
  const told = (source: Loss['source'] | undefined, message: string): void => {
    if (source === undefined) return;
    const fix = 'Import the document as OpenAPI 3.0, which can say it.';
    lose(loss('unvalidated', { rule: 'apigateway-swagger', message, source, fix }));
  };
  return asSwagger(document, {
    choice: (model, keyword) =>
      told(
        models.find(({ name }) => name === model)?.schema.source,
        `Swagger 2.0 has no "${keyword}", so the model ${model} goes without it.`,
      ),
    body: (path, method, mediaType) =>
      told(
        placed.find(one => one.path === path && memberOf(one.operation) === method)?.operation.source,
        `Swagger 2.0 has one schema for all bodies, so those in ${mediaType} are not checked.`,
      ),
  });
}

function memberOf({ method }: Operation): string {
  return method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase();
}

/** A response as a method declares it. */
interface MethodResponse {
  readonly status: number;
  readonly headers: readonly string[];
  /** What it carries of the document; undefined for one that only an integration of the document knows. */
  readonly carrier: Carrier | undefined;
}

/** A method response for each status that the integration gives; nothing but these may be sent. */
function methodResponses(responses: readonly MethodResponse[], operation: Operation): Json {
  return Object.fromEntries(
    responses.map(({ status, headers, carrier }) => {
      const key = carrier?.response.statusKey ?? String(status);
      const described = operation.responses.find(response => response.status === key)?.description;
      return [
        String(status),
        {
          description: described ?? `${status} response`,
          ...(headers.length === 0
            ? {}
            : { headers: Object.fromEntries(headers.map(name => [name, { schema: { type: 'string' } }])) }),
        },
      ];
    }),
  );
}

/** What an integration may answer: its own statuses and headers beside those of the document. */
function answeredBy(integration: Json, { responses }: MockIntegration): readonly MethodResponse[] {
  const headers = new Map<number, Set<string>>(
    responses.map(response => [response.status, new Set(response.headers)]),
  );
  const answers = own(integration, 'responses');
  for (const answer of isObject(answers) ? Object.values(answers) : []) {
    const status = Number(own(answer, 'statusCode'));
    if (!Number.isInteger(status)) continue;
    const names = headers.get(status) ?? new Set<string>();
    headers.set(status, names);
    const parameters = own(answer, 'responseParameters');
    for (const target of isObject(parameters) ? Object.keys(parameters) : []) {
      const name = /^method\.response\.header\.(.+)$/.exec(target)?.[1];
      if (name !== undefined) names.add(name);
    }
  }
  return [...headers].map(([status, names]) => ({
    status,
    headers: [...names],
    carrier: responses.find(response => response.status === status)?.carrier,
  }));
}

function addPreflights(paths: Record<string, Record<string, Json>>): void {
  for (const [path, item] of Object.entries(paths)) {
    if (item['options'] !== undefined || item['x-amazon-apigateway-any-method'] !== undefined) continue;
    item['options'] = preflight(
      Object.keys(item).map(method => method.toUpperCase()),
      pathParameters(path),
    );
  }
}
