/** Pages of a collection: `limit` (25 unless told, at most 500) and `position`, which is sent back only when more remains. */

/** @returns the wire form, whose list is `item` whatever an SDK calls it */
export function page<T>(
  all: readonly T[],
  query: URLSearchParams,
): { readonly item: readonly T[]; readonly position?: string } {
  const asked = Number(query.get('limit') ?? Number.NaN);
  const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, 500) : 25;
  const from = positionOf(query.get('position'));
  const item = all.slice(from, from + limit);
  const next = from + item.length;
  return next < all.length ? { item, position: Buffer.from(String(next)).toString('base64url') } : { item };
}

function positionOf(text: string | null): number {
  const position = Number(Buffer.from(text ?? '', 'base64url').toString());
  return Number.isInteger(position) && position >= 0 ? position : 0;
}
