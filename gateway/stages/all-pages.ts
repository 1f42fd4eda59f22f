/** A list of the control plane from its first page to its last. By hand: a paginator of the client would load the client here. */

/** What a call for a page is given beside what it asks for. */
export interface PageFrom {
  readonly limit: number;
  readonly position?: string;
}

interface Page<T> {
  readonly items?: readonly T[] | undefined;
  readonly position?: string | undefined;
}

/** The most that the service gives at once. */
const MOST = 500;

/** @param ask - for one page; undefined where there is no list */
export async function allPages<T>(
  ask: (from: PageFrom) => Promise<Page<T> | undefined>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let position: string | undefined;
  do {
    const page = await ask({ limit: MOST, ...(position === undefined ? {} : { position }) });
    all.push(...(page?.items ?? []));
    position = page?.position;
  } while (position !== undefined && position !== '');
  return all;
}
