/** Handlers from the text of a document, JSON or YAML. Apart, because it loads the YAML reader. */
import type { RequestHandler } from 'msw';
import { RehearsalError } from '../../contract/errors.ts';
import { contractFromText } from '../../contract/read.ts';
import { type HandlerOptions, handlers } from './handlers.ts';

/**
 * What `handlers` makes, from a text.
 *
 * @throws RehearsalError DOCUMENT_NO_CONTRACT
 * @example
 * ```ts
 * import { setupServer } from 'msw/node';
 * import { handlersFromText } from './mock-server/msw/handlers-from-text.ts';
 *
 * const text = 'openapi: 3.1.1\npaths: { /pets: { get: { responses: { "204": {} } } } }\n';
 * const server = setupServer(...handlersFromText(text, { baseUrl: 'https://pets.test' }));
 * server.listen();
 * ```
 */
export function handlersFromText(text: string, options: HandlerOptions = {}): readonly RequestHandler[] {
  const { contract, problems } = contractFromText(text);
  const fatal = problems.filter(({ severity }) => severity === 'fatal');
  if (contract !== undefined && fatal.length === 0) return handlers(contract, options);
  const reason = fatal.map(({ message }) => message).join(' ');
  throw new RehearsalError('DOCUMENT_NO_CONTRACT', { name: 'The text', reason });
}
