/**
 * Models: named JSON schemas that methods refer to.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateModel.html
 */
import { parseJson } from '../../../contract/json/parse.ts';
import { modelNameFault } from '../models/acceptance.ts';
import { partId } from '../state/ids.ts';
import type { Model } from '../state/records.ts';
import { conflict, notFound, refuseFault } from './aws-error.ts';
import { notGiven, refuseViolations } from './framework-check.ts';
import { apiIdOf, restApiOf, type Where } from './lookup.ts';
import { present, withMember } from './members.ts';
import { modelSchemaOf, modelsNamedIn } from './model-schema.ts';
import { flattenedSchema, mappingTemplateOf } from './model-template.ts';
import type { Body, Call, Operation } from './operation.ts';
import { page } from './page.ts';
import { applyPatches, type PatchTable, typedRefusal } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';
import { nonEmpty } from './patch-values.ts';
import { readInput } from './read-input.ts';

const COLLECTION = '/restapis/{restapi_id}/models';
const ITEM = '/restapis/{restapi_id}/models/{model_name}';

export const MODEL_OPERATIONS: readonly Operation[] = [
  { name: 'CreateModel', method: 'POST', path: COLLECTION, status: 201, answer: createModel },
  {
    name: 'GetModels',
    method: 'GET',
    path: COLLECTION,
    status: 200,
    answer: call => page(call.store.list('model', restApiOf(call).id), call.query),
  },
  { name: 'GetModel', method: 'GET', path: ITEM, status: 200, answer: getModel },
  { name: 'UpdateModel', method: 'PATCH', path: ITEM, status: 200, answer: updateModel },
  { name: 'DeleteModel', method: 'DELETE', path: ITEM, status: 202, answer: deleteModel },
  {
    name: 'GetModelTemplate',
    method: 'GET',
    path: `${ITEM}/default_template`,
    status: 200,
    answer: call => ({ value: mappingTemplateOf(modelOf(call), modelsByName(call)) }),
  },
];

const SHAPE = { name: 'text', description: 'text', schema: 'text', contentType: 'text' } as const;

function createModel(call: Call): Body {
  const given = readInput(call.input, SHAPE);
  refuseViolations(
    notGiven(given.name, 'createModelInput.name'),
    notGiven(given.contentType, 'createModelInput.contentType'),
  );
  const { name = '', description, schema, contentType = '' } = given;
  const { id: apiId } = restApiOf(call);
  refuseFault(modelNameFault(name));
  if (call.store.get('model', apiId, name) !== undefined) {
    throw conflict('Model name already exists for this REST API');
  }
  const others = call.store.list('model', apiId);
  const model: Model = {
    id: partId(call.chance, id => others.some(other => other.id === id)),
    name,
    ...present({ description: nonEmpty(description) }),
    contentType,
    schema: modelSchemaOf(schema, contentType),
  };
  call.store.put('model', apiId, name, model);
  return { ...model };
}

function getModel(call: Call): Body {
  const model = modelOf(call);
  if (call.query.get('flatten') !== 'true') return { ...model };
  return { ...model, schema: flattenedSchema(model, modelsByName(call)) };
}

const PATCHES: PatchTable<Model> = {
  rows: [
    {
      path: '/description',
      ops: ['replace'],
      apply: (model, { value }) => withMember(model, 'description', nonEmpty(value)),
    },
    {
      path: '/schema',
      ops: ['replace'],
      apply: (model, { value }) => ({ ...model, schema: modelSchemaOf(value, model.contentType) }),
    },
  ],
  refusal: typedRefusal,
};

function updateModel(call: Call): Body {
  const operations = patchOperationsOf(call, 'updateModelInput');
  const next = applyPatches(modelOf(call), operations, PATCHES);
  call.store.put('model', apiIdOf(call), next.name, next);
  return { ...next };
}

function deleteModel(call: Call): undefined {
  const { name } = modelOf(call);
  refuseInUse(call, name);
  call.store.remove('model', apiIdOf(call), name);
}

function refuseInUse(call: Where, name: string): void {
  const apiId = apiIdOf(call);
  const refused = (by: string): Error => conflict(`Cannot delete model '${name}', is referenced in ${by}`);
  // The method that was made last is told first.
  for (const { path, resourceMethods = {} } of call.store.list('resource', apiId).toReversed()) {
    for (const { httpMethod, requestModels = {}, methodResponses = {} } of Object.values(resourceMethods)) {
      const where = `${path}/${httpMethod}`;
      if (Object.values(requestModels).includes(name)) throw refused(`method request: ${where}`);
      const inResponse = Object.values(methodResponses).find(({ responseModels = {} }) =>
        Object.values(responseModels).includes(name),
      );
      if (inResponse !== undefined) throw refused(`method response: ${where}/${inResponse.statusCode}`);
    }
  }
  for (const other of call.store.list('model', apiId)) {
    const parsed = parseJson(other.schema);
    if (other.name !== name && 'value' in parsed && modelsNamedIn(parsed.value).has(name)) {
      throw refused(`model: ${other.name}`);
    }
  }
}

/** The API is not told from the model: an unknown one has no models. */
function modelOf(call: Where): Model {
  const name = call.path['model_name'] ?? '';
  const model = call.store.get('model', apiIdOf(call), name);
  if (model === undefined) throw notFound(`Invalid model name specified: ${name}`);
  return model;
}

function modelsByName(call: Where): (name: string) => Model | undefined {
  return name => call.store.get('model', apiIdOf(call), name);
}
