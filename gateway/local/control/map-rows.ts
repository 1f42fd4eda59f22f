/**
 * Rows of patch tables for members that are maps: `/requestModels/application~1json`. What is replaced or removed has to
 * be there; what is added may be.
 */
import { notFound } from './aws-error.ts';
import { withEntry, withMember, withoutEntry } from './members.ts';
import type { PatchRow } from './patch.ts';

type Map<V> = Readonly<Record<string, V>>;

/** AWS's two ways to say that a map has no such entry. */
export const NO_PARAMETER = 'Invalid parameter name specified';
export const NO_CONTENT_TYPE = 'Content-Type specified was not found';

export interface MapRow<V> {
  /** The refusal when a replaced or removed entry is not there. */
  readonly absent: string;
  /** The entry's value from the operation's text. Throws AwsError for one that cannot be. */
  readonly read: (value: string | undefined, key: string) => V;
}

/** @param member - which is absent again once its last entry is removed */
export function mapRow<T extends object, M extends keyof T & string, V>(
  member: M,
  { absent, read }: MapRow<V>,
): PatchRow<T> {
  return {
    path: `/${member}/*`,
    ops: ['add', 'replace', 'remove'],
    apply: (record, { op, names: [key = ''], value }) => {
      const map = record[member] as Map<V> | undefined;
      if (op !== 'add' && !Object.hasOwn(map ?? {}, key)) throw notFound(absent);
      const next = op === 'remove' ? withoutEntry(map, key) : withEntry(map, key, read(value, key));
      return withMember(record, member, next as T[M] | undefined);
    },
  };
}
