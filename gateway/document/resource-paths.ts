/**
 * Paths as resources of API Gateway: a variable is a whole segment, one parent has one variable, and the characters are
 * few. What can be said otherwise is renamed and told; an operation that cannot be reached is told as missing.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
import type { Operation } from '../../contract/model.ts';
import { type Loss, loss } from '../lower/loss.ts';

export interface PlacedOperation {
  readonly operation: Operation;
  /** The path as API Gateway takes it. */
  readonly path: string;
  /** Names of path parameters that had to change: what the document calls them, and what they are called now. */
  readonly renamed: ReadonlyMap<string, string>;
}

const METHODS = new Set(['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY']);
const LITERAL = /^[A-Za-z0-9_.,:-]+$/;
const VARIABLE = /\{([^{}]+)\}/g;
/** Takes whatever follows, slashes included. */
const GREEDY = /^\{[^{}]+\+\}$/;

/** The operations that API Gateway can have, in document order. */
export function placeOperations(
  operations: readonly Operation[],
  lose: (loss: Loss) => void,
): readonly PlacedOperation[] {
  const variables = new Map<string, string>();
  const taken = new Set<string>();
  return operations.flatMap(operation => {
    const missing = (message: string, fix: string): readonly PlacedOperation[] => {
      lose(loss('missing', { rule: 'apigateway-operation', message, source: operation.source, fix }));
      return [];
    };
    if (!METHODS.has(operation.method)) {
      return missing(
        `API Gateway has no method ${operation.method}, so ${operation.key} is left out.`,
        `Use one of ${[...METHODS].slice(0, 7).join(', ')}.`,
      );
    }
    const placed = placePath(operation, variables);
    if (typeof placed === 'string') {
      return missing(
        `API Gateway takes no path segment "${placed}" there, so ${operation.key} is left out.`,
        'Segments are made of letters, digits and the characters _ - . , : or are one variable as a whole; a greedy one comes last, and its parent has no other.',
      );
    }
    const key = `${operation.method} ${placed.path}`;
    if (taken.has(key)) {
      return missing(
        `${operation.key} would be ${key}, which is there already, so it is left out.`,
        'Give one of the two another path.',
      );
    }
    taken.add(key);
    if (placed.path !== operation.path) {
      lose(
        loss('changed', {
          rule: 'apigateway-path',
          message: `${operation.path} is called ${placed.path} in API Gateway, where a variable is a whole segment and one parent has one variable.`,
          source: operation.source,
          fix: 'Call it so in the document too, and nobody has to know both.',
        }),
      );
    }
    return [{ operation, ...placed }];
  });
}

/** @returns the segment that cannot be placed, for a path that cannot */
function placePath(
  { path }: Operation,
  variables: Map<string, string>,
): string | { readonly path: string; readonly renamed: ReadonlyMap<string, string> } {
  const renamed = new Map<string, string>();
  const segments: string[] = [];
  // A slash at the end leads to the same resource.
  const parts = path.split('/').filter((part, index) => index > 0 && part !== '');
  for (const [index, segment] of parts.entries()) {
    const names = [...segment.matchAll(VARIABLE)].map(([, name = '']) => name);
    if (names.length === 0) {
      if (!LITERAL.test(segment)) return segment;
      segments.push(segment);
      continue;
    }
    const isGreedy = GREEDY.test(segment);
    if (isGreedy && index < parts.length - 1) return segment;
    const parent = segments.join('/');
    const known = variables.get(parent);
    if (known !== undefined && known.endsWith('+') !== isGreedy) return segment;
    const name = known ?? `${freeVariable(legalVariable(segment, names), segments)}${isGreedy ? '+' : ''}`;
    variables.set(parent, name);
    for (const one of names) if (one !== name) renamed.set(one, name);
    segments.push(`{${name}}`);
  }
  return { path: `/${segments.join('/')}`, renamed };
}

/** A path has a name once, also where the variable before it was renamed to it. */
function freeVariable(name: string, segments: readonly string[]): string {
  let free = name;
  for (let number = 2; segments.includes(`{${free}}`); number += 1) free = `${name}${number}`;
  return free;
}

/** `{id}.json` is one segment with two things in it; API Gateway has a variable for it as a whole. */
function legalVariable(segment: string, names: readonly string[]): string {
  const [only] = names;
  const whole = names.length === 1 && only !== undefined && segment === `{${only}}` ? only : segment;
  const legal = whole.replace(/[^A-Za-z0-9._-]/g, '');
  return legal === '' ? 'value' : legal;
}
