/** Which requests of an application are an API's: those below one of its addresses. Knows URLs alone. */
import { basePathsOf, serverUrl } from '../../contract/build/server-object.ts';
import type { Contract } from '../../contract/model.ts';

export interface BaseUrl {
  /** `https://api.example.com`; undefined for any. */
  readonly origin: string | undefined;
  /** Empty, or `/v1`. */
  readonly path: string;
  /** Everything below it is the API's, and not only what the document has. */
  readonly own: boolean;
}

/** An address as its user writes it: a URL, or a path for any origin. What is neither is never met. */
export function baseUrlOf(text: string): BaseUrl {
  const origin = originOf(text);
  const rest = text.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  const path = rest.replace(/\/+$/, '');
  return { origin, path: path === '' || path.startsWith('/') ? path : `/${path}`, own: true };
}

/** The addresses of a document: its base paths on any origin, and its servers with their own origins. */
export function serverBaseUrls(contract: Contract): readonly BaseUrl[] {
  const servers = new Set([
    ...contract.servers,
    ...contract.operations.flatMap(operation => operation.servers),
  ]);
  const found = new Map<string, BaseUrl>();
  for (const server of servers) {
    const origin = originOf(serverUrl(server));
    for (const path of basePathsOf(server)) {
      found.set(`* ${path}`, { origin: undefined, path, own: false });
      if (origin !== undefined) found.set(`${origin} ${path}`, { origin, path, own: true });
    }
  }
  return [...found.values()];
}

/** Where a request goes: to an address that is the API's alone, to one it may share with others, or elsewhere. */
export function areaOf(
  bases: readonly BaseUrl[],
  origin: string,
  path: string,
): 'own' | 'shared' | 'outside' {
  const met = bases.filter(
    base =>
      (base.origin === undefined || base.origin === origin) &&
      (path === base.path || path.startsWith(`${base.path}/`)),
  );
  if (met.length === 0) return 'outside';
  return met.some(({ own }) => own) ? 'own' : 'shared';
}

function originOf(url: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
