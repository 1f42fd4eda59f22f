/** The request that is right in everything but that nobody says who is asking. */
import { pointerTokens } from '../../json/pointer.ts';
import { type Json, own } from '../../json/value.ts';
import type { Operation } from '../../model.ts';
import { below, type Source } from '../../source.ts';
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
  yield {
    kind: 'draft',
    intent: 'negative',
    expectation: 'unauthenticated',
    breaks: 'credentials',
    name: 'credentials missing',
    why: securityOf(operation),
    parts: {
      ...least,
      parameters,
      credentials: NO_CREDENTIALS,
      given: least.given.filter(([name]) => !hidden.has(name.toLowerCase())),
    },
    fromExample: false,
    certain: true,
  };
}

/** Where credentials are asked for: at the operation, else at the document's root. */
export function securityOf({ source, contract }: Operation): Source {
  let node: Json | undefined = source.document.value;
  for (const token of pointerTokens(source.pointer)) {
    node = own(node, token);
  }
  const isOwn = own(node, 'security') !== undefined;
  return below(isOwn ? source : contract.source, 'security');
}
