/** From a method and a path to the operation it asks for, and the parameters in the path. */
import { AwsError } from './aws-error.ts';
import type { Operation } from './operation.ts';

export interface FoundOperation {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
}

/** @throws AwsError UnknownOperationException, or SerializationException for a path with broken escapes */
export function findOperation(
  operations: readonly Operation[],
  method: string,
  path: string,
  query: URLSearchParams,
): FoundOperation {
  const segments = path.split('/').map(decoded);
  let found: FoundOperation | undefined;
  for (const operation of operations) {
    if (operation.method !== method) continue;
    const wanted = Object.entries(operation.query ?? {});
    if (wanted.some(([name, value]) => query.get(name) !== value)) continue;
    const parameters = match(operation.path, segments);
    if (parameters === undefined) continue;
    // Of two that fit, the one that asks for more of the query was meant.
    if (found === undefined || wanted.length > Object.keys(found.operation.query ?? {}).length) {
      found = { operation, parameters };
    }
  }
  if (found === undefined) {
    throw new AwsError('UnknownOperationException', `There is no operation ${method} ${path}.`);
  }
  return found;
}

function match(template: string, segments: readonly string[]): Readonly<Record<string, string>> | undefined {
  const parts = template.split('/');
  if (parts.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{') && segment !== '') parameters[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return parameters;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError('SerializationException', `The path holds a broken escape: ${segment}`);
  }
}
