/** Parameters of an operation as those of a method: their place, their name, and whether they are required (reference 6.6, 4). */
import { isObject, type Json, type JsonObject, own } from '../../../contract/json/value.ts';
import { methodParametersFault } from '../rules/mapping-expression.ts';
import { arrayAt, type ImportScope, missing, resolvedAt, wrongType } from './scope.ts';
import { type MethodPlace, methodNotPut, noParameterTarget } from './wording.ts';

/** A parameter as it was resolved. */
export interface ReadParameter {
  readonly name: string;
  /** As the document says: `path`, `query`, `header`, and what has no place in a method. */
  readonly location: string;
  readonly node: JsonObject;
}

const TARGET: ReadonlyMap<string, string> = new Map([
  ['path', 'path'],
  ['query', 'querystring'],
  ['header', 'header'],
]);

/** Parameters of a path item and of an operation, which replace those of the same name and place. */
export function parametersOf(
  scope: ImportScope,
  lists: readonly { readonly value: Json | undefined; readonly place: string }[],
): readonly ReadParameter[] {
  const found = new Map<string, ReadParameter>();
  for (const { value, place } of lists) {
    for (const [index, item] of arrayAt(scope, value, `${place}.parameters`).entries()) {
      const at = `${place}.parameters.[${index}]`;
      if (!isObject(item)) {
        wrongType(scope, at, 'object');
        continue;
      }
      const node = resolvedAt(scope, item, at);
      if (node === undefined) continue;
      const [name, location] = [own(node, 'name'), own(node, 'in')];
      if (typeof name !== 'string') missing(scope, `${at}.name`);
      else if (typeof location !== 'string') missing(scope, `${at}.in`);
      else found.set(`${location} ${name}`, { name, location, node });
    }
  }
  return [...found.values()];
}

/** The name under which a method knows a parameter; undefined for one that has no place in it. */
function methodParameterName({ location, name }: ReadParameter): string | undefined {
  const target = TARGET.get(location);
  return target === undefined ? undefined : `method.request.${target}.${name}`;
}

/** `method.request.path.petId` to whether it is required. */
export function requestParametersOf(
  scope: ImportScope,
  parameters: readonly ReadParameter[],
  method: MethodPlace,
): Readonly<Record<string, boolean>> {
  const found: (readonly [string, boolean])[] = [];
  for (const parameter of parameters) {
    const { name, location, node } = parameter;
    if (location === 'body' && scope.document.version === 'swagger') continue;
    const key = methodParameterName(parameter);
    if (key === undefined) scope.findings.warnings.push(noParameterTarget(name, location, method));
    else found.push([key, location === 'path' || own(node, 'required') === true]);
  }
  const required = Object.fromEntries(found);
  const fault = methodParametersFault(required);
  if (fault !== undefined) scope.findings.errors.push(methodNotPut(method, fault));
  return required;
}
