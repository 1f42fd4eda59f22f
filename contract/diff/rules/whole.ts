/** Rules about the API as a whole: its servers. */
import type { Contract, Server } from '../../model.ts';
import type { DiffRule } from '../rule.ts';
import type { Collector } from '../spot.ts';

const OPERATION = "paths: { /pets: { get: { responses: { '200': { description: Pets } } } } }\n";

export const serverRemoved: DiffRule = {
  name: 'server-removed',
  severity: 'risky',
  title: 'A server is not named any more.',
  why: 'Clients that call it may find nobody there.',
  before: `servers: [{ url: https://api.example.com }, { url: https://eu.example.com }]\n${OPERATION}`,
  after: `servers: [{ url: https://api.example.com }]\n${OPERATION}`,
};

export const serverAdded: DiffRule = {
  name: 'server-added',
  severity: 'safe',
  title: 'A server is new.',
  why: 'Clients may go on calling those they know.',
  before: serverRemoved.after,
  after: serverRemoved.before,
};

export const WHOLE_RULES: readonly DiffRule[] = [serverRemoved, serverAdded];

/** The servers of both documents. A document that names none says nothing about them. */
export function compareServers(before: Contract, after: Contract, { report }: Collector): void {
  const [old, now] = [named(before), named(after)];
  if (old.size === 0 || now.size === 0) return;
  const spot = { operation: '', part: '' };
  for (const [url, { source }] of old)
    if (!now.has(url)) report(serverRemoved, spot, `the server ${url} is gone`, source, after.source);
  for (const [url, { source }] of now)
    if (!old.has(url)) report(serverAdded, spot, `the server ${url} is new`, before.source, source);
}

function named({ servers }: Contract): ReadonlyMap<string, Server> {
  return new Map(
    servers.filter(({ url }) => url !== '/').map(server => [server.url.replace(/\/$/, ''), server]),
  );
}
