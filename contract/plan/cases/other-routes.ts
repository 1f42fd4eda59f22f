/** Which templates and which operations of a contract a path leads to, once its variables are filled. */
import {
  comparePathTemplates,
  matchPath,
  type PathTemplate,
  parsePathTemplate,
  pathShape,
} from '../../http/path-template.ts';
import type { Contract, Operation } from '../../model.ts';

/** Says whether a path would be taken for this operation's. */
export type OwnPath = (path: string) => boolean;

interface Known {
  readonly template: PathTemplate;
  readonly shape: string;
  readonly operations: readonly Operation[];
}

/** The templates of a contract by how many segments they have; greedy ones under 0, since they fit many. */
const indexes = new WeakMap<Contract, ReadonlyMap<number, readonly Known[]>>();

/** What stands before this operation's template wherever both fit, such as `/pets/mine` before `/pets/{id}`, is a rival. */
export function ownPath(operation: Operation, template: PathTemplate): OwnPath {
  if (template.names.length === 0) return () => true;
  const index = indexOf(operation.contract);
  const shape = pathShape(template);
  const near = template.greedy
    ? [...index.values()].flat()
    : [...(index.get(template.segments.length) ?? []), ...(index.get(0) ?? [])];
  const rivals = near.filter(
    known => known.shape !== shape && comparePathTemplates(known.template, template) < 0,
  );
  return path =>
    matchPath(template, path) !== undefined &&
    !rivals.some(rival => matchPath(rival.template, path) !== undefined);
}

/** The methods of every operation that a path may lead to, be its template the best that fits or not. */
export function methodsAt(contract: Contract, path: string): ReadonlySet<string> {
  const index = indexOf(contract);
  const near = [...(index.get(path.split('/').length - 1) ?? []), ...(index.get(0) ?? [])];
  const methods = new Set<string>();
  for (const { template, operations } of near) {
    if (matchPath(template, path) === undefined) continue;
    for (const { method } of operations) methods.add(method);
  }
  return methods;
}

/** True for one of the operations of a path, the same whatever their order. */
export function speaksForPath(operation: Operation): boolean {
  const template = parsePathTemplate(operation.path);
  const shape = pathShape(template);
  const near = indexOf(operation.contract).get(template.greedy ? 0 : template.segments.length) ?? [];
  return near.every(
    known => known.shape !== shape || known.operations.every(other => rankOf(operation) <= rankOf(other)),
  );
}

/** GET speaks before all others. */
function rankOf({ method, key }: Operation): string {
  return `${method === 'GET' ? 0 : 1} ${key}`;
}

function indexOf(contract: Contract): ReadonlyMap<number, readonly Known[]> {
  let index = indexes.get(contract);
  if (index === undefined) {
    const paths = Map.groupBy(contract.operations, ({ path }) => path);
    const known = [...paths].map(([path, operations]) => {
      const template = parsePathTemplate(path);
      return { template, shape: pathShape(template), operations };
    });
    index = Map.groupBy(known, ({ template }) => (template.greedy ? 0 : template.segments.length));
    indexes.set(contract, index);
  }
  return index;
}
