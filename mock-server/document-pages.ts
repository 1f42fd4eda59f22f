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

/** Adds the pages of some contracts: at `path` for one, at `path/1`, `path/2`, … and a list at `path` for several. */
export function documentPages(contracts: readonly Contract[], path: string): FastifyPluginAsync {
  return async app => {
    const { default: swagger } = await import('@fastify/swagger');
    const { default: swaggerUi } = await import('@fastify/swagger-ui');
    for (const [index, contract] of contracts.entries()) {
      const routePrefix = contracts.length === 1 ? path : `${path}/${index + 1}`;
      const basePaths = [...new Set(contract.servers.map(server => app.prefix + basePathOf(server)))];
      const document = pageDocument(contract, basePaths) as unknown as StaticDocumentSpec['document'];
      // A context of its own, since the plugin may stand only once in each.
      await app.register(async (page: FastifyInstance) => {
        await page.register(swagger, { mode: 'static', specification: { document } });
        await page.register(swaggerUi, { routePrefix, staticCSP: true });
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
function pageDocument(contract: Contract, basePaths: readonly string[]): JsonObject {
  const value = contract.source.document.value;
  const document: JsonObject = isObject(value) ? value : {};
  if (own(document, 'swagger') !== undefined) {
    const { host: _host, schemes: _schemes, ...rest } = document;
    return plain({ ...rest, basePath: basePaths[0] || '/' });
  }
  const servers = basePaths.map(url => ({ url: url === '' ? '/' : url, description: 'This mock server' }));
  return plain({ ...document, servers });
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
