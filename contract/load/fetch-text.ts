/**
 * Texts from the network, only ever on request: bounded in size and time, and never a way for a public document to
 * make us read an address on this machine or in the private network behind it.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { LIMITS } from '../document/limits.ts';
import { RehearsalError } from '../errors.ts';
import { tooLarge } from './read-file.ts';

const TIMEOUT_MS = 20_000;

/**
 * Fetches one text.
 *
 * @param url - http or https
 * @param asker - the URI of the document that names it: an address of the same origin is always allowed, a private one otherwise is not
 * @throws RehearsalError DOCUMENT_UNREADABLE, DOCUMENT_TOO_LARGE
 */
export async function fetchText(url: string, asker: string): Promise<string> {
  let address = url;
  for (let hops = 0; hops < 5; hops += 1) {
    if (!sameOrigin(address, asker)) await refusePrivate(address);
    const response = await request(address);
    const location =
      response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (location === null) return bodyText(response, address);
    await response.body?.cancel();
    address = new URL(location, address).href;
  }
  throw unreadable(url, 'it redirects more than 5 times');
}

async function request(url: string): Promise<Response> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status >= 400) throw unreadable(url, `the server answers ${response.status}`);
    return response;
  } catch (error) {
    if (error instanceof RehearsalError) throw error;
    const { cause } = error as Error;
    throw unreadable(url, cause instanceof Error ? cause.message : (error as Error).message);
  }
}

async function bodyText(response: Response, url: string): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > LIMITS.bytes) throw tooLarge(url, bytes);
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    throw error instanceof RehearsalError ? error : unreadable(url, (error as Error).message);
  }
}

function sameOrigin(url: string, asker: string): boolean {
  return /^https?:/.test(asker) && new URL(url).origin === new URL(asker).origin;
}

/** Loopback, private, link-local and unique-local addresses, by name or by number. */
async function refusePrivate(url: string): Promise<void> {
  const { hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses =
    isIP(host) > 0
      ? [host]
      : await lookup(host, { all: true }).then(
          found => found.map(({ address }) => address),
          () => [],
        );
  const hidden = addresses.find(isPrivate);
  if (hidden !== undefined)
    throw unreadable(url, `${hidden} is an address of this machine or of a private network`);
}

function isPrivate(address: string): boolean {
  return (
    /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./.test(address) ||
    /^(::1?$|f[cd]|fe[89ab])/i.test(address) ||
    /^::ffff:/i.test(address)
  );
}

function unreadable(path: string, reason: string): RehearsalError {
  return new RehearsalError('DOCUMENT_UNREADABLE', { path, reason });
}
