/** Faults of the catalogue that no check sees yet. */

export const PENDING: ReadonlySet<string> = new Set(['depot/status/ok-with-error']);
