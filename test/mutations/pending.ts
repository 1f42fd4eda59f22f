/** Faults of the catalogue that no check sees yet. */

export const PENDING: ReadonlySet<string> = new Set([
  'library/state/put-merges',
  'library/paging/never-ends',
  'library/paging/total',
  'depot/status/ok-with-error',
  'depot/state/update-spreads',
  'depot/paging/total',
  'buckets/state/put-merges',
  'buckets/paging/never-ends',
]);
