/** For properties: what is true of every API, whatever it was made of. */
import type { Method, Snapshot } from '../state/records.ts';

/** Everything that refers to nothing, or stands twice; none of a sound API. */
export function unsound({ restApi, resources, models, ...rest }: Snapshot): readonly string[] {
  const { requestValidators, authorizers, gatewayResponses, documentationParts } = rest;
  const faults: string[] = [];
  const once = (kind: string, names: readonly string[]): void => {
    if (new Set(names).size !== names.length) faults.push(`${kind} stand twice`);
  };
  once(
    'ids of resources',
    resources.map(({ id }) => id),
  );
  once(
    'paths',
    resources.map(({ path }) => path),
  );
  once(
    'models',
    models.map(({ name }) => name),
  );
  once(
    'ids of models',
    models.map(({ id }) => id),
  );
  once(
    'validators',
    requestValidators.map(({ id }) => id),
  );
  once(
    'authorizers',
    authorizers.map(({ id }) => id),
  );
  once(
    'gateway responses',
    gatewayResponses.map(({ responseType }) => responseType),
  );
  once(
    'documentation parts',
    documentationParts.map(({ id }) => id),
  );
  if (resources[0]?.id !== restApi.rootResourceId || resources[0].path !== '/')
    faults.push('the root is not first');
  const known = new Map(resources.map(resource => [resource.id, resource]));
  for (const { path, parentId, pathPart, resourceMethods = {} } of resources) {
    const parent = known.get(parentId ?? '');
    if (path !== '/' && `${parent?.path ?? '?'}/${pathPart}`.replace('//', '/') !== path)
      faults.push(`${path} has no parent`);
    for (const [verb, method] of Object.entries(resourceMethods)) {
      if (method.httpMethod !== verb) faults.push(`${path} ${verb} is ${method.httpMethod}`);
      faults.push(...unsoundMethod(method).map(fault => `${path} ${verb}: ${fault}`));
    }
  }
  return faults;

  function unsoundMethod({ authorizerId, requestValidatorId, ...method }: Method): readonly string[] {
    const has = (list: readonly { readonly id: string }[], id: string | undefined): boolean =>
      id === undefined || list.some(item => item.id === id);
    const named = [
      ...Object.values(method.requestModels ?? {}),
      ...Object.values(method.methodResponses ?? {}).flatMap(({ responseModels = {} }) =>
        Object.values(responseModels),
      ),
    ];
    const lost = named.find(name => !models.some(model => model.name === name));
    return [
      ...(has(authorizers, authorizerId) ? [] : ['no such authorizer']),
      ...(has(requestValidators, requestValidatorId) ? [] : ['no such validator']),
      ...(lost === undefined ? [] : [`no such model: ${lost}`]),
    ];
  }
}
