/** The paths of a document as resources with methods. */
import { type Json, type JsonObject, own } from '../../../contract/json/value.ts';
import type { Method, RequestValidator, Resource } from '../state/records.ts';
import { segmentsOf } from './base-path.ts';
import { methodResponsesOf, type OperationPlace, requestModelsOf } from './bodies.ts';
import { integrationOf } from './integration.ts';
import type { Models } from './models.ts';
import { parametersOf, requestParametersOf } from './parameters.ts';
import { putMethod, type ResourceTree, resourceAt } from './resources.ts';
import { fieldsAt, type ImportScope, missing, objectAt, resolvedAt, textAt } from './scope.ts';
import { methodSecurityOf, type Schemes } from './security.ts';
import { methodNotPut, unknownValidator } from './wording.ts';

/** What operations refer to by name. */
export interface Referred {
  readonly models: Models;
  readonly schemes: Schemes;
  readonly validators: ReadonlyMap<string, RequestValidator>;
}

/** An operation with where it stands, for what else is to be read from it. */
export interface ReadOperation {
  readonly node: JsonObject;
  readonly pathItem: JsonObject;
  readonly at: OperationPlace;
}

const VERBS: ReadonlyMap<string, string> = new Map(
  ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'].map(key => [key, key.toUpperCase()]),
);
const ANY = 'x-amazon-apigateway-any-method';

/** Puts the methods of all paths into the tree. */
export function importOperations(
  scope: ImportScope,
  referred: Referred,
  tree: ResourceTree,
  basePath: readonly string[],
): readonly ReadOperation[] {
  const paths = own(scope.document.root, 'paths');
  if (paths === undefined) missing(scope, 'paths');
  return fieldsAt(scope, paths, 'paths').flatMap(([path, value]) => {
    const pathItem = resolvedAt(scope, value, `paths.'${path}'`);
    const resource = resourceAt(scope, tree, [...basePath, ...segmentsOf(path)]);
    if (pathItem === undefined || resource === undefined) return [];
    return operationsOf(scope, pathItem, path, resource).map(operation => {
      const method = methodOf(scope, referred, operation, resource);
      if (method !== undefined) putMethod(tree, resource, method);
      return operation;
    });
  });
}

function operationsOf(
  scope: ImportScope,
  pathItem: JsonObject,
  path: string,
  resource: Resource,
): readonly ReadOperation[] {
  return Object.entries(pathItem).flatMap(([key, value]) => {
    const verb = key === ANY ? 'ANY' : VERBS.get(key);
    if (verb === undefined) return [];
    const place = `paths.'${path}'(${key})`;
    const node = objectAt(scope, value, place);
    return node === undefined ? [] : [{ node, pathItem, at: { path: resource.path, verb, place } }];
  });
}

function methodOf(
  scope: ImportScope,
  { models, schemes, validators }: Referred,
  { node, pathItem, at }: ReadOperation,
  resource: Resource,
): Method | undefined {
  if (at.verb === 'TRACE') {
    const reason =
      'Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY';
    scope.findings.errors.push(methodNotPut(at, reason));
    return undefined;
  }
  const parameters = parametersOf(scope, [
    { value: own(pathItem, 'parameters'), place: at.place.replace(/\([^()]*\)$/, '') },
    { value: own(node, 'parameters'), place: at.place },
  ]);
  const operationName = textAt(scope, own(node, 'operationId'), `${at.place}.operationId`);
  const validator = validatorOf(scope, validators, node, at);
  const requestParameters = requestParametersOf(scope, parameters, at);
  const requestModels = requestModelsOf(scope, models, node, parameters, at);
  const methodResponses = methodResponsesOf(scope, models, node, at);
  const method: Method = {
    httpMethod: at.verb,
    ...methodSecurityOf(scope, schemes, node, at),
    ...(operationName !== undefined && { operationName }),
    ...(validator !== undefined && { requestValidatorId: validator.id }),
    ...(hasAny(requestParameters) && { requestParameters }),
    ...(hasAny(requestModels) && { requestModels }),
    ...(hasAny(methodResponses) && { methodResponses }),
  };
  const integration = own(node, 'x-amazon-apigateway-integration');
  if (integration === undefined) return method;
  return { ...method, methodIntegration: integrationAt(scope, integration, method, at, resource) };
}

function integrationAt(
  scope: ImportScope,
  value: Json,
  method: Method,
  at: OperationPlace,
  { id }: Resource,
): NonNullable<Method['methodIntegration']> {
  const place = `${at.place}.x-amazon-apigateway-integration`;
  return integrationOf(scope, value, method, { ...at, place, resourceId: id });
}

/** The operation's own, else the document's. */
function validatorOf(
  scope: ImportScope,
  validators: ReadonlyMap<string, RequestValidator>,
  operation: JsonObject,
  { place }: OperationPlace,
): RequestValidator | undefined {
  const key = 'x-amazon-apigateway-request-validator';
  const name = textAt(
    scope,
    own(operation, key) ?? own(scope.document.root, key),
    own(operation, key) === undefined ? key : `${place}.${key}`,
  );
  if (name === undefined) return undefined;
  const validator = validators.get(name);
  if (validator === undefined && !scope.findings.warnings.includes(unknownValidator(name))) {
    scope.findings.warnings.push(unknownValidator(name));
  }
  return validator;
}

function hasAny(object: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(object).length > 0;
}
