/** Where requests go: straight to the server, by way of a proxy that is told the whole address, or through a tunnel. */
import type { Agent, ClientRequestArgs, request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import { type ProxyChoice, proxyAuthorization } from './proxy.ts';
import { nodeTlsOptions, type TlsOptions } from './tls.ts';

// An import would read every export of `node:http`, and its getters load the whole of `fetch`: 20 ms of CPU.
const http = process.getBuiltinModule('node:http');
const https = process.getBuiltinModule('node:https');

/** More than servers are known to send; Node's own limit of 16 kB is less than some do. */
const MAX_HEADER_BYTES = 256 * 1024;

export interface Target {
  readonly request: typeof request;
  readonly options: Readonly<Record<string, unknown>>;
  /** Host and port as a Host header says them. */
  readonly authority: string;
  /** What stands before the path of each request. */
  readonly basePath: string;
  /** Lines for the proxy alone; it takes them off. */
  readonly proxyLines: readonly string[];
  /** The proxy's address without its password, where requests are handed to one. */
  readonly proxy: string | undefined;
}

export interface TargetOptions {
  readonly connections: number;
  readonly timeoutMs: number;
  readonly tls: TlsOptions | undefined;
  readonly proxy: ProxyChoice | undefined;
}

/** @param agents - those in use, by origin; connections are shared by all targets of one */
export function newTarget(baseUrl: string, agents: Map<string, Agent>, options: TargetOptions): Target {
  const url = new URL(baseUrl);
  const proxy = options.proxy?.(url);
  const secure = url.protocol === 'https:';
  const { cert: _cert, key: _key, passphrase: _passphrase, ...trust } = options.tls ?? {};
  let agent = agents.get(url.origin);
  if (agent === undefined) {
    const tls = nodeTlsOptions(options.tls ?? {});
    // The client's own certificate is for the server alone.
    const proxyTls = nodeTlsOptions(trust);
    const kept = { keepAlive: true, maxSockets: options.connections, scheduling: 'lifo' } as const;
    if (secure) {
      agent = new https.Agent({ ...kept, ...tls });
      if (proxy !== undefined) tunnelThrough(agent, proxy, proxyTls, options.timeoutMs);
    } else {
      agent = proxy?.protocol === 'https:' ? new https.Agent({ ...kept, ...proxyTls }) : new http.Agent(kept);
    }
    agents.set(url.origin, agent);
  }
  const basePath = url.pathname.replace(/\/+$/, '');
  const told = secure ? undefined : proxy;
  const authorization = told === undefined ? undefined : proxyAuthorization(told);
  return {
    request: secure || told?.protocol === 'https:' ? https.request : http.request,
    options: { agent, ...addressOf(told ?? url), maxHeaderSize: MAX_HEADER_BYTES },
    authority: url.host,
    // RFC 9112, 3.2.2: a proxy is told the whole address.
    basePath: told === undefined ? basePath : `http://${url.host}${basePath}`,
    proxyLines: authorization === undefined ? [] : ['Proxy-Authorization', authorization],
    proxy: proxy?.origin,
  };
}

function addressOf(url: URL): { readonly host: string; readonly port: number } {
  return {
    // Brackets around an IPv6 address belong to the URL, not to the address.
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
  };
}

type NodeTls = Readonly<Record<string, unknown>>;

function tunnelThrough(agent: Agent, proxy: URL, proxyTls: NodeTls, timeoutMs: number): void {
  agent.createConnection = (options, callback) => {
    openTunnel(proxy, proxyTls, options, timeoutMs, (error, socket) => {
      // Node's types want a socket beside an error.
      if (socket === undefined) callback?.(error ?? null, undefined as unknown as Duplex);
      else callback?.(null, socket);
    });
    return undefined;
  };
}

/** Asks the proxy for a connection to the server and speaks TLS through it (RFC 9110, 9.3.6). */
function openTunnel(
  proxy: URL,
  proxyTls: NodeTls,
  options: ClientRequestArgs,
  timeoutMs: number,
  done: (error: Error | undefined, socket?: Duplex) => void,
): void {
  const host = String(options.host);
  const authority = `${host.includes(':') ? `[${host}]` : host}:${options.port}`;
  const authorization = proxyAuthorization(proxy);
  const secure = proxy.protocol === 'https:';
  const connect = (secure ? https.request : http.request)({
    ...addressOf(proxy),
    ...(secure ? proxyTls : {}),
    method: 'CONNECT',
    path: authority,
    agent: false,
    timeout: timeoutMs,
    headers: {
      Host: authority,
      ...(authorization === undefined ? {} : { 'Proxy-Authorization': authorization }),
    },
  });
  connect.on('connect', ({ statusCode = 0, statusMessage = '' }, socket) => {
    if (statusCode >= 200 && statusCode < 300) {
      const tls = process.getBuiltinModule('node:tls');
      done(undefined, tls.connect({ ...(options as ConnectionOptions), socket }));
      return;
    }
    socket.destroy();
    done(proxyError(`it refuses to connect: ${statusCode} ${statusMessage}`.trimEnd()));
  });
  connect.on('timeout', () => connect.destroy(new Error(`no answer within ${timeoutMs / 1000} seconds`)));
  connect.on('error', error => done(proxyError(error.message)));
  connect.end();
}

const PROXY_ERROR = 'ERR_PROXY';

function proxyError(message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code: PROXY_ERROR });
}

export function isProxyError({ code }: NodeJS.ErrnoException): boolean {
  return code === PROXY_ERROR;
}
