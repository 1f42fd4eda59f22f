/** Whether a path, once its variables are filled, still belongs to its own template. */
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

function indexOf(contract: Contract): ReadonlyMap<number, readonly Known[]> {
  let index = indexes.get(contract);
  if (index === undefined) {
    const known = [...new Set(contract.operations.map(({ path }) => path))].map(path => {
      const template = parsePathTemplate(path);
      return { template, shape: pathShape(template) };
    });
    index = Map.groupBy(known, ({ template }) => (template.greedy ? 0 : template.segments.length));
    indexes.set(contract, index);
  }
  return index;
}
