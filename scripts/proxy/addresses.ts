/**
 * Which address of the real server a path of the proxy stands for, and the way back: the server's URL takes the place
 * of the documents' base paths. What stands below none of them keeps its path.
 */
import type { Contract } from '../../contract/model.ts';
import type { Routes } from '../../mock-server/routes.ts';

export interface Addresses {
  /** Where the server's paths begin: empty, or `/v2`. */
  readonly serverBase: string;
  readonly serverOrigin: string;
  /** The base paths of the documents, the longest first. */
  readonly ownBases: readonly string[];
}

export function addressesOf(routes: Routes, contracts: readonly Contract[], url: string): Addresses {
  const { origin, pathname } = new URL(url);
  const bases = new Set(contracts.flatMap(contract => routes.basePaths.get(contract) ?? []));
  return {
    serverOrigin: origin,
    serverBase: pathname.replace(/\/+$/, ''),
    ownBases: [...bases].toSorted((a, b) => b.length - a.length),
  };
}

/** A path of ours below the base path it belongs to; as it is where it belongs to none. */
export function ownPath({ ownBases }: Addresses, path: string): string {
  const base = ownBases.find(one => isBelow(path, one)) ?? '';
  return path.slice(base.length) || '/';
}

/** The server's path for a path of ours. */
export function serverPath({ ownBases, serverBase }: Addresses, path: string): string {
  const base = ownBases.find(one => isBelow(path, one));
  const mapped = base === undefined ? path : serverBase + path.slice(base.length);
  return mapped === '' ? '/' : mapped;
}

/**
 * A Location of the server as one of ours, so that who follows it comes by here again; one that leads elsewhere stays.
 *
 * @param ownOrigin - where the client reached us
 */
export function ownLocation(addresses: Addresses, location: string, ownOrigin: string): string {
  const { serverOrigin, serverBase, ownBases } = addresses;
  const isPath = location.startsWith('/') && !location.startsWith('//');
  if (!isPath && !isBelow(location, serverOrigin)) return location;
  const rest = isPath ? location : location.slice(serverOrigin.length);
  const end = rest.search(/[?#]/);
  const path = end === -1 ? rest : rest.slice(0, end);
  const [base] = ownBases.toReversed();
  const mapped =
    base !== undefined && isBelow(path, serverBase) ? base + rest.slice(serverBase.length) : rest;
  return isPath ? mapped : ownOrigin + mapped;
}

function isBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`) || path.startsWith(`${base}?`);
}
