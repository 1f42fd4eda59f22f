/**
 * What of an API is unmistakably a resource: items that are made by POST on their collection, items that are made by
 * PUT at an address of the client's choice, and single things without a collection. Reads paths and methods only.
 */
import { type PathTemplate, parsePathTemplate, pathShape } from '../http/path-template.ts';
import type { Operation, Parameter } from '../model.ts';
import type { SequenceHint } from './hints.ts';

export interface Resource {
  /** - `collection`: POST makes items
   *  - `named`: PUT makes items, and documents 201
   *  - `single`: it is always there
   *  - `given`: there are items that nobody can make */
  readonly kind: 'collection' | 'named' | 'single' | 'given';
  /** What people call it: the path of the collection, or of the single thing. */
  readonly path: string;
  /** Makes an item. Undefined for single things. */
  readonly create: Operation | undefined;
  readonly list: Operation | undefined;
  readonly read: Operation | undefined;
  readonly head: Operation | undefined;
  readonly replace: Operation | undefined;
  readonly modify: Operation | undefined;
  readonly remove: Operation | undefined;
  /** The path of an item as documented. */
  readonly itemPath: string;
  /** The variable of the item's path that tells items apart; undefined for single things. */
  readonly variable: string | undefined;
  /** The runtime expression that says where the id of what was made stands, where a hint gives one. */
  readonly idHint: string | undefined;
  /** The item that this one stands under, when it can be made too. */
  readonly parent: Resource | undefined;
  /** All resources of the contract, this one among them: its items may refer to theirs. */
  readonly beside: readonly Resource[];
}

/** Items under items under items; deeper, nobody can tell what belongs to what. */
const MOST_PARENTS = 3;

/**
 * The resources of some operations of one contract, in document order, parents before what stands under them.
 *
 * @param hintOf - what somebody says of an operation that its path does not
 */
export function resourcesOf(
  operations: readonly Operation[],
  hintOf: (operation: Operation) => SequenceHint = () => ({}),
): readonly Resource[] {
  const makers = new Map<string, Operation>();
  for (const operation of operations) {
    const { item } = hintOf(operation);
    if (item !== undefined) makers.set(pathShape(parsePathTemplate(item)), operation);
  }
  const paths = new Map<string, Path>();
  for (const operation of operations) {
    const template = parsePathTemplate(operation.path);
    const shape = pathShape(template);
    const path = paths.get(shape) ?? { template, shape, methods: new Map() };
    path.methods.set(operation.method, operation);
    paths.set(shape, path);
  }
  const known = new Map<string, Resource | undefined>();
  const beside: Resource[] = [];
  const resourceAt = (path: Path, depth: number): Resource | undefined => {
    if (!known.has(path.shape)) known.set(path.shape, resourceFrom(path, depth));
    return known.get(path.shape);
  };
  const resourceFrom = (path: Path, depth: number): Resource | undefined => {
    const { template, methods } = path;
    if (template.greedy || depth > MOST_PARENTS) return undefined;
    const variable = itemVariable(template);
    const above = variable === undefined ? undefined : paths.get(shapeAbove(template, 1));
    const replace = methods.get('PUT');
    const hinted = makers.get(path.shape);
    // A POST that is said to make other items does not make these.
    const usual = above?.methods.get('POST');
    const elsewhere = usual !== undefined && hintOf(usual).item !== undefined;
    const create = hinted === undefined || hinted === replace ? (elsewhere ? undefined : usual) : hinted;
    const common = {
      read: methods.get('GET'),
      head: methods.get('HEAD'),
      replace,
      modify: methods.get('PATCH'),
      remove: methods.get('DELETE'),
      itemPath: template.text,
      variable,
      idHint: create === undefined ? undefined : hintOf(create).id,
      parent:
        parentOf(path, template, variable === undefined ? 1 : 2, depth) ??
        (hinted === undefined ? undefined : parentOf(path, parsePathTemplate(hinted.path), 1, depth)),
      beside,
    };
    if (variable === undefined) {
      // A path with items under it is their collection, and a thing of one's own only where nothing is made on it.
      if (methods.has('POST') || common.read === undefined) return undefined;
      if (replace === undefined && common.modify === undefined) return undefined;
      return { ...common, kind: 'single', path: template.text, create: undefined, list: undefined };
    }
    const path_ = above?.template.text ?? template.text;
    const list = above?.methods.get('GET');
    if (create !== undefined) return { ...common, kind: 'collection', path: path_, create, list };
    const makes =
      replace !== undefined &&
      (hinted === replace || replace.responses.some(({ status }) => status === '201'));
    if (!makes && common.read !== undefined && list !== undefined)
      return { ...common, kind: 'given', path: path_, create: undefined, list };
    if (!makes) return undefined;
    return { ...common, kind: 'named', path: path_, create: replace, list, idHint: hintOf(replace).id };
  };
  /** The nearest item above whose variable this path's variables go on from. */
  const parentOf = (of: Path, template: PathTemplate, up: number, depth: number): Resource | undefined => {
    for (let drop = up; drop < template.segments.length; drop += 1) {
      const path = paths.get(shapeAbove(template, drop));
      if (path === undefined || path === of || itemVariable(path.template) === undefined) continue;
      const parent = resourceAt(path, depth + 1);
      return parent?.create === undefined ? undefined : parent;
    }
    return undefined;
  };
  const found = [...paths.values()]
    .map(path => resourceAt(path, 0))
    .filter(resource => resource !== undefined)
    .toSorted((a, b) => parents(a) - parents(b));
  beside.push(...found);
  return found;
}

/** What can be read without knowing any id: each as a single thing, for questions that concern reading alone. */
export function readablesOf(operations: readonly Operation[]): readonly Resource[] {
  const heads = new Map(
    operations.filter(({ method }) => method === 'HEAD').map(operation => [operation.path, operation]),
  );
  return operations
    .filter(({ method, path }) => method === 'GET' && parsePathTemplate(path).names.length === 0)
    .map(read => ({
      kind: 'single',
      path: read.key,
      create: undefined,
      list: undefined,
      read,
      head: heads.get(read.path),
      replace: undefined,
      modify: undefined,
      remove: undefined,
      itemPath: read.path,
      variable: undefined,
      idHint: undefined,
      parent: undefined,
      beside: [],
    }));
}

interface Path {
  readonly template: PathTemplate;
  readonly shape: string;
  readonly methods: Map<string, Operation>;
}

/** The variable that is the whole last segment. */
function itemVariable({ segments, greedy }: PathTemplate): string | undefined {
  const last = segments.at(-1);
  if (greedy || last === undefined || last.variables.length !== 1) return undefined;
  return last.literals.every(text => text === '') ? last.variables[0] : undefined;
}

/** The shape of a path without its last segments. */
function shapeAbove(template: PathTemplate, drop: number): string {
  const segments = template.segments.slice(0, -drop);
  return pathShape({ ...template, segments, greedy: false });
}

function parents({ parent }: Resource): number {
  return parent === undefined ? 0 : 1 + parents(parent);
}

/** The parameter of an operation that stands for a variable of its path, by the variable's place in the path. */
export function pathParameter(operation: Operation, place: number): Parameter | undefined {
  const name = parsePathTemplate(operation.path).names[place];
  return operation.parameters.find(
    parameter => parameter.in === 'path' && (parameter.name === name || parameter.name === `${name}+`),
  );
}

/** How many variables stand in a path before the end of another that begins it. */
export function variablesOf(path: string): number {
  return parsePathTemplate(path).names.length;
}
