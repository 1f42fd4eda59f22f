/**
 * The body of every update: `{ patchOperations: [{ op, path, value?, from? }] }`, read and held against the service
 * model before anything else is looked at. What a path means is the resource's matter.
 */
import { isArray, isObject, own } from '../../../contract/json/value.ts';
import { AwsError } from './aws-error.ts';
import type { Call } from './operation.ts';

export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'copy' | 'move' | 'test';
  /** As sent, with its escapes. */
  readonly path: string;
  /** Its parts, decoded: `~1` is a slash and `~0` a tilde. */
  readonly parts: readonly string[];
  /** Always text on the wire; undefined when it was left out. */
  readonly value: string | undefined;
  readonly from: string | undefined;
}

/** In AWS's order, which its message repeats. */
const OPS = ['add', 'remove', 'move', 'test', 'replace', 'copy'];

/**
 * The operations of a patch, none for a body without them.
 *
 * @param input - the operation's input in AWS's words, for the message: `updateStageInput`
 * @throws AwsError ValidationException, SerializationException
 */
export function patchOperationsOf({ input }: Call, inputName: string): readonly PatchOperation[] {
  const list = own(input, 'patchOperations');
  if (list === undefined || list === null) return [];
  if (!isArray(list))
    throw new AwsError('SerializationException', 'Start of list expected for patchOperations.');
  const faults: string[] = [];
  const operations = list.map((entry, index): PatchOperation => {
    if (!isObject(entry)) {
      throw new AwsError('SerializationException', 'Start of structure expected for a patch operation.');
    }
    const op = text(entry['op']);
    if (op !== undefined && !OPS.includes(op)) {
      faults.push(
        `Value '${op}' at '${inputName}.patchOperations.${index + 1}.member.op' failed to satisfy constraint: Member must satisfy enum value set: [${OPS.join(', ')}]`,
      );
    }
    const path = text(entry['path']) ?? '';
    return {
      op: (op ?? 'replace') as PatchOperation['op'],
      path,
      parts: path.split('/').slice(1).map(unescapePart),
      value: text(entry['value']),
      from: text(entry['from']),
    };
  });
  if (faults.length > 0) throw validationErrors(faults);
  return operations;
}

/** Several faults of one input as one refusal, in the framework's words. */
export function validationErrors(faults: readonly string[]): AwsError {
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected`;
  return new AwsError('ValidationException', `${count}: ${faults.join('; ')}`);
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  const kind = typeof value === 'boolean' ? 'Boolean' : typeof value === 'number' ? 'Number' : 'Object';
  throw new AwsError('SerializationException', `class java.lang.${kind} can not be converted to an String`);
}
