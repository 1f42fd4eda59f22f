/**
 * From the text of a definition to an API: what ImportRestApi and PutRestApi do, as a function of values. It reads the
 * document whole, collects what is wrong, and either gives the API as it will be or refuses in AWS's words.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 */
import { badRequest } from '../control/aws-error.ts';
import type { AccountIdentity } from '../control/operation.ts';
import { ENDPOINT_TYPES, endpointConfigurationOf } from '../control/rest-api-values.ts';
import { refuseBeyondQuota } from '../rules/quotas.ts';
import { locationKey } from '../state/documentation-part.ts';
import { apiId, type Chance, type IsTaken, partId } from '../state/ids.ts';
import type { EndpointConfiguration, Resource, RestApi, Snapshot } from '../state/records.ts';
import { type ApiDocument, readApiDocument } from './api-document.ts';
import { type BasePathMode, basePathSegments } from './base-path.ts';
import { documentationOf } from './documentation.ts';
import { endOnFindings, noFindings } from './findings.ts';
import { namedModels } from './models.ts';
import { importOperations } from './operations.ts';
import type { ResourceTree } from './resources.ts';
import type { ImportScope, NamedKind } from './scope.ts';
import { type Scheme, securitySchemes } from './security.ts';
import { gatewayResponsesOf, type Settings, settingsOf, validatorsOf } from './settings.ts';

export interface ImportInput {
  /** JSON or YAML. */
  readonly definition: Uint8Array;
  /** The API to change; undefined to make one. */
  readonly existing: Snapshot | undefined;
  /** What becomes of what the document does not name. Says nothing for a new API. */
  readonly mode: 'merge' | 'overwrite';
  readonly basePath: BasePathMode;
  readonly failOnWarnings: boolean;
  /** `EDGE`, `REGIONAL` or `PRIVATE`, for a new API. */
  readonly endpointType?: string | undefined;
  readonly ignoreDocumentation: boolean;
  readonly account: AccountIdentity;
  readonly chance: Chance;
  /** Tells ids of other APIs. */
  readonly isTaken: IsTaken;
  /** Epoch seconds. */
  readonly now: number;
}

export interface Imported {
  readonly snapshot: Snapshot;
  readonly warnings: readonly string[];
}

/**
 * Reads a definition into an API.
 *
 * @throws AwsError BadRequestException with everything found, LimitExceededException
 * @example
 * ```ts
 * import { importApi } from './gateway/local/import/import-api.ts';
 *
 * const { snapshot, warnings } = importApi({
 *   definition: Buffer.from('{"swagger": "2.0", "info": {"title": "pets"}, "paths": {"/pets": {}}}'),
 *   existing: undefined,
 *   mode: 'overwrite',
 *   basePath: 'ignore',
 *   failOnWarnings: false,
 *   ignoreDocumentation: false,
 *   account: { accountId: '000000000000', region: 'us-east-1', partition: 'aws' },
 *   chance: Math.random,
 *   isTaken: () => false,
 *   now: 1_700_000_000,
 * });
 * console.log(snapshot.resources.map(({ path }) => path), warnings); // [ '/', '/pets' ] []
 * ```
 */
export function importApi(input: ImportInput): Imported {
  const document = readApiDocument(input.definition, input.account);
  // A new API is whole as the document has it, and so is one that is overwritten.
  const staying = input.mode === 'merge' ? input.existing : undefined;
  const scope = scopeOf(input, document);
  const settings = settingsOf(scope);
  const restApi = restApiOf(input, scope, settings);
  const models = namedModels(scope, staying?.models ?? []);
  const schemes = securitySchemes(scope);
  const validators = validatorsOf(scope);
  const tree = treeOf(restApi, input.existing, staying);
  const operations = importOperations(
    scope,
    { models, schemes, validators: new Map([...byName(staying?.requestValidators), ...validators]) },
    tree,
    basePathSegments(document, input.basePath),
  );
  const documentationParts = input.ignoreDocumentation
    ? (input.existing?.documentationParts ?? [])
    : documentationOf(scope, operations, staying?.documentationParts ?? []);
  const gatewayResponses = gatewayResponsesOf(scope);
  const authorizers = joined(staying?.authorizers, authorizersOf(schemes), ({ id }) => id);
  refuseBeyondQuota('Authorizers', authorizers.length);
  endOnFindings(scope.findings, input.failOnWarnings);
  return {
    warnings: scope.findings.warnings,
    snapshot: {
      restApi,
      resources: [...tree.values()],
      models: joined(staying?.models, [...models.made.values()], ({ name }) => name),
      requestValidators: joined(staying?.requestValidators, [...validators.values()], ({ id }) => id),
      authorizers,
      gatewayResponses: joined(
        staying?.gatewayResponses,
        gatewayResponses,
        ({ responseType }) => responseType,
      ),
      documentationParts,
    },
  };
}

function scopeOf(
  { existing, account, endpointType = 'EDGE', chance, isTaken }: ImportInput,
  document: ApiDocument,
): ImportScope {
  const known = new Map<string, string>(existing === undefined ? [] : namesOf(existing));
  const ids = new Set(known.values());
  const newId = (kind: NamedKind, name: string): string =>
    (kind === 'resource' && name === '/' ? apiId : partId)(chance, id => ids.has(id));
  return {
    document,
    apiId: existing?.restApi.id ?? apiId(chance, isTaken),
    account,
    endpointTypes: existing?.restApi.endpointConfiguration.types ?? [endpointType.toUpperCase()],
    findings: noFindings(),
    idOf: (kind, name) => {
      const key = `${kind} ${name}`;
      const id = known.get(key) ?? newId(kind, name);
      known.set(key, id);
      ids.add(id);
      return id;
    },
  };
}

/** Recorded: a path keeps the id of its resource, even where everything is overwritten. */
function namesOf(existing: Snapshot): readonly (readonly [string, string])[] {
  const entry = (kind: NamedKind, name: string, id: string): readonly [string, string] => [
    `${kind} ${name}`,
    id,
  ];
  return [
    ...existing.resources.map(({ path, id }) => entry('resource', path, id)),
    ...existing.models.map(({ name, id }) => entry('model', name, id)),
    ...existing.requestValidators.map(({ name, id }) => entry('request-validator', name, id)),
    ...existing.authorizers.map(({ name, id }) => entry('authorizer', name, id)),
    ...existing.documentationParts.map(({ location, id }) =>
      entry('documentation-part', locationKey(location), id),
    ),
  ];
}

/** Merging keeps every resource with its methods, overwriting only the root. */
function treeOf(
  { rootResourceId }: RestApi,
  existing: Snapshot | undefined,
  staying: Snapshot | undefined,
): ResourceTree {
  const resources = staying?.resources ?? [];
  const root: Resource = { id: existing?.restApi.rootResourceId ?? rootResourceId, path: '/' };
  return new Map([root, ...resources].map(resource => [resource.path, resource]));
}

function restApiOf(input: ImportInput, scope: ImportScope, settings: Settings): RestApi {
  const { existing, mode } = input;
  const { vpcEndpointIds, ...given } = settings;
  const name = given.name ?? existing?.restApi.name;
  if (name === undefined || name === '') scope.findings.errors.push('Invalid Rest API name');
  if (existing === undefined) {
    return {
      id: scope.apiId,
      createdDate: input.now,
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: newEndpoint(input.endpointType, vpcEndpointIds),
      rootResourceId: scope.idOf('resource', '/'),
      ...given,
      name: name ?? '',
    };
  }
  const { restApi } = existing;
  const binaryMediaTypes = [...(restApi.binaryMediaTypes ?? []), ...(given.binaryMediaTypes ?? [])];
  const common = { ...given, name: name ?? '', ...endpointWith(restApi, vpcEndpointIds) };
  if (mode === 'merge') {
    // Recorded: the union, what was there first.
    const types = binaryMediaTypes.length > 0 ? { binaryMediaTypes: [...new Set(binaryMediaTypes)] } : {};
    return { ...restApi, ...common, ...types };
  }
  const { id, createdDate, disableExecuteApiEndpoint, rootResourceId, tags } = restApi;
  return {
    id,
    createdDate,
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint,
    rootResourceId,
    ...(tags !== undefined && { tags }),
    ...common,
  };
}

function newEndpoint(type = 'EDGE', vpcEndpointIds: readonly string[] | undefined): EndpointConfiguration {
  const types = type.split(',').map(each => each.trim().toUpperCase());
  if (!types.every(each => ENDPOINT_TYPES.includes(each)))
    throw badRequest('Invalid endpoint type specified');
  // A document may name what a private API is reached by, whatever its API becomes.
  const isPrivate = types.includes('PRIVATE');
  return endpointConfigurationOf({ types, vpcEndpointIds: isPrivate ? vpcEndpointIds : undefined });
}

/** The endpoint's type is no matter of the document; what may reach a private one is. */
function endpointWith(
  { endpointConfiguration }: RestApi,
  vpcEndpointIds: readonly string[] | undefined,
): Pick<RestApi, 'endpointConfiguration'> {
  const isPrivate = endpointConfiguration.types.includes('PRIVATE');
  return {
    endpointConfiguration:
      isPrivate && vpcEndpointIds !== undefined
        ? { ...endpointConfiguration, vpcEndpointIds }
        : endpointConfiguration,
  };
}

function byName<T extends { readonly name: string }>(items: readonly T[] = []): ReadonlyMap<string, T> {
  return new Map(items.map(item => [item.name, item]));
}

function authorizersOf(schemes: ReadonlyMap<string, Scheme>): Snapshot['authorizers'] {
  return [...schemes.values()].flatMap(scheme => (scheme.kind === 'authorizer' ? [scheme.authorizer] : []));
}

/** Those that stay with those that come, each key once and where it stood. Names may stand twice where calls made them. */
function joined<T>(
  staying: readonly T[] | undefined,
  coming: readonly T[],
  keyOf: (item: T) => string,
): readonly T[] {
  const all = new Map((staying ?? []).map(item => [keyOf(item), item]));
  for (const item of coming) all.set(keyOf(item), item);
  return [...all.values()];
}
