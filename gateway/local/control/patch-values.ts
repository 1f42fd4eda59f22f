/** The texts of patch operations as what they stand for. */

/** Any text but `true` is false, as Java reads it; so is none. */
export function flagOf(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/** An empty text takes a member away, as none does. */
export function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
