/** The mock as a plugin, for those who have a Fastify server of their own: `rehearsal/fastify`. */
import type { FastifyPluginAsync } from 'fastify';
import { DOCS_PATH, documentPages } from './document-pages.ts';
import { createResponder } from './responder.ts';
import { contractsOf, type Served } from './served.ts';
import { type MockServerOptions, mountResponder } from './server.ts';

export type { Cors } from './cors.ts';
export type { RefusalKind } from './problem.ts';
export { logLine, type RequestEntry } from './request-log.ts';
export type { Served } from './served.ts';
export { createMockServer, type MockServerOptions, replaceDocuments } from './server.ts';

export interface MockPluginOptions extends Omit<MockServerOptions, 'https'> {
  /** Contracts, what `loadContracts` gave, or OpenAPI documents as values. */
  readonly documents: Served | readonly Served[];
}

/**
 * Answers for all operations of some documents below the prefix it is registered with. Everything else of the server,
 * its parsers and error handler included, stays as it is.
 *
 * @throws RehearsalError DOCUMENT_NO_CONTRACT
 * @example
 * ```ts
 * import fastify from 'fastify';
 * import { mockPlugin } from './mock-server/plugin.ts';
 *
 * const documents = { openapi: '3.1.1', paths: { '/pets': { get: { responses: { 204: {} } } } } };
 * const server = fastify();
 * await server.register(mockPlugin, { prefix: '/mock', documents });
 * console.log((await server.inject('/mock/pets')).statusCode); // 204
 * ```
 */
export const mockPlugin: FastifyPluginAsync<MockPluginOptions> = async (app, { documents, ...options }) => {
  const contracts = contractsOf(documents);
  const responder = createResponder(contracts, options, {
    prefix: app.prefix,
    remember: options.onRequest !== undefined,
  });
  mountResponder(app, responder, ['/', '/*'], options);
  if (options.docs === true) await app.register(documentPages(responder.contracts, DOCS_PATH));
};
