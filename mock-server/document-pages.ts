/**
 * The page of each served document: @fastify/swagger's own, which asks the mock server that it stands on. Loaded only
 * when it is wanted, since the page's packages take longer to load than everything else.
 */
import type { StaticDocumentSpec } from '@fastify/swagger';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { basePathOf } from '../contract/build/server-object.ts';
import { stringifyJson } from '../contract/json/stringify.ts';
import { isObject, type JsonObject, own } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';

/** Where the page stands, or the list of pages where there are several. */
export const DOCS_PATH = '/__docs';

/**
 * Adds the pages of some contracts: at `path` for one, at `path/1`, `path/2`, … and a list at `path` for several. The
 * number of pages stays as it is at first; each shows the contract that is served in its place now.
 */
export function documentPages(served: () => readonly Contract[], path: string): FastifyPluginAsync {
  return async app => {
    const contracts = served();
    const { default: swagger } = await import('@fastify/swagger');
    const { default: swaggerUi } = await import('@fastify/swagger-ui');
    for (const [index, contract] of contracts.entries()) {
      const routePrefix = contracts.length === 1 ? path : `${path}/${index + 1}`;
      const current = (): JsonObject => pageDocument(served()[index] ?? contract, app.prefix);
      // A context of its own, since the plugin may stand only once in each.
      await app.register(async (page: FastifyInstance) => {
        // What the page gets is asked for anew each time, so here it is enough that there is one.
        const document = {} as StaticDocumentSpec['document'];
        await page.register(swagger, { mode: 'static', specification: { document } });
        await page.register(swaggerUi, {
          routePrefix,
          staticCSP: true,
          transformStaticCSP: withinThisServer,
          // Its badge would send the document's address to somebody else's server.
          uiConfig: { validatorUrl: null },
          transformSpecification: current,
          transformSpecificationClone: false,
        });
      });
    }
    if (contracts.length > 1) {
      const list = listPage(contracts, app.prefix + path);
      for (const url of [path, `${path}/`]) {
        app.get(url, (_request, reply) => reply.type('text/html; charset=utf-8').send(list));
      }
    }
  };
}

/** The document as the page gets it: with the mock for its server, and numbers as JavaScript has them. */
function pageDocument(contract: Contract, prefix: string): JsonObject {
  const basePaths = [...new Set(contract.servers.map(server => prefix + basePathOf(server)))];
  const value = contract.source.document.value;
  const document: JsonObject = isObject(value) ? value : {};
  if (own(document, 'swagger') !== undefined) {
    const { host: _host, schemes: _schemes, ...rest } = document;
    return plain({ ...rest, basePath: basePaths[0] || '/' });
  }
  const servers = basePaths.map(url => ({ url: url === '' ? '/' : url, description: 'This mock server' }));
  return plain({ ...document, servers });
}

/**
 * The page's policy without other hosts, and without the wish to upgrade: from another machine the page is reached by
 * plain HTTP, and would not find its own scripts. Styles may stand in the page, as its script puts some there.
 */
function withinThisServer(policy: string): string {
  return policy
    .replace(/ upgrade-insecure-requests;?/, '')
    .replace(/style-src [^;]*/, "style-src 'self' 'unsafe-inline'")
    .replace(/ (https:|validator\.swagger\.io)(?=[ ;])/g, '');
}

function plain(value: JsonObject): JsonObject {
  return JSON.parse(stringifyJson(value)) as JsonObject;
}

function listPage(contracts: readonly Contract[], path: string): string {
  const items = contracts.map(
    ({ title, version }, index) =>
      `<li><a href="${path}/${index + 1}/">${escapeHtml(title)}</a> ${escapeHtml(version)}</li>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Documents</title><h1>Documents</h1><ul>${items.join('')}</ul></html>\n`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
