/**
 * Server Object, and what stands for it in Swagger 2.0.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#server-object
 */
import { isArray, isObject, own } from '../json/value.ts';
import type { Server, ServerVariable } from '../model.ts';
import { below, type Source } from '../source.ts';
import { child, children, type Node, stringOf } from './context.ts';

/** The servers written at a node (contract, path item or operation); undefined when none are. */
export function buildServers(node: Node): readonly Server[] | undefined {
  const list = child(node, 'servers');
  if (list === undefined || !isArray(list.raw) || list.raw.length === 0) return undefined;
  return children(list).map(([, item]) => buildServer(item));
}

/** What a contract without servers has. */
export function defaultServer(source: Source): Server {
  return { source, url: '/', description: undefined, variables: new Map() };
}

/** 2.0: `schemes`, `host` and `basePath`, one server for each scheme. */
export function buildSwaggerServers(root: Node): readonly Server[] {
  const host = stringOf(root.raw, 'host');
  const basePath = stringOf(root.raw, 'basePath') ?? '/';
  const written = own(root.raw, 'schemes');
  const schemes = isArray(written) ? written.filter(scheme => typeof scheme === 'string') : [];
  if (host === undefined) return [{ ...defaultServer(below(root.source, 'basePath')), url: basePath }];
  const path = basePath === '/' ? '' : basePath;
  return (schemes.length === 0 ? ['https'] : schemes).map(scheme => ({
    ...defaultServer(below(root.source, 'host')),
    url: `${scheme}://${host}${path.startsWith('/') || path === '' ? path : `/${path}`}`,
  }));
}

function buildServer(node: Node): Server {
  const variables = new Map<string, ServerVariable>();
  for (const [name, variable] of children(child(node, 'variables'))) {
    const values = own(variable.raw, 'enum');
    const fallback = isObject(variable.raw) ? own(variable.raw, 'default') : undefined;
    variables.set(name, {
      default: fallback === undefined ? '' : String(fallback),
      enum: isArray(values) ? values.map(String) : undefined,
    });
  }
  return {
    source: node.source,
    url: stringOf(node.raw, 'url') ?? '/',
    description: stringOf(node.raw, 'description'),
    variables,
  };
}

/** A server's URL with its variables' defaults put in. */
export function serverUrl(server: Server): string {
  return server.url.replace(
    /\{([^{}]+)\}/g,
    (whole, name: string) => server.variables.get(name)?.default ?? whole,
  );
}

/**
 * The path under which a server stands: `/v1` of `https://api.example.com/v1/`, empty for none. API Gateway writes
 * `basePath` as a variable that may lack its slash.
 */
export function basePathOf(server: Server): string {
  const url = serverUrl(server);
  const withoutHost = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  const path = withoutHost.replace(/\/+/g, '/').replace(/\/$/, '');
  return path === '' || path.startsWith('/') ? path : `/${path}`;
}

/** Paths of one server; more would be a mistake in the document. */
const MOST_PATHS = 32;

/** Every path under which a server may stand: that of the defaults first, then those of the other listed values. */
export function basePathsOf(server: Server): readonly string[] {
  const { url, variables } = server;
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  let choices: readonly ReadonlyMap<string, ServerVariable>[] = [variables];
  for (const [name, { default: usual, enum: values }] of variables) {
    if (values === undefined || !path.includes(`{${name}}`)) continue;
    choices = [usual, ...values.filter(value => value !== usual)]
      .flatMap(value => choices.map(choice => new Map(choice).set(name, { default: value, enum: values })))
      .slice(0, MOST_PATHS);
  }
  return [...new Set(choices.map(choice => basePathOf({ ...server, variables: choice })))];
}
