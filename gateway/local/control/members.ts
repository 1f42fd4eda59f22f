/** Records with one member or entry more or less: a member that has no value is absent, as on the wire. */

/** The record with a member set, or without it for undefined. */
export function withMember<T extends object, K extends keyof T>(
  record: T,
  member: K,
  value: T[K] | undefined,
): T {
  if (value !== undefined) return { ...record, [member]: value };
  const { [member]: _gone, ...rest } = record;
  return rest as T;
}

/** The map with an entry set; a new entry stands last. */
export function withEntry<V>(
  map: Readonly<Record<string, V>> | undefined,
  key: string,
  value: V,
): Readonly<Record<string, V>> {
  return { ...map, [key]: value };
}

/** The map without an entry; undefined once it is empty. */
export function withoutEntry<V>(
  map: Readonly<Record<string, V>> | undefined,
  key: string,
): Readonly<Record<string, V>> | undefined {
  const entries = Object.entries(map ?? {}).filter(([name]) => name !== key);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Only the members that have a value. */
export function present<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
}

type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
