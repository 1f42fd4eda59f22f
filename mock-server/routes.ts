/**
 * Which operation a request is for. The tree is built from the paths of all contracts under all their base paths, and
 * a path that fits several templates is ranked as OpenAPI says: concrete before templated.
 *
 * Fastify's own router is not asked: `{proxy+}`, `/{id}.json`, two names for one variable and a method decided after
 * the path are not its ways, and handing it a large document's 1,100 routes costs more than reading the document.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#path-templating-matching
 */
import { basePathsOf } from '../contract/build/server-object.ts';
import {
  comparePathTemplates,
  matchPath,
  type PathTemplate,
  parsePathTemplate,
  pathShape,
} from '../contract/http/path-template.ts';
import type { Contract, Operation, Server } from '../contract/model.ts';
import type { Problem } from '../contract/problem.ts';

export interface Route {
  readonly operation: Operation;
  /** Empty, or `/v1`. */
  readonly basePath: string;
  /** Base path and path together. */
  readonly template: PathTemplate;
}

export type Found =
  | {
      readonly kind: 'operation';
      readonly operation: Operation;
      /** Percent-encoded, by name. */
      readonly variables: ReadonlyMap<string, string>;
      readonly allow: string;
    }
  /** The path exists, the method does not. `allow` is the value of the Allow header. */
  | { readonly kind: 'method'; readonly template: string; readonly allow: string }
  /** `nearest` is a path that does exist and may have been meant. */
  | { readonly kind: 'path'; readonly nearest: string | undefined };

export interface Routes {
  /** @param path - as it stands in the request line, without query */
  readonly find: (method: string, path: string) => Found;
  /** The base paths of each contract, in the order given. */
  readonly basePaths: ReadonlyMap<Contract, readonly string[]>;
  readonly problems: readonly Problem[];
}

/** All templates of one shape: `/pets/{id}` and `/pets/{petId}` are one place with the methods of both. */
interface Place {
  readonly template: PathTemplate;
  readonly methods: Map<string, Route>;
  /** The earlier wins where several fit. */
  rank: number;
  allow: string;
}

interface Node {
  readonly concrete: Map<string, Node>;
  /** Below any segment with a variable in it. */
  open: Node | undefined;
  /** Places that end here. */
  readonly ends: Place[];
  /** Places whose `{proxy+}` begins here. */
  readonly greedy: Place[];
}

const STANDARD_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export interface RouteOptions {
  /** Every operation stands below these, in place of the base paths of its servers. Each empty, or `/v1`. */
  readonly basePaths?: readonly string[];
}

/** The routes of all operations of some contracts. Where two want the same, the first has it and a problem tells. */
export function buildRoutes(contracts: readonly Contract[], options: RouteOptions = {}): Routes {
  const problems: Problem[] = [];
  const places = new Map<string, Place>();
  const basePaths = new Map<Contract, readonly string[]>();
  for (const contract of contracts) {
    const served = new Set<string>();
    const known = new Map<readonly Server[], readonly string[]>();
    for (const operation of contract.operations) {
      const bases = options.basePaths ?? known.get(operation.servers) ?? basesOf(operation.servers);
      known.set(operation.servers, bases);
      for (const basePath of bases) {
        served.add(basePath);
        for (const text of pathsOf(operation, basePath)) {
          addRoute(places, { operation, basePath, template: parsePathTemplate(text) }, problems);
        }
      }
    }
    basePaths.set(contract, served.size > 0 ? [...served] : basesOf(contract.servers));
  }
  const root = buildTree([...places.values()]);
  const plain = new Map<string, Place>();
  for (const place of places.values())
    if (place.template.names.length === 0) plain.set(place.template.text, place);
  const nearest = (path: string): string | undefined => nearestPath(path, places, basePaths, root);
  return {
    find: (method, path) => find(root, plain, nearest, method, path),
    basePaths,
    problems,
  };
}

/** The distinct paths under which servers stand. */
function basesOf(servers: readonly Server[]): readonly string[] {
  return [...new Set(servers.flatMap(basePathsOf))];
}

/** A root path below a base path answers with and without the slash between nothing and nothing. */
function pathsOf({ path }: Operation, basePath: string): readonly string[] {
  if (path === '/' && basePath !== '') return [`${basePath}/`, basePath];
  return [path.startsWith('/') ? basePath + path : `${basePath}/${path}`];
}

function addRoute(places: Map<string, Place>, route: Route, problems: Problem[]): void {
  const { operation, template } = route;
  const shape = pathShape(template);
  let place = places.get(shape);
  if (place === undefined) {
    place = { template, methods: new Map(), rank: 0, allow: '' };
    places.set(shape, place);
  }
  const other = place.methods.get(operation.method);
  if (other === undefined) place.methods.set(operation.method, route);
  else if (other.operation !== operation) problems.push(taken(route, other));
}

function taken(route: Route, other: Route): Problem {
  const { operation } = route;
  const elsewhere = other.operation.contract !== operation.contract;
  const owner = elsewhere ? `${other.operation.contract.source.document.name}` : other.operation.path;
  return {
    rule: 'route-taken',
    severity: 'warning',
    message: `${operation.method} ${route.template.text} is not served, because ${owner} has it already.`,
    source: operation.source,
    fix: elsewhere
      ? 'Give the documents different base paths in "servers", or serve them apart.'
      : 'Merge the two paths; they differ only in the names of their variables.',
  };
}

function buildTree(places: readonly Place[]): Node {
  const root = newNode();
  for (const [rank, place] of places
    .toSorted((a, b) => comparePathTemplates(a.template, b.template))
    .entries()) {
    place.rank = rank;
    place.allow = allowedMethods(place).join(', ');
    let node = root;
    const { segments, greedy } = place.template;
    for (const [index, segment] of segments.entries()) {
      if (greedy && index === segments.length - 1) break;
      if (segment.variables.length > 0) {
        node.open ??= newNode();
        node = node.open;
      } else {
        const text = segment.literals[0] ?? '';
        const next = node.concrete.get(text) ?? newNode();
        node.concrete.set(text, next);
        node = next;
      }
    }
    (greedy ? node.greedy : node.ends).push(place);
  }
  return root;
}

function newNode(): Node {
  return { concrete: new Map(), open: undefined, ends: [], greedy: [] };
}

function allowedMethods(place: Place): readonly string[] {
  const methods = new Set(place.methods.keys());
  if (methods.delete('ANY')) for (const method of STANDARD_METHODS) methods.add(method);
  if (methods.has('GET')) methods.add('HEAD');
  methods.add('OPTIONS');
  return [...methods];
}

function find(
  root: Node,
  plain: ReadonlyMap<string, Place>,
  nearest: (path: string) => string | undefined,
  method: string,
  path: string,
): Found {
  let place = plain.get(path);
  let variables = NO_VARIABLES;
  if (place === undefined) {
    const hit = search(root, path);
    if (hit === undefined) return { kind: 'path', nearest: nearest(path) };
    [place, variables] = hit;
  }
  const route = routeFor(place, method);
  if (route === undefined) return { kind: 'method', template: place.template.text, allow: place.allow };
  const own = route.template === place.template ? variables : (matchPath(route.template, path) ?? variables);
  return { kind: 'operation', operation: route.operation, variables: own, allow: place.allow };
}
const NO_VARIABLES: ReadonlyMap<string, string> = new Map();

/** GET answers HEAD too (RFC 9110, 9.3.2), unless the document or its ANY does. */
function routeFor(place: Place, method: string): Route | undefined {
  const { methods } = place;
  return methods.get(method) ?? methods.get('ANY') ?? (method === 'HEAD' ? methods.get('GET') : undefined);
}

/** The best ranked of the places that a path fits. */
function search(root: Node, path: string): [Place, ReadonlyMap<string, string>] | undefined {
  const candidates: Place[] = [];
  collect(root, path.split('/'), 1, candidates);
  if (candidates.length > 1) candidates.sort((a, b) => a.rank - b.rank);
  for (const place of candidates) {
    const variables = matchPath(place.template, path);
    if (variables !== undefined) return [place, variables];
  }
  return undefined;
}

/** Every place whose segments could fit; whether they do is for `matchPath` to say. */
function collect(node: Node, segments: readonly string[], index: number, into: Place[]): void {
  if (node.greedy.length > 0) into.push(...node.greedy);
  if (index >= segments.length) {
    into.push(...node.ends);
    return;
  }
  const segment = segments[index] ?? '';
  const next =
    node.concrete.get(segment) ??
    (UNUSUAL.test(segment) ? node.concrete.get(oneSpelling(segment)) : undefined);
  if (next !== undefined) collect(next, segments, index + 1, into);
  if (node.open !== undefined) collect(node.open, segments, index + 1, into);
}

/** A segment that other spellings stand for too, such as `caf%c3%a9`. */
const UNUSUAL = /[^\w.~!$&'()*+,;=:@-]/;

/** The spelling that a template has for the segment. A brace would begin a variable there, so it counts as encoded. */
function oneSpelling(segment: string): string {
  const text = segment.replaceAll('{', '%7B').replaceAll('}', '%7D');
  return parsePathTemplate(`/${text}`).segments[0]?.literals[0] ?? segment;
}

/** The path that was probably meant: the same under a base path, or the one that shares most segments. */
function nearestPath(
  path: string,
  places: ReadonlyMap<string, Place>,
  basePaths: ReadonlyMap<Contract, readonly string[]>,
  root: Node,
): string | undefined {
  if (path.length > 1000) return undefined;
  for (const basePath of new Set([...basePaths.values()].flat())) {
    if (basePath !== '' && search(root, basePath + path) !== undefined) return basePath + path;
  }
  const otherEnd = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  if (search(root, otherEnd) !== undefined) return otherEnd;
  const segments = path.split('/').slice(1);
  let best: Place | undefined;
  let bestScore = 0.49;
  for (const place of places.values()) {
    const score = likeness(place.template, segments);
    if (score > bestScore) [best, bestScore] = [place, score];
  }
  return best?.template.text;
}

/** From 0 to 1: how many segments agree. A variable agrees with anything, though less than the very text does. */
function likeness(template: PathTemplate, segments: readonly string[]): number {
  const longer = Math.max(template.segments.length, segments.length);
  let agreeing = 0;
  for (const [index, segment] of template.segments.entries()) {
    const text = segments[index];
    if (text === undefined) break;
    if (segment.variables.length > 0) agreeing += text === '' ? 0 : 0.6;
    else if (segment.literals[0] === text) agreeing += 1;
    else if (segment.literals[0]?.toLowerCase() === text.toLowerCase()) agreeing += 0.9;
    else if (segment.literals[0]?.slice(0, 3) === text.slice(0, 3)) agreeing += 0.5;
  }
  return agreeing / longer;
}
