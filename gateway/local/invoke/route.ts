/**
 * Which method answers: among the resources whose path matches and that define the verb, or ANY, the one with literals
 * before parameters before greedy parameters, looked at from the root on (apigateway.md 16.3).
 */
import type { Resource } from '../state/records.ts';
import type { MultiValues } from './multi-values.ts';
import { decoded } from './percent.ts';

export interface Route<T> {
  readonly method: T;
  /** As they were sent: API Gateway leaves them encoded (11.1). */
  readonly pathParameters: MultiValues;
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  parameter: Node<T> | undefined;
  greedy: Node<T> | undefined;
  /** What the parameter that leads here is called. */
  readonly name: string;
  /** By verb. */
  methods: ReadonlyMap<string, T> | undefined;
}

export interface Router<T> {
  readonly find: (verb: string, path: string) => Route<T> | undefined;
}

/** @param methodsOf - what a resource's verbs lead to */
export function routerOf<T>(
  resources: readonly Resource[],
  methodsOf: (resource: Resource) => ReadonlyMap<string, T>,
): Router<T> {
  const root = node<T>('');
  for (const resource of resources) {
    let at = root;
    for (const part of resource.path.split('/')) if (part !== '') at = child(at, part);
    at.methods = methodsOf(resource);
  }
  return { find: (verb, path) => find(root, verb, segmentsOf(path)) };
}

function node<T>(name: string): Node<T> {
  return { literals: new Map(), parameter: undefined, greedy: undefined, name, methods: undefined };
}

function child<T>(parent: Node<T>, part: string): Node<T> {
  if (part.startsWith('{') && part.endsWith('+}')) {
    return (parent.greedy ??= node(part.slice(1, -2)));
  }
  if (part.startsWith('{') && part.endsWith('}')) {
    return (parent.parameter ??= node(part.slice(1, -1)));
  }
  let next = parent.literals.get(part);
  if (next === undefined) {
    next = node('');
    parent.literals.set(part, next);
  }
  return next;
}

/** Slashes before the first segment are one, and one after the last says nothing; those between stay (11.1). */
function segmentsOf(path: string): readonly string[] {
  let start = 0;
  while (path[start] === '/') start += 1;
  const end = path.endsWith('/') && path.length > start ? path.length - 1 : path.length;
  return start >= end ? [] : path.slice(start, end).split('/');
}

const NO_PARAMETERS: MultiValues = new Map();

function find<T>(root: Node<T>, verb: string, segments: readonly string[]): Route<T> | undefined {
  const values: (readonly [string, readonly string[]])[] = [];
  // A node stands at one depth, so each is looked at once at most, whatever the path.
  const walk = (at: Node<T>, depth: number): T | undefined => {
    if (depth === segments.length) return at.methods?.get(verb) ?? at.methods?.get('ANY');
    const segment = segments[depth] ?? '';
    const literal = at.literals.get(decoded(segment));
    const found = literal && walk(literal, depth + 1);
    if (found !== undefined) return found;
    if (at.parameter !== undefined && segment !== '') {
      values.push([at.parameter.name, [segment]]);
      const deeper = walk(at.parameter, depth + 1);
      if (deeper !== undefined) return deeper;
      values.pop();
    }
    const greedy = at.greedy?.methods?.get(verb) ?? at.greedy?.methods?.get('ANY');
    if (at.greedy !== undefined && greedy !== undefined) {
      values.push([at.greedy.name, [segments.slice(depth).join('/')]]);
      return greedy;
    }
    return undefined;
  };
  const method = walk(root, 0);
  return method === undefined
    ? undefined
    : { method, pathParameters: values.length === 0 ? NO_PARAMETERS : new Map(values) };
}
