/** Which proxy a request goes through, as the environment says it: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. */
import { RehearsalError } from '../../contract/errors.ts';
import { decodedOrSame } from '../../contract/http/percent-encoding.ts';

/** Names the proxy for an address; undefined where it is reached directly. */
export type ProxyChoice = (url: URL) => URL | undefined;

/**
 * The choice that the environment makes, names in lower case before those in upper case.
 *
 * @throws RehearsalError PROXY_INVALID for a proxy that is no URL of http or https
 */
export function proxyFromEnvironment(env: Readonly<Record<string, string | undefined>>): ProxyChoice {
  const read = (name: string): string | undefined => env[name] || env[name.toUpperCase()] || undefined;
  const parse = (name: string): URL | undefined => {
    const written = read(name);
    return written === undefined ? undefined : proxyUrl(written, name.toUpperCase());
  };
  const all = parse('all_proxy');
  const secure = parse('https_proxy') ?? all;
  const plain = parse('http_proxy') ?? all;
  const exceptions = noProxy(read('no_proxy') ?? '');
  return url => {
    const proxy = url.protocol === 'https:' ? secure : plain;
    return proxy === undefined || exceptions(url) ? undefined : proxy;
  };
}

/** @param from - where it was written, for the message; the value may hold a password and is not repeated */
export function proxyUrl(written: string, from: string): URL {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  const reason = url === undefined ? 'it is no address' : `${url.protocol}// is not supported`;
  throw new RehearsalError('PROXY_INVALID', { variable: from, reason });
}

/**
 * What NO_PROXY leaves out: `*` everything, a name also what ends in it, an address or a block of addresses, each
 * perhaps with a port. This machine itself is never asked for through a proxy.
 */
export function noProxy(list: string): (url: URL) => boolean {
  const rules = list
    .split(/[\s,]+/)
    .filter(entry => entry !== '')
    .map(ruleOf);
  return url => {
    const host = bare(url.hostname);
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    return isLoopback(host) || rules.some(rule => rule(host, port));
  };
}

type Rule = (host: string, port: string) => boolean;

function ruleOf(entry: string): Rule {
  if (entry === '*') return () => true;
  const block = /^\[?([\da-f.:]+)\]?\/(\d{1,3})$/i.exec(entry);
  if (block !== null) return blockRule(block[1] ?? '', Number(block[2]));
  const [, written = '', port] = /^(\[[^\]]*\]|[^:]*|[^:]*:[^:]*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
  const name = bare(written.toLowerCase()).replace(/^\*?\./, '');
  return (host, asked) =>
    name !== '' && (port === undefined || port === asked) && (host === name || host.endsWith(`.${name}`));
}

function blockRule(address: string, prefix: number): Rule {
  const net = process.getBuiltinModule('node:net');
  const family = net.isIP(address);
  if (family === 0 || prefix > (family === 4 ? 32 : 128)) return () => false;
  const block = new net.BlockList();
  block.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return host => {
    const asked = net.isIP(host);
    return asked !== 0 && block.check(host, asked === 4 ? 'ipv4' : 'ipv6');
  };
}

/** Without the brackets of an IPv6 address, and without the dot that ends a full name. */
function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\./.test(host);
}

/** The header that tells a proxy who asks; undefined when its address names nobody. */
export function proxyAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const pair = `${decodedOrSame(username)}:${decodedOrSame(password)}`;
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}
