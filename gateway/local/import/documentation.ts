/**
 * Words of a document as documentation parts: those of `x-amazon-apigateway-documentation`, and the descriptions that
 * stand where they belong. Where both speak of one thing, the extension's words count.
 */
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { type Json, type JsonObject, own } from '../../../contract/json/value.ts';
import { present } from '../control/members.ts';
import { refuseBeyondQuota } from '../rules/quotas.ts';
import { locationKey, propertiesOf } from '../state/documentation-part.ts';
import type { DocumentationLocation, DocumentationPart } from '../state/records.ts';
import type { ReadOperation } from './operations.ts';
import { parametersOf } from './parameters.ts';
import { arrayAt, type ImportScope, objectAt, resolvedAt, textAt } from './scope.ts';

const PARAMETER_TYPES: ReadonlyMap<string, string> = new Map([
  ['path', 'PATH_PARAMETER'],
  ['query', 'QUERY_PARAMETER'],
  ['header', 'REQUEST_HEADER'],
]);

/** Words by the key of what they are about. */
type Parts = Map<string, { readonly location: DocumentationLocation; readonly properties: JsonObject }>;

/**
 * The parts of a document. `existing` are those of the API; a merge keeps them and changes them word by word.
 *
 * @throws AwsError LimitExceededException
 */
export function documentationOf(
  scope: ImportScope,
  operations: readonly ReadOperation[],
  existing: readonly DocumentationPart[],
): readonly DocumentationPart[] {
  const parts: Parts = new Map();
  inlineApi(scope, parts);
  for (const operation of operations) inlineOperation(scope, parts, operation);
  extensionParts(scope, parts);
  const before = new Map(existing.map(part => [locationKey(part.location), part]));
  for (const [key, { location, properties }] of parts) {
    const old = before.get(key);
    const merged = { ...propertiesOf(old), ...properties };
    const id = old?.id ?? scope.idOf('documentation-part', key);
    before.set(key, { id, location, properties: stringifyJson(merged) });
  }
  refuseBeyondQuota('Documentation parts', before.size);
  return [...before.values()];
}

function add(parts: Parts, location: DocumentationLocation, properties: JsonObject): void {
  if (Object.keys(properties).length === 0) return;
  const key = locationKey(location);
  parts.set(key, { location, properties: { ...parts.get(key)?.properties, ...properties } });
}

function wordsOf(node: Json | undefined, ...keys: readonly string[]): JsonObject {
  const found = keys.map(key => [key, own(node, key)] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found as readonly (readonly [string, Json])[]);
}

function inlineApi({ document: { root } }: ImportScope, parts: Parts): void {
  const info = wordsOf(own(root, 'info'), 'description');
  add(parts, { type: 'API' }, Object.keys(info).length > 0 ? { info } : {});
}

function inlineOperation(scope: ImportScope, parts: Parts, { node, pathItem, at }: ReadOperation): void {
  const where = { path: at.path, method: at.verb };
  add(parts, { type: 'METHOD', ...where }, wordsOf(node, 'tags', 'summary', 'description'));
  // Whatever is wrong here was told when the method was read.
  const silent: ImportScope = { ...scope, findings: { errors: [], warnings: [] } };
  const lists = [pathItem, node].map(holder => ({ value: own(holder, 'parameters'), place: '' }));
  for (const { name, location, node: parameter } of parametersOf(silent, lists)) {
    const type = PARAMETER_TYPES.get(location);
    if (type !== undefined) add(parts, { type, ...where, name }, wordsOf(parameter, 'description'));
    else if (location === 'body')
      add(parts, { type: 'REQUEST_BODY', ...where }, wordsOf(parameter, 'description'));
  }
  const body = resolvedAt(silent, own(node, 'requestBody'), '');
  add(parts, { type: 'REQUEST_BODY', ...where }, wordsOf(body, 'description'));
  for (const [statusCode, value] of Object.entries(objectAt(silent, own(node, 'responses'), '') ?? {})) {
    if (!/^[1-5]\d\d$/.test(statusCode)) continue;
    const response = resolvedAt(silent, value, '');
    add(parts, { type: 'RESPONSE', ...where, statusCode }, wordsOf(response, 'description'));
    for (const [name, header] of Object.entries(objectAt(silent, own(response, 'headers'), '') ?? {})) {
      add(parts, { type: 'RESPONSE_HEADER', ...where, statusCode, name }, wordsOf(header, 'description'));
    }
  }
}

function extensionParts(scope: ImportScope, parts: Parts): void {
  const place = 'x-amazon-apigateway-documentation';
  const extension = objectAt(scope, own(scope.document.root, place), place);
  for (const [index, item] of arrayAt(
    scope,
    own(extension, 'documentationParts'),
    `${place}.documentationParts`,
  ).entries()) {
    const at = `${place}.documentationParts.[${index}]`;
    const node = objectAt(scope, own(objectAt(scope, item, at), 'location'), `${at}.location`);
    const properties = objectAt(scope, own(item, 'properties'), `${at}.properties`);
    if (node === undefined || properties === undefined) continue;
    const text = (key: string): string | undefined => textAt(scope, own(node, key), `${at}.location.${key}`);
    const [path, method, statusCode, name] = ['path', 'method', 'statusCode', 'name'].map(text);
    add(parts, present({ type: text('type') ?? 'API', path, method, statusCode, name }), properties);
  }
}
