/**
 * The body of every update: `{ patchOperations: [{ op, path, value?, from? }] }`, read and held against the service
 * model before anything else is looked at. What a path means is the resource's matter.
 */
import { pointerTokens } from '../../../contract/json/pointer.ts';
import { own } from '../../../contract/json/value.ts';
import { notInSet, refuseViolations, type Violation } from './framework-check.ts';
import type { Call } from './operation.ts';
import { readStructures } from './read-input.ts';

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

const SHAPE = { op: 'text', path: 'text', value: 'text', from: 'text' } as const;

/**
 * The operations of a patch, none for a body without them.
 *
 * @param input - the operation's input in AWS's words, for the message: `updateStageInput`
 * @param others - what the framework finds wrong with members of the path, which AWS tells in the same refusal
 * @throws AwsError ValidationException, SerializationException
 */
export function patchOperationsOf(
  { input }: Pick<Call, 'input'>,
  inputName: string,
  ...others: readonly Violation[]
): readonly PatchOperation[] {
  const sent = readStructures(own(input, 'patchOperations'), SHAPE);
  refuseViolations(
    ...sent.map(({ op }, index) => notInSet(op, `${inputName}.patchOperations.${index + 1}.member.op`, OPS)),
    ...others,
  );
  return sent.map(({ op = 'replace', path = '', value, from }) => ({
    op: op as PatchOperation['op'],
    path,
    parts: pointerTokens(path),
    value,
    from,
  }));
}
