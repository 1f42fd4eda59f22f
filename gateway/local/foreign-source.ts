/**
 * Who may talk to an address that only this machine can reach: programs on it, not web pages. A page of another site
 * sends its origin, and one that had its own name rebound to this address sends that name as the host.
 */
import type { IncomingHttpHeaders } from 'node:http';

const LOCAL_NAME = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Why a request is refused, or undefined for one that may pass. */
export function foreignSource(headers: IncomingHttpHeaders, address: string | undefined): string | undefined {
  const { host, origin } = headers;
  if (host !== undefined && !isOurs(nameOf(host), address)) {
    return `The control plane is not reached by the name ${nameOf(host)}. Use 127.0.0.1 or localhost.`;
  }
  if (origin !== undefined && !isOurOrigin(origin, address)) {
    return `The control plane does not answer pages of ${origin}.`;
  }
  return undefined;
}

function isOurs(name: string, address: string | undefined): boolean {
  // Listening beyond loopback was asked for, and then the address itself is a name of ours.
  return LOCAL_NAME.test(name) || name === address || `::ffff:${name}` === address;
}

function isOurOrigin(origin: string, address: string | undefined): boolean {
  const host = /^https?:\/\/([^/]+)$/i.exec(origin)?.[1];
  return host !== undefined && isOurs(nameOf(host), address);
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
