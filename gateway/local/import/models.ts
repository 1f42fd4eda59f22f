/**
 * Models: the named schemas of a document, and those that stand inline in an operation, which get a name of their own.
 * A schema that cannot be a model is told, and what refers to it does without.
 */
import { createHash } from 'node:crypto';
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { type Json, type JsonObject, own } from '../../../contract/json/value.ts';
import { modelNameFault, modelSchemaFault, validationRefusal } from '../models/acceptance.ts';
import type { Model } from '../state/records.ts';
import { modelNameOf, modelSchemaOf } from './model-schema.ts';
import { type ImportScope, membersAt, objectAt, shown, wrongType } from './scope.ts';
import {
  type MethodPlace,
  modelNotCreated,
  unknownModel,
  unknownReference,
  unusableInlineModel,
} from './wording.ts';

export interface Models {
  readonly made: Map<string, Model>;
  /** Those a merge leaves in place. */
  readonly staying: ReadonlyMap<string, Model>;
  /** Names that may be referred to. */
  readonly known: ReadonlySet<string>;
}

const PRIMITIVE = new Set<unknown>(['string', 'number', 'integer', 'boolean', 'null']);

/** The models of `definitions` or `components.schemas`. */
export function namedModels(scope: ImportScope, staying: readonly Model[]): Models {
  const { document } = scope;
  const place = document.version === 'swagger' ? 'definitions' : 'components.schemas';
  const holder =
    document.version === 'swagger'
      ? own(document.root, 'definitions')
      : own(objectAt(scope, own(document.root, 'components'), 'components'), 'schemas');
  const schemas = membersAt(scope, holder, place).filter(([name]) => {
    const fault = modelNameFault(name);
    // Seen; models and what refers to them are left out, the rest is imported.
    if (fault !== undefined) scope.findings.warnings.push(fault);
    return fault === undefined;
  });
  const models: Models = {
    made: new Map(),
    staying: new Map(staying.map(model => [model.name, model])),
    known: new Set([...staying, ...schemas.map(([name]) => ({ name }))].map(({ name }) => name)),
  };
  for (const [name, schema] of schemas) {
    const object = objectAt(scope, schema, `${place}.${name}`);
    if (object === undefined) {
      if (schema === null) wrongType(scope, `${place}.${name}`, 'object');
      continue;
    }
    const { text, unknown } = schemaText(scope, models, object);
    for (const reference of unknown) scope.findings.warnings.push(unknownReference(reference));
    addModel(scope, models, name, object, text);
  }
  return models;
}

/** The model of a body: the one its schema refers to, or a new one. Undefined for a body without a usable schema. */
export function modelOfBody(
  scope: ImportScope,
  models: Models,
  value: Json | undefined,
  body: MethodPlace & { readonly mediaType: string; readonly place: string; readonly isResponse: boolean },
): string | undefined {
  const schema = objectAt(scope, value, body.place);
  if (schema === undefined) return undefined;
  const { warnings } = scope.findings;
  const reference = own(schema, '$ref');
  if (reference !== undefined) {
    const name = modelNameOf(reference);
    if (name !== undefined && models.known.has(name)) return name;
    warnings.push(name === undefined ? unknownReference(shown(reference)) : unknownModel(name));
    return undefined;
  }
  const { text, unknown } = schemaText(scope, models, schema);
  for (const each of unknown) warnings.push(unknownReference(each));
  const isEmpty = Object.keys(schema).length === 0;
  if (isEmpty || unknown.length > 0 || (body.isResponse && PRIMITIVE.has(own(schema, 'type')))) {
    warnings.push(unusableInlineModel(body.mediaType, body.verb));
    return undefined;
  }
  const name = inlineName(scope, models, text);
  if (!models.made.has(name)) addModel(scope, models, name, schema, text);
  return name;
}

function schemaText(
  { apiId }: ImportScope,
  models: Models,
  schema: JsonObject,
): { readonly text: string; readonly unknown: readonly string[] } {
  const { schema: rewritten, unknown } = modelSchemaOf(schema, apiId, name => models.known.has(name));
  return { text: stringifyJson(rewritten), unknown };
}

function addModel(scope: ImportScope, models: Models, name: string, schema: JsonObject, text: string): void {
  const fault = modelSchemaFault(text);
  if (fault !== undefined) {
    scope.findings.errors.push(modelNotCreated(name, validationRefusal(fault)));
    return;
  }
  const description = own(schema, 'description');
  models.made.set(name, {
    id: scope.idOf('model', name),
    name,
    ...(typeof description === 'string' && { description }),
    contentType: 'application/json',
    schema: text,
  });
}

/** `MODEL` and the beginning of a hash of the schema, so that one schema is one model and the next import finds it. */
function inlineName({ apiId }: ImportScope, { made, staying, known }: Models, text: string): string {
  const hash = createHash('sha256')
    .update(text.replaceAll(`/restapis/${apiId}/`, '/'))
    .digest('hex');
  for (let length = 6; ; length += 6) {
    const name = `MODEL${hash.slice(0, length)}`;
    const same = made.get(name) ?? staying.get(name);
    if (length >= hash.length || same?.schema === text || !known.has(name)) return name;
  }
}
