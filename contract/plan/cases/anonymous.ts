/** The request that is right in everything but that nobody says who is asking. */
import { joinPointer } from '../../json/pointer.ts';
import { credentialHeaders, NO_CREDENTIALS, needsCredentials } from './credentials.ts';
import type { Basis, Step } from './draft.ts';

/** One case, for an operation that no request may reach without credentials. Headers given from outside are held back too. */
export function* anonymousCases({ operation, depth, least }: Basis): Generator<Step> {
  if (depth === 'examples' || !needsCredentials(operation)) return;
  const hidden = credentialHeaders(operation);
  const parameters = new Map(
    [...least.parameters].filter(
      ([{ in: place, name }]) => place !== 'header' || !hidden.has(name.toLowerCase()),
    ),
  );
  const own = joinPointer(operation.source.pointer, 'security');
  yield {
    kind: 'draft',
    expectation: 'unauthenticated',
    name: 'credentials missing',
    why: { document: operation.source.document, pointer: own },
    parts: {
      ...least,
      parameters,
      credentials: NO_CREDENTIALS,
      given: least.given.filter(([name]) => !hidden.has(name.toLowerCase())),
    },
    fromExample: false,
  };
}
